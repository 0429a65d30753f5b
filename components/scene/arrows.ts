import type { Point } from '../../scenes/actors.ts'
import type { Piece } from '../../scenes/pieces.ts'
import type { SceneMessage } from '../../scenes/scene.ts'
import type { Box } from './geometry.ts'
import { stage } from '../../scenes/actors.ts'
import { boxOf, boxOfId, sizes } from './geometry.ts'

/** A message as it is drawn: a line with a head, and a label that stands on it or beside it. */
export interface Arrow {
  message: SceneMessage
  /** Its label, in the language that is shown. */
  words: string
  /** Its place in the order of the frame's messages, from 1; 0 when it is the only one. */
  order: number
  /** From the sender to the receiver; with two corners where it goes round, outside the piece that both are parts of. */
  points: readonly Point[]
  /** The label's box. */
  label: Box
  /** Where its number stands on the line itself, when the label cannot stand there. */
  badge?: Point
}

const labelHeight = 24
/** Space between the lines of a pair; between two of them enough for each to carry its own label. */
const lane = 16
const wideLane = 26

/**
 * Lays out a frame's messages: each a straight line between the two boxes, those of one pair side by side, each label where
 * it covers neither a piece nor another label. The same messages, pieces and words always give the same layout.
 * `words` gives the label of a message in the language that is shown.
 */
export function arrowsOf(messages: readonly SceneMessage[], pieces: readonly Piece[], words: (message: SceneMessage) => string): Arrow[] {
  const lanes = new Map<string, number>()
  for (const message of messages)
    lanes.set(pairOf(message), (lanes.get(pairOf(message)) ?? 0) + 1)
  const used = new Map<string, number>()
  const lines = messages.map((message, at) => {
    const from = boxOfId(pieces, message.from)
    const to = boxOfId(pieces, message.to)
    if (!from || !to)
      throw new Error(`The message ${message.id} goes from ${message.from} to ${message.to}, and one of them is not in the picture.`)
    const pair = pairOf(message)
    const [nth, count] = [used.get(pair) ?? 0, lanes.get(pair) ?? 1]
    used.set(pair, nth + 1)
    const order = messages.length > 1 ? at + 1 : 0
    const text = words(message)
    const width = widthOf(text) + (order ? 22 : 0)
    const round = partsOfOne(message)
    const points = round ? wayRound(from, to, nth, count) : lineBetween(from, to, (nth - (count - 1) / 2) * (count > 2 ? lane : wideLane))
    return { message, words: text, order, points, width, nth, count, round }
  })
  const stacks = new Map(lines.filter(({ round }) => round).map(({ message, width, nth, count, points }) =>
    [message.id, { label: stacked(boxOfId(pieces, wholeOf(message.from)) as Box, width, nth, count), badge: badgeOn(points, nth, count) }]))
  // Labels keep off pieces, off the heads and numbers of all arrows, and off the labels before them.
  const taken = [
    ...pieces.map(spaceOf),
    ...[...stacks.values()].flatMap(({ label, badge }) => [label, around(badge, 9)]),
    ...lines.filter(({ round }) => !round).map(({ points }) => around(points.at(-1) as Point, 6)),
  ]
  return lines.map(({ width, nth, count: _, round: _round, ...arrow }): Arrow => {
    const stack = stacks.get(arrow.message.id)
    if (stack)
      return { ...arrow, ...stack }
    const label = labelBox(arrow.points as [Point, Point], width, taken, nth)
    taken.push(label)
    return { ...arrow, label }
  })
}

function around({ x, y }: Point, radius: number): Box {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }
}

/** Pixels between two lanes: room for the numbers side by side, as long as there are not too many. */
const laneWidth = (count: number) => count > 6 ? 16 : 21

/** Labels of ways round one piece stand in a column beside their lanes, in order. */
function stacked(whole: Box, width: number, nth: number, count: number): Box {
  const height = labelHeight + 3
  const top = clamp(whole.y + whole.height / 2 - count * height / 2, 0, stage.height - count * height)
  const x = Math.min(whole.x + whole.width + 16 + count * laneWidth(count), stage.width - width)
  return { x, y: top + nth * height, width, height: labelHeight }
}

function badgeOn(points: readonly Point[], nth: number, count: number): Point {
  const [, from, to] = points as [Point, Point, Point]
  return { x: from.x, y: from.y + (to.y - from.y) * (nth + 1) / (count + 1) }
}

/** What a label should keep off: a piece, and what is said under a sign. */
function spaceOf(piece: Piece): Box {
  const box = boxOf(piece)
  return piece.kind === 'actor' && piece.role !== undefined ? { ...box, height: box.height + sizes.role } : box
}

function wholeOf(id: string): string {
  return id.split('/')[0] ?? id
}

function partsOfOne({ from, to }: SceneMessage): boolean {
  return wholeOf(from) === wholeOf(to)
}

/** Which messages have to keep out of each other's way: those between the same two, and those between parts of one piece. */
function pairOf(message: SceneMessage): string {
  return partsOfOne(message) ? wholeOf(message.from) : [message.from, message.to].sort().join(' ')
}

/** From one part of a piece to another, round its right side: out, along, and in again. */
function wayRound(a: Box, b: Box, nth: number, count: number): Point[] {
  const right = a.x + a.width
  const [y, z] = a.y < b.y ? [a.y + a.height * 0.7, b.y + b.height * 0.3] : [a.y + a.height * 0.3, b.y + b.height * 0.7]
  const out = right + 16 + nth * laneWidth(count)
  return [{ x: right, y }, { x: out, y }, { x: out, y: z }, { x: right, y: z }]
}

/** Widths of letters in Inter at 14 px and weight 600, rounded up, by how wide they are drawn. */
const letterWidths: readonly [RegExp, number][] = [[/[ .,:;'’|!()iIjl]/, 4.7], [/[ftr-]/, 6], [/[mw%@]/i, 12.8], [/[A-Z0-9+×=?]/, 9.8]]

/** An estimate of a label's width, never too small: its real one is only known to a browser. */
export function widthOf(text: string): number {
  const letters = [...text].map(letter => letterWidths.find(([letters]) => letters.test(letter))?.[1] ?? 8.5)
  return Math.ceil(letters.reduce((sum, width) => sum + width, 20))
}

/** From edge to edge, straight up, down or across where the boxes face each other, else from centre to centre; `aside` pixels to the side. */
function lineBetween(a: Box, b: Box, aside: number): [Point, Point] {
  const across = overlap(a.y, a.height, b.y, b.height)
  if (across && (a.x + a.width <= b.x || b.x + b.width <= a.x)) {
    const y = clamp((across.from + across.to) / 2 + aside, across.from + 4, across.to - 4)
    return a.x < b.x
      ? [{ x: a.x + a.width, y }, { x: b.x, y }]
      : [{ x: a.x, y }, { x: b.x + b.width, y }]
  }
  const along = overlap(a.x, a.width, b.x, b.width)
  if (along) {
    const x = clamp((along.from + along.to) / 2 + aside, along.from + 6, along.to - 6)
    return a.y < b.y
      ? [{ x, y: a.y + a.height }, { x, y: b.y }]
      : [{ x, y: a.y }, { x, y: b.y + b.height }]
  }
  const [p, q] = [nearest(a, b), nearest(b, a)]
  const length = Math.hypot(q.x - p.x, q.y - p.y) || 1
  // The side is the pair's, not the direction's: an answer runs beside its question, not over it.
  const sign = p.x < q.x || (p.x === q.x && p.y < q.y) ? 1 : -1
  const shift = { x: -(q.y - p.y) / length * aside * sign, y: (q.x - p.x) / length * aside * sign }
  const [from, to] = [moved(p, shift, a), moved(q, shift, b)]
  return [edge(a, from, to), edge(b, to, from)]
}

/** Where a line to another box sets out inside this one: its centre, but no farther away than it must be. */
function nearest(box: Box, other: Box): Point {
  const inset = Math.min(box.width / 2, box.width > 300 ? box.height / 2 : box.height)
  return {
    x: clamp(other.x + other.width / 2, box.x + inset, box.x + box.width - inset),
    y: box.y + box.height / 2,
  }
}

/** Aside, but still inside the box. */
function moved({ x, y }: Point, shift: Point, box: Box): Point {
  return { x: clamp(x + shift.x, box.x + 3, box.x + box.width - 3), y: clamp(y + shift.y, box.y + 3, box.y + box.height - 3) }
}

/** Where the line from a point inside the box to another point leaves the box. */
function edge(box: Box, from: Point, to: Point): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const across = dx > 0 ? (box.x + box.width - from.x) / dx : dx < 0 ? (box.x - from.x) / dx : Infinity
  const along = dy > 0 ? (box.y + box.height - from.y) / dy : dy < 0 ? (box.y - from.y) / dy : Infinity
  const reach = Math.min(across, along)
  return { x: from.x + dx * reach, y: from.y + dy * reach }
}

function overlap(a: number, aSize: number, b: number, bSize: number): { from: number, to: number } | undefined {
  const [from, to] = [Math.max(a, b), Math.min(a + aSize, b + bSize)]
  return to - from >= 12 ? { from, to } : undefined
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** Tries places on the line, then beside it, and takes the first that is free; else the one that covers least. */
function labelBox([from, to]: readonly [Point, Point], width: number, taken: readonly Box[], nth: number): Box {
  const flat = Math.abs(from.y - to.y) < labelHeight
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const side = nth % 2 ? 1 : -1
  const [near, far] = [labelHeight / 2 + 5, labelHeight * 1.5 + 8]
  const above: Point[] = [near, -near, far, -far].map(y => ({ x: 0, y: y * side }))
  const beside: Point[] = flat ? [] : [1, -1].map(way => ({ x: way * side * (width / 2 + 4), y: 0 }))
  // On a flat line the label may only stand on it where enough of the line stays to be seen.
  const on: Point[] = flat && length < width + 26 ? [] : [{ x: 0, y: 0 }]
  const candidates = [...on, ...beside, ...above].flatMap(offset => [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95].map(along => ({
    x: clamp(from.x + (to.x - from.x) * along + offset.x - width / 2, 0, stage.width - width),
    y: clamp(from.y + (to.y - from.y) * along + offset.y - labelHeight / 2, -5, stage.height - labelHeight),
    width,
    height: labelHeight,
  })))
  const costs = candidates.map(box => taken.reduce((sum, other) => sum + shared(box, other), 0))
  return candidates[costs.indexOf(Math.min(...costs))] as Box
}

/** The area that two boxes share, a little air included, in square pixels. */
function shared(a: Box, b: Box): number {
  const air = 1
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + air
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + air
  return width > 0 && height > 0 ? width * height : 0
}
