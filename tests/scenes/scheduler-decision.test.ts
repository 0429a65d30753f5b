import type { TablePiece } from '../../scenes/pieces.ts'
import { describe, expect, it } from 'vitest'
import { readMessages } from '../../locales/read.ts'
import { translator } from '../../locales/translate.ts'
import { play } from '../../scenes/play.ts'
import scene from '../../scenes/scheduler-decision.ts'

const english = translator('en', readMessages('en'))

function table(input?: unknown): TablePiece {
  return play(scene, input).at(-1)?.pieces.find(piece => piece.id === 'nodes') as TablePiece
}

function totals(input?: unknown): Record<string, string> {
  return Object.fromEntries(table(input).rows.map(row => [row.id, row.remark ? english(row.remark) : row.cells.total?.text as string]))
}

describe('the scheduler\'s decision', () => {
  /**
   * By hand, with the rules of Kubernetes 1.36, after the pod (2 CPU, 1 GiB) is there:
   * node-1 (4 CPU, 8 GiB, 1 and 2 requested): free 1/4 = 25 % and 5/8 = 62 %, mean 43. Fractions used 0.75 and 0.375: balance
   * 81 with, 100 without (0.25 and 0.25): 50 + (50 + 81 − 100) / 2 = 65. No PreferNoSchedule taint: 100 × 3. Total 300 + 43 + 65 = 408.
   * node-2 (8, 16, 2.5 and 4 requested): free 3.5/8 = 43 % and 11/16 = 68 %, mean 55. Fractions 0.5625 and 0.3125: 87 with; 0.3125
   * and 0.25: 96 without: 50 + (50 + 87 − 96) / 2 = 70. Total 300 + 55 + 70 = 425.
   */
  it('has the totals that the rules give by hand', () => {
    expect(totals()).toEqual({
      'node-1': '408',
      'node-2': '425',
      'node-3': 'filtered out: Insufficient cpu',
      'node-4': 'filtered out: node(s) had untolerated taint(s)',
    })
    expect(table().rows.filter(row => row.mark === 'chosen').map(row => row.id)).toEqual(['node-2'])
  })

  it('says so when nodes tie', () => {
    const twins = { nodes: ['a', 'b'].map(name => ({ name, cpu: 4, memory: '8Gi' })) }
    expect(play(scene, twins).map(frame => english(frame.caption)).at(-2)).toMatch(/^a, b tie at \d+ points/)
  })

  it('ends with the message when nothing fits', () => {
    const captions = play(scene, { nodes: [{ name: 'a', cpu: 1, memory: '8Gi' }] }).map(frame => english(frame.caption))
    expect(captions.at(-1)).toContain('0/1 nodes are available: 1 Insufficient cpu.')
  })

  it('shows twelve nodes with their totals, and one plugin at a time in full', () => {
    const twelve = { nodes: Array.from({ length: 12 }, (_, at) => ({ name: `node-${at + 1}`, cpu: 4 + at, memory: '16Gi' })) }
    const frames = play(scene, twelve)
    expect(Object.keys(totals(twelve))).toHaveLength(12)
    const inFull = frames.map(frame => (frame.pieces.find(piece => piece.id === 'nodes') as TablePiece).rows[0]?.cells ?? {})
      .map(cells => Object.values(cells).filter(cell => typeof cell.text === 'string' && cell.text.includes('×')).length)
    expect(Math.max(...inFull)).toBe(1)
  })

  it('lets a pod go where its toleration lets it', () => {
    const tolerant = { pod: { name: 'job', cpu: '2', memory: '1Gi', tolerations: [{ operator: 'Exists' }] } }
    expect(Object.keys(totals(tolerant)).filter(node => /^\d+$/.test(totals(tolerant)[node] ?? ''))).toEqual(['node-1', 'node-2', 'node-4'])
  })
})
