import type { Scene } from '../../scenes/scene.ts'
import { describe, expect, it } from 'vitest'
import { play } from '../../scenes/play.ts'
import { SceneInputError } from '../../scenes/scene.ts'

/** A counter that goes up to `to`: the smallest thing with a state. */
function counting(performed: () => void = () => {}): Scene<{ to: number }> {
  return {
    name: 'counting',
    example: { to: 2 },
    read: (given) => {
      const { to } = (given ?? { to: 2 }) as { to: unknown }
      if (typeof to !== 'number')
        throw new SceneInputError('to: expected a number')
      return { to }
    },
    script({ to }, show) {
      performed()
      const state = { id: 'count', text: '' }
      for (let at = 0; at <= to; at++) {
        state.text = String(at)
        show('now', { key: '/registry/x', at, word: { key: 'word' } }, {
          pieces: [{ kind: 'list', id: 'list', at: { x: 0, y: 0 }, width: 100, items: [state, { id: 'same', text: 'same' }] }],
        })
      }
    },
  }
}

describe('playing a scene', () => {
  it('gives one frame a step, a copy of what was shown then', () => {
    const frames = play(counting())
    expect(frames.map(frame => frame.pieces[0])).toMatchObject(['0', '1', '2'].map(text => ({ items: [{ text }, { text: 'same' }] })))
  })

  it('performs once for the same input, and again for another', () => {
    let performed = 0
    const scene = counting(() => performed++)
    expect(play(scene, { to: 3 })).toBe(play(scene, { to: 3 }))
    expect(play(scene, { to: 1 })).toHaveLength(2)
    expect(performed).toBe(2)
  })

  it('names what changed, and nothing else', () => {
    const [first, second] = play(counting())
    expect(first?.changed).toEqual([])
    expect(second?.changed).toEqual(['list/count'])
  })

  it('puts the scene before the keys of its phrases and leaves parameters alone', () => {
    expect(play(counting())[0]?.caption).toEqual({
      key: 'scenes.counting.captions.now',
      params: { key: '/registry/x', at: 0, word: { key: 'scenes.counting.word' } },
    })
  })

  it('says what is left out on the last frame only', () => {
    expect(play(counting()).map(frame => frame.simplified?.key)).toEqual([undefined, undefined, 'scenes.counting.simplified'])
  })

  it('gives frames that nobody can change', () => {
    const [frame] = play(counting())
    expect(() => Object.assign(frame?.pieces[0] as object, { id: 'other' })).toThrow(TypeError)
  })

  it('passes on what is wrong with the input', () => {
    expect(() => play(counting(), { to: 'three' })).toThrow(new SceneInputError('to: expected a number'))
  })

  it('does not take a script that shows nothing', () => {
    expect(() => play({ ...counting(), script: () => {} })).toThrow('never called show()')
  })
})
