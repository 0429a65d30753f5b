import type { Point } from '../../scenes/actors.ts'
import type { Piece } from '../../scenes/pieces.ts'
import type { SceneMessage } from '../../scenes/scene.ts'
import type { Box } from './geometry.ts'
import { stage } from '../../scenes/actors.ts'
import { boxOf, boxOfId } from './geometry.ts'

/** A message as it is drawn: a line with a head, and a label that stands on it or beside it. */
export interface Arrow {
  message: SceneMessage
  /** Its label, in the language that is shown. */
  words: string
  /** Its place in the order of the frame's messages, from 1; 0 when it is the only one. */
  order: number
  from: Point
  to: Point
  /** The label's box. */
  label: Box
}

const labelHeight = 24
/** Space between the two lines of a pair that talks both ways. */
const lane = 16

/**
 * Lays out a frame's messages: each a straight line between the two boxes, those of one pair side by side, each label where
 * it covers neither a piece nor another label. The same messages, pieces and words always give the same layout.
 * `words` gives the label of a message in the language that is shown.
 */
export function arrowsOf(messages: readonly SceneMessage[], pieces: readonly Piece[], words: (message: SceneMessage) => string): Arrow[] {
  const taken = pieces.map(boxOf)
  const lanes = new Map<string, number>()
  for (const { from, to } of messages)
    lanes.set(pairOf(from, to), (lanes.get(pairOf(from, to)) ?? 0) + 1)
  const used = new Map<string, number>()
  const arrows: Arrow[] = []
  messages.forEach((message, at) => {
    const from = boxOfId(pieces, message.from)
    const to = boxOfId(pieces, message.to)
    if (!from || !to)
      throw new Error(`The message ${message.id} goes from ${message.from} to ${message.to}, and one of them is not in the picture.`)
    const pair = pairOf(message.from, message.to)
    const nth = used.get(pair) ?? 0
    used.set(pair, nth + 1)
    const order = messages.length > 1 ? at + 1 : 0
    const text = words(message)
    const line = lineBetween(from, to, (nth - ((lanes.get(pair) ?? 1) - 1) / 2) * lane)
    const label = labelBox(line, widthOf(text) + (order ? 22 : 0), taken, nth)
    taken.push(label)
    arrows.push({ message, words: text, order, ...line, label })
  })
  return arrows
}

function pairOf(from: string, to: string): string {
  return [from, to].sort().join(' ')
}

/** A generous estimate of a label's width: its real one is only known to a browser. */
export function widthOf(text: string): number {
  return Math.ceil(text.length * 7.9 + 20)
}

interface Line { from: Point, to: Point }

/** From edge to edge, straight up, down or across where the boxes face each other, else from centre to centre; `aside` pixels to the side. */
function lineBetween(a: Box, b: Box, aside: number): Line {
  const across = overlap(a.y, a.height, b.y, b.height)
  if (across && (a.x + a.width <= b.x || b.x + b.width <= a.x)) {
    const y = clamp((across.from + across.to) / 2 + aside, across.from + 4, across.to - 4)
    return a.x < b.x
      ? { from: { x: a.x + a.width, y }, to: { x: b.x, y } }
      : { from: { x: a.x, y }, to: { x: b.x + b.width, y } }
  }
  const along = overlap(a.x, a.width, b.x, b.width)
  if (along) {
    const x = clamp((along.from + along.to) / 2 + aside, along.from + 6, along.to - 6)
    return a.y < b.y
      ? { from: { x, y: a.y + a.height }, to: { x, y: b.y } }
      : { from: { x, y: a.y }, to: { x, y: b.y + b.height } }
  }
  const [p, q] = [centre(a), centre(b)]
  const length = Math.hypot(q.x - p.x, q.y - p.y) || 1
  // The side is the pair's, not the direction's: an answer runs beside its question, not over it.
  const sign = p.x < q.x || (p.x === q.x && p.y < q.y) ? 1 : -1
  const shift = { x: -(q.y - p.y) / length * aside * sign, y: (q.x - p.x) / length * aside * sign }
  return { from: edge(a, p, q, shift), to: edge(b, q, p, shift) }
}

/** Where the line from the box's centre to another point leaves the box, moved aside. */
function edge(box: Box, from: Point, to: Point, shift: Point): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const reach = Math.min(dx ? box.width / 2 / Math.abs(dx) : Infinity, dy ? box.height / 2 / Math.abs(dy) : Infinity)
  return { x: from.x + dx * reach + shift.x, y: from.y + dy * reach + shift.y }
}

function centre(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

function overlap(a: number, aSize: number, b: number, bSize: number): { from: number, to: number } | undefined {
  const [from, to] = [Math.max(a, b), Math.min(a + aSize, b + bSize)]
  return to - from >= 12 ? { from, to } : undefined
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** Tries places on the line, then beside it, and takes the first that is free; else the one that covers least. */
function labelBox(line: Line, width: number, taken: readonly Box[], nth: number): Box {
  const flat = Math.abs(line.from.y - line.to.y) < labelHeight
  const length = Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y)
  // On a flat line the label may only stand on it where enough of the line stays to be seen.
  const on = flat && length < width + 48 ? [] : [0]
  const sides = nth % 2 ? [1, -1] : [-1, 1]
  const offsets = [...on, ...[1, 2, 3].flatMap(far => sides.map(side => side * (labelHeight / 2 + 5) * (2 * far - 1)))]
  const candidates = offsets.flatMap(offset => [0.5, 0.35, 0.65, 0.2, 0.8].map(along => boxAt(line, along, offset, width, flat)))
  const costs = candidates.map(box => taken.reduce((sum, other) => sum + shared(box, other), 0))
  return candidates[costs.indexOf(Math.min(...costs))] as Box
}

function boxAt(line: Line, along: number, offset: number, width: number, flat: boolean): Box {
  const x = line.from.x + (line.to.x - line.from.x) * along + (flat ? 0 : Math.sign(offset) * (Math.abs(offset) + width / 2 - 8))
  const y = line.from.y + (line.to.y - line.from.y) * along + (flat ? offset : 0)
  return {
    x: clamp(x - width / 2, 0, stage.width - width),
    y: clamp(y - labelHeight / 2, 0, stage.height - labelHeight),
    width,
    height: labelHeight,
  }
}

/** The area that two boxes share, a little air included, in square pixels. */
function shared(a: Box, b: Box): number {
  const air = 2
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + air
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + air
  return width > 0 && height > 0 ? width * height : 0
}
