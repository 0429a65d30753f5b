import type { LaidNode, Layout } from '../../diagrams/layout.ts'
import { describe, expect, it } from 'vitest'
import { amend, readAmendments } from '../../diagrams/amend.ts'
import { draw } from '../../diagrams/draw.ts'

const node = (id: string, x: number, y: number): LaidNode => ({ id, x, y, width: 100, height: 60, classes: [], shape: 'box', label: { lines: [id], width: 40 } })

const layout: Layout = {
  title: 'A loop',
  description: 'Three steps under one server.',
  nodes: [node('server', 200, 30), node('watch', 60, 200), node('act', 340, 200)],
  groups: [],
  edges: [
    { from: 'server', to: 'watch', points: [{ x: 200, y: 60 }, { x: 200, y: 100 }, { x: 60, y: 100 }, { x: 60, y: 170 }], heads: [false, true], dashed: false },
    { from: 'server', to: 'act', points: [{ x: 200, y: 60 }, { x: 200, y: 100 }, { x: 340, y: 100 }, { x: 340, y: 170 }], heads: [false, true], dashed: false },
  ],
}

const none = { rows: [], outside: [], reversed: [] }

describe('amendments of a diagram', () => {
  it('are read from comments', () => {
    expect(readAmendments('flowchart TB\n  a --> b\n  %% row a b c\n  %% reverse a b\n  %% left d a\n  %% below e b\n')).toEqual({
      rows: [['a', 'b', 'c']],
      outside: [{ side: 'left', id: 'd', of: 'a' }, { side: 'below', id: 'e', of: 'b' }],
      reversed: [['a', 'b']],
    })
  })

  it('add arrows between neighbours of a row', () => {
    const { edges } = amend(layout, { ...none, rows: [['watch', 'act']] })
    expect(edges.at(-1)).toEqual({ from: 'watch', to: 'act', points: [{ x: 110, y: 200 }, { x: 290, y: 200 }], heads: [false, true], dashed: false })
  })

  it('turn an edge round, which then ends where it began', () => {
    const { edges } = amend(layout, { ...none, reversed: [['server', 'act']] })
    expect(edges[1]).toMatchObject({ from: 'act', to: 'server', heads: [false, true] })
    expect(edges[1]!.points.at(-1)).toEqual({ x: 200, y: 60 })
  })

  it('move a node out of the groups in which its neighbour lies, and point from there to it', () => {
    const grouped: Layout = { ...layout, nodes: [...layout.nodes, node('visitor', 900, 900)], groups: [{ id: 'loop', classes: [], x: 0, y: 140, width: 400, height: 120, label: { lines: ['Loop'], width: 60 } }] }
    const placed = (side: 'left' | 'below') => {
      const { nodes, edges } = amend(grouped, { ...none, outside: [{ side, id: 'visitor', of: 'watch' }] })
      return { visitor: nodes.find(({ id }) => id === 'visitor')!, arrow: edges.at(-1)! }
    }
    const left = placed('left')
    expect(left.visitor.x + left.visitor.width / 2).toBeLessThan(0)
    expect(left.visitor.y).toBe(200)
    expect(left.arrow).toMatchObject({ from: 'visitor', to: 'watch', points: [{ x: left.visitor.x + 50, y: 200 }, { x: 10, y: 200 }] })
    const below = placed('below')
    expect(below.visitor.x).toBe(60)
    expect(below.visitor.y - below.visitor.height / 2).toBeGreaterThan(260)
    expect(below.arrow.points).toEqual([{ x: 60, y: below.visitor.y - 30 }, { x: 60, y: 230 }])
  })

  it('that can’t be made are errors', () => {
    expect(() => amend(layout, { ...none, rows: [['act', 'watch']] })).toThrow('side by side')
    expect(() => amend(layout, { ...none, rows: [['server', 'act']] })).toThrow('side by side')
    expect(() => amend(layout, { ...none, rows: [['watch', 'nobody']] })).toThrow('no node nobody')
    expect(() => amend(layout, { ...none, reversed: [['act', 'server']] })).toThrow('no edge')
    expect(() => amend(layout, { ...none, outside: [{ side: 'left', id: 'watch', of: 'act' }] })).toThrow('has edges')
  })
})

describe('a drawing with room to spare', () => {
  it('stretches the space more than the boxes, and its edges still end at them', () => {
    const { svg } = draw(layout, 'hash')
    const boxes = [...svg.matchAll(/class="box" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map(([, ...numbers]) => numbers.map(Number))
    const [server, watch] = boxes as [number[], number[]]
    const [x, y, width, height] = server as [number, number, number, number]
    const gap = watch[1]! - (y + height)
    expect(gap / height).toBeGreaterThan(110 / 60)
    const way = /data-from="server" data-to="watch"><path class="line" d="M([\d.]+) ([\d.]+)L.*?L([\d.]+) ([\d.]+)"/.exec(svg)!.slice(1).map(Number)
    expect(way[0]).toBeCloseTo(x + width / 2, 0)
    expect(way[1]).toBeCloseTo(y + height, 0)
    expect(way[3]).toBeCloseTo(watch[1]!, 0)
  })
})
