import type { Piece } from '../../scenes/pieces.ts'
import { describe, expect, it } from 'vitest'
import { changesBetween } from '../../scenes/changes.ts'

function table(rows: Record<string, Record<string, string>>, columns: string[]): Piece {
  return {
    kind: 'table',
    id: 'nodes',
    at: { x: 0, y: 0 },
    width: 100,
    columns: columns.map(id => ({ id, text: id })),
    rows: Object.entries(rows).map(([id, cells]) => ({ id, cells: Object.fromEntries(Object.entries(cells).map(([name, text]) => [name, { text }])) })),
  }
}

const before = table({ a: { cpu: '1', ram: '2' }, b: { cpu: '1', ram: '2' } }, ['cpu', 'ram'])

describe('what changed between two pictures', () => {
  it('is nothing between equal ones', () => {
    expect(changesBetween([before], [structuredClone(before)])).toEqual([])
  })

  it('is the cell, not its row or its table', () => {
    expect(changesBetween([before], [table({ a: { cpu: '1', ram: '2' }, b: { cpu: '1', ram: '3' } }, ['cpu', 'ram'])])).toEqual(['nodes/b/ram'])
  })

  it('is the new row, not its cells', () => {
    expect(changesBetween([before], [table({ a: { cpu: '1', ram: '2' }, b: { cpu: '1', ram: '2' }, c: { cpu: '1', ram: '2' } }, ['cpu', 'ram'])])).toEqual(['nodes/c'])
  })

  it('is the new piece, not its parts', () => {
    expect(changesBetween([], [before])).toEqual(['nodes'])
  })
})
