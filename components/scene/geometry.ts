import type { Point } from '../../scenes/actors.ts'
import type { ActorPiece, ListPiece, LogsPiece, Piece, StagesPiece, StreamPiece, TablePiece, TextPiece } from '../../scenes/pieces.ts'
import { actors, signHeight } from '../../scenes/actors.ts'

/** Pixels on the stage. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Heights that the pieces' styles follow, in pixels. */
export const sizes = {
  title: 24,
  header: 24,
  row: 26,
  line: 23,
  words: 21,
  footnote: 22,
  role: 20,
  step: 40,
  member: 64,
  entry: 48,
  padding: 6,
} as const

/** Where a piece stands, computed from its data alone. */
export function boxOf(piece: Piece): Box {
  if (piece.kind === 'actor') {
    const { place, width } = actors[piece.actor]
    const { x, y } = piece.place ?? place
    const wide = piece.instance ? 50 + piece.instance.length * 9 : width
    return { x: x - wide / 2, y: y - signHeight / 2, width: wide, height: signHeight }
  }
  const title = piece.title === undefined ? 0 : sizes.title
  return { ...piece.at, width: piece.width, height: title + heightOf(piece) }
}

function heightOf(piece: TablePiece | ListPiece | TextPiece | StreamPiece | LogsPiece | StagesPiece): number {
  switch (piece.kind) {
    case 'table':
      return (piece.headerHeight ?? sizes.header) + piece.rows.length * (piece.rowHeight ?? sizes.row) + (piece.footnote === undefined ? 0 : sizes.footnote)
    case 'list':
      return 2 * sizes.padding + Math.max(piece.items.length, piece.lines ?? 1) * sizes.line
    case 'stream':
      return 2 * sizes.padding + piece.lines * sizes.line + (piece.footnote === undefined ? 0 : sizes.footnote)
    case 'text':
      return 2 * sizes.padding + piece.lines * sizes.words
    case 'logs':
      return piece.members.length * (piece.memberHeight ?? sizes.member)
    case 'stages':
      return piece.steps.length * sizes.step
  }
}

/** Where a thing stands that a message may come from: a piece, or a part of one by its full id. */
export function boxOfId(pieces: readonly Piece[], id: string): Box | undefined {
  const [name, part] = id.split('/')
  const piece = pieces.find(candidate => candidate.id === name)
  if (!piece)
    return undefined
  const box = boxOf(piece)
  if (part === undefined || piece.kind === 'actor')
    return box
  const top = box.y + (piece.title === undefined ? 0 : sizes.title)
  const line = lineOf(piece, part)
  return line && { ...box, y: top + line.offset, height: line.height }
}

function lineOf(piece: Exclude<Piece, ActorPiece>, part: string): { offset: number, height: number } | undefined {
  const { ids, height, before } = linesOf(piece)
  const at = ids.indexOf(part)
  return at < 0 ? undefined : { offset: before + at * height, height }
}

/** The parts of a piece that stand one under another: their ids, the height of each, and what stands above the first. */
function linesOf(piece: Exclude<Piece, ActorPiece>): { ids: string[], height: number, before: number } {
  switch (piece.kind) {
    case 'table':
      return { ids: piece.rows.map(row => row.id), height: piece.rowHeight ?? sizes.row, before: piece.headerHeight ?? sizes.header }
    case 'list':
      return { ids: piece.items.map(item => item.id), height: sizes.line, before: sizes.padding }
    case 'stream':
      return { ids: piece.events.slice(-piece.lines).map(event => event.id), height: sizes.line, before: sizes.padding }
    case 'text':
      return { ids: [], height: 0, before: 0 }
    case 'logs':
      return { ids: piece.members.map(member => member.id), height: piece.memberHeight ?? sizes.member, before: 0 }
    case 'stages':
      return { ids: piece.steps.map(step => step.id), height: sizes.step, before: 0 }
  }
}

/** Whether a straight line between two points goes through a box: touching its rim does not count. */
export function crosses(a: Point, b: Point, box: Box): boolean {
  const rim = 8
  let [from, to] = [0, 1]
  for (const [start, delta, low, high] of [[a.x, b.x - a.x, box.x + rim, box.x + box.width - rim], [a.y, b.y - a.y, box.y + rim, box.y + box.height - rim]] as const) {
    if (delta === 0 && (start < low || start > high))
      return false
    if (delta !== 0) {
      const [p, q] = [(low - start) / delta, (high - start) / delta]
      from = Math.max(from, Math.min(p, q))
      to = Math.min(to, Math.max(p, q))
    }
  }
  return from <= to
}
