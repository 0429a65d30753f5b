import type { LaidNode, Layout, Point } from './layout.ts'

/** What a source asks for that Mermaid's own language or layout can't say. */
export interface Amendments {
  /** `%% row ID ID …`: nodes that stand side by side, with an arrow from each to the next. */
  rows: string[][]
  /** `%% reverse ID ID`: the edge from the first to the second decides who stands above whom, but its arrow points back. */
  reversed: [string, string][]
}

/** The amendments of a source, from its comments. */
export function readAmendments(source: string): Amendments {
  const words = (name: string) => [...source.matchAll(new RegExp(`^\\s*%% ${name} (.+)$`, 'gm'))].map(([, ids]) => ids!.trim().split(/\s+/))
  return { rows: words('row'), reversed: words('reverse').map(([from = '', to = '']) => [from, to]) }
}

/**
 * A layout as its source amends it.
 * @throws Error if a row names nodes that don't stand side by side, or an edge that isn't there is to be reversed
 */
export function amend(layout: Layout, { rows, reversed }: Amendments): Layout {
  const node = (id: string): LaidNode => {
    const found = layout.nodes.find(node => node.id === id)
    if (!found)
      throw new Error(`no node ${id} to amend`)
    return found
  }
  const arrows = rows.flatMap(ids => ids.slice(1).map((to, i) => {
    const [left, right] = [node(ids[i]!), node(to)]
    const points: Point[] = [{ x: left.x + left.width / 2, y: left.y }, { x: right.x - right.width / 2, y: left.y }]
    if (Math.abs(left.y - right.y) > 1 || points[0]!.x >= points[1]!.x)
      throw new Error(`${ids[i]} and ${to} don't stand side by side`)
    return { from: ids[i]!, to, points, heads: [false, true] as [boolean, boolean], dashed: false }
  }))
  for (const [from, to] of reversed) {
    if (!layout.edges.some(edge => edge.from === from && edge.to === to))
      throw new Error(`no edge from ${from} to ${to} to reverse`)
  }
  const edges = layout.edges.map(edge => reversed.some(([from, to]) => edge.from === from && edge.to === to)
    ? { ...edge, from: edge.to, to: edge.from, points: edge.points.toReversed(), heads: edge.heads }
    : edge)
  return { ...layout, edges: [...edges, ...arrows] }
}
