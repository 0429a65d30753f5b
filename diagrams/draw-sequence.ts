import type { SymbolName } from '../components/symbols/symbols.ts'
import type { Message, Participant, Sequence } from './sequence.ts'
import type { Steps } from './steps.ts'
import type { Drawing } from './svg.ts'
import { isActor, symbols } from '../components/symbols/symbols.ts'
import { drawHead, drawing, drawLines, drawSymbol, escape, frame, nodeGroup, number, radius } from './svg.ts'

/** Type of the messages. */
const type = 17
const head = { height: 66, symbol: 22, type: 15 }
const rowHeight = 36
const foot = 8

function isSymbol(name: string | undefined): name is SymbolName {
  return name !== undefined && name in symbols
}

function drawParticipant({ id, symbol, lines }: Participant, x: number, width: number, bottom: number): string {
  const shown = isSymbol(symbol) ? symbol : undefined
  const top = shown ? 8 + head.symbol : 0
  return `<g font-size="${head.type}">${nodeGroup(['node', 'participant', ...shown ? [shown] : []], id, isActor(shown) ? shown : undefined, `<path class="life" d="M${number(x)} ${head.height}V${number(bottom)}"/><rect class="box" x="${number(x - width / 2)}" y="1" width="${number(width)}" height="${head.height}" rx="${radius}"/>${
    shown ? drawSymbol(shown, x - head.symbol / 2, 7, head.symbol) : ''}${
    drawLines(lines, x, (top + head.height) / 2 + 1, head.type, 'middle')}`)}</g>`
}

/** One message: its text above its arrow, on the side of whoever sends it. */
function drawMessage({ from, to, text, dashed }: Message, ids: string[], place: (index: number) => number, y: number): string {
  const [start, end] = [place(from), place(to)]
  const right = end > start
  const tip = end + (right ? -2 : 2)
  const anchor = right ? 'start' : 'end'
  const x = start + (right ? 8 : -8)
  return `<g class="edge${dashed ? ' dashed' : ''}" data-from="${escape(ids[from]!)}" data-to="${escape(ids[to]!)}"><circle class="head" cx="${number(start)}" cy="${number(y)}" r="3.5"/><path class="line" d="M${number(start)} ${number(y)}H${number(tip + (right ? -6 : 6))}"/>${
    drawHead({ x: tip, y }, { x: start, y })}<g class="words">${drawLines([text], x, y - type * 0.66, type, anchor)}</g></g>`
}

/** Draws a sequence as SVG that fits a slide: a column for each participant, a row for each message. */
export function drawSequence(sequence: Sequence, hash: string, steps: Steps = []): Drawing {
  const { participants, messages } = sequence
  const column = frame.width / participants.length
  const row = Math.min(rowHeight, (frame.height - head.height - foot) / (messages.length + 0.3))
  const bottom = head.height + (messages.length + 0.3) * row + foot
  const place = (index: number) => column * (index + 0.5)
  const ids = participants.map(({ id }) => id)
  const parts = [
    ...participants.map((participant, index) => drawParticipant(participant, place(index), column - 7, bottom)),
    ...messages.map((message, index) => drawMessage(message, ids, place, head.height + (index + 0.9) * row)),
  ]
  return { svg: drawing(sequence, { width: frame.width, height: bottom, type }, { hash, steps }, parts), type: Math.min(type, head.type) }
}
