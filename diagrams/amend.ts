import type { LaidNode, Layout, Point } from './layout.ts'

/** What a source asks for that Mermaid's own language or layout can't say. */
export interface Amendments {
  /** `%% row ID ID …`: nodes that stand side by side, with an arrow from each to the next. */
  rows: string[][]
  /**
   * `%% left ID ID` and `%% below ID ID`: the first node, which has no edges of its own, stands to the left of the second or below it,
   * outside all groups in which that one lies, with an arrow to it.
   */
  outside: { side: 'left' | 'below', id: string, of: string }[]
  /** `%% reverse ID ID`: the edge from the first to the second decides who stands above whom, but its arrow points back. */
  reversed: [string, string][]
}

/** The amendments of a source, from its comments. */
export function readAmendments(source: string): Amendments {
  const words = (name: string) => [...source.matchAll(new RegExp(`^\\s*%% ${name} (.+)$`, 'gm'))].map(([, ids]) => ids!.trim().split(/\s+/))
  return {
    rows: words('row'),
    outside: (['left', 'below'] as const).flatMap(side => words(side).map(([id = '', of = '']) => ({ side, id, of }))),
    reversed: words('reverse').map(([from = '', to = '']) => [from, to]),
  }
}

/** Space between what a node stands outside of and that node, with room for an arrow. */
const outsideGap = 50

function nodeOf({ nodes }: Layout, id: string): LaidNode {
  const found = nodes.find(node => node.id === id)
  if (!found)
    throw new Error(`no node ${id} to amend`)
  return found
}

/** The layout with a node moved to its place outside, and its arrow. */
function placeOutside(layout: Layout, { side, id, of }: Amendments['outside'][number]): Layout {
  const [node, other] = [nodeOf(layout, id), nodeOf(layout, of)]
  if (layout.edges.some(({ from, to }) => from === id || to === id))
    throw new Error(`${id} has edges and can't be moved`)
  const around = layout.groups.filter(({ x, y, width, height }) => other.x > x && other.x < x + width && other.y > y && other.y < y + height)
  const left = Math.min(other.x - other.width / 2, ...around.map(({ x }) => x)) - outsideGap
  const bottom = Math.max(other.y + other.height / 2, ...around.map(({ y, height }) => y + height)) + outsideGap
  const moved = side === 'left' ? { ...node, x: left - node.width / 2, y: other.y } : { ...node, x: other.x, y: bottom + node.height / 2 }
  const points = side === 'left'
    ? [{ x: left, y: other.y }, { x: other.x - other.width / 2, y: other.y }]
    : [{ x: other.x, y: bottom }, { x: other.x, y: other.y + other.height / 2 }]
  return {
    ...layout,
    nodes: layout.nodes.map(each => each === node ? moved : each),
    edges: [...layout.edges, { from: id, to: of, points, heads: [false, true], dashed: false }],
  }
}

/**
 * A layout as its source amends it.
 * @throws Error if a row names nodes that don't stand side by side, a node with edges is to be moved, or an edge that isn't there is to be reversed
 */
export function amend(laid: Layout, { rows, outside, reversed }: Amendments): Layout {
  const layout = outside.reduce(placeOutside, laid)
  const arrows = rows.flatMap(ids => ids.slice(1).map((to, i) => {
    const [left, right] = [nodeOf(layout, ids[i]!), nodeOf(layout, to)]
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
