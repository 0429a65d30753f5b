import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { play } from '../../scenes/play.ts'
import { SceneInputError } from '../../scenes/scene.ts'
import scene from '../../scenes/scheduler-unschedulable.ts'

const said = (given?: unknown) => play(scene, given).map(({ pieces }) => pieces.flatMap(piece => piece.kind === 'text' ? piece.text : [])[0])

describe('scheduler-unschedulable', () => {
  it('scales the Deployment past what the nodes hold, with the message that a real cluster gave', () => {
    const recorded = /\S+ nodes are available:.*/.exec(readFileSync('snippets/failed-scheduling.console', 'utf8'))?.[0]
    expect(play(scene)[0]?.caption.params).toMatchObject({ replicas: 12, placed: 9 })
    expect(said()[1]).toBe(`FailedScheduling: ${recorded}`)
  })

  it('takes other nodes, and says when they leave room for all', () => {
    const nodes = [{ name: 'small', cpu: '2', memory: '4Gi' }]
    expect(said({ nodes, replicas: 2 })[1]).toContain('0/1 nodes are available: 1 Insufficient cpu.')
    expect(() => play(scene, { nodes, replicas: 1 })).toThrow(new SceneInputError('replicas: 1 pods find room on these nodes; give more, so that one does not'))
  })
})
