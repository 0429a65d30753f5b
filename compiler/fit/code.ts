import type { Code } from 'mdast'
import type { Size } from '../heights.ts'
import type { Slide } from '../slide.ts'
import type { FitContext } from './context.ts'
import { body, code as codeType, columns, padding, roomyCode } from '../geometry.ts'
import { blocksHeight, codeHeight, codeLineLength, codeRows } from '../heights.ts'
import { inOrder } from '../slide.ts'
import { fitLead } from './list.ts'
import { roomOf } from './title.ts'
import { SPARE, withSize } from './words.ts'

/** A line longer than so many rows is cut on the slide. */
const MAX_ROWS = 4
const RE_DEFINITION = /^(?:export |public |private |async |pub |static )*(?:function|class|def|func|fn|interface|type|const|let|var|impl|struct|resource|module|package|apiVersion:|kind:|---|#|\/\/|- name:)/

declare module 'mdast' {
  interface CodeData {
    /** Number of the first line, when lines are numbered. */
    startLine?: number
  }
}

/** Fits code: beside its text, else below it, in the smaller type, then split where it reads best, with numbered lines. */
export function fitCode(slide: Slide, context: FitContext): Slide[] {
  if (slide.layout === 'code-text') {
    const beside = fitBeside(slide)
    if (beside)
      return beside
    const { nodes } = slide.slots[0]!
    return fitCode({ ...slide, layout: 'code', body: [...slide.body, ...nodes], slots: [] }, context)
  }
  const code = slide.body.find((block): block is Code => block.type === 'code')
  if (!code)
    return [slide]
  const room = roomOf(slide)
  if (slide.body.filter(block => block.type === 'code').length > 1)
    return fitSeveral(slide, room, context)
  const lead = fitLead(slide.body.filter(block => block !== code), room, context)
  const lines = code.value.split('\n')
  const base = { ...slide, notes: inOrder([...slide.notes, ...lead.moved]) }
  const rowsAt = (size: Size) => lines.map(line => codeRows(line, codeLineLength(columns.full, size, false)))
  const usual = rowsAt('normal')
  // Larger type must not break a line that would stand whole at the usual size; one that breaks anyway may break again.
  const most = (size: Size, i: number) => size === 'large' && usual[i] === 1 ? 1 : MAX_ROWS
  const roomy = roomyCode.find(size => lead.height + lines.length * size * codeType.lineHeight + 2 * padding.code.y + SPARE <= room
    && lines.every(line => codeRows(line, Math.floor((columns.full - 2 * padding.code.x) / (size * 0.6))) === 1))
  if (roomy !== undefined)
    return [withSize({ ...base, props: { ...base.props, codeSize: roomy }, body: [...lead.shown, code] }, 'large')]
  for (const size of ['large', 'normal', 'small'] as const) {
    const rows = rowsAt(size)
    const spare = size === 'large' ? SPARE : 0
    if (rows.every((count, i) => count <= most(size, i)) && lead.height + heightOf(rows, size) + spare <= room)
      return [withSize({ ...base, body: [...lead.shown, code] }, size)]
  }
  return split(base, code, lines, lead, room, context)
}

/** Several pieces of code, one above the other: together where they fit, else one a slide, each with the words before it. */
function fitSeveral(slide: Slide, room: number, context: FitContext): Slide[] {
  for (const size of ['normal', 'small'] as const) {
    if (blocksHeight(slide.body, columns.full, body, size) <= room)
      return [withSize(slide, size)]
  }
  const ends = slide.body.flatMap((block, i) => block.type === 'code' ? [i + 1] : [])
  return ends.flatMap((end, i) =>
    fitCode({ ...slide, body: slide.body.slice(ends[i - 1] ?? 0, end), notes: i === 0 ? slide.notes : [] }, context))
}

function fitBeside(slide: Slide): Slide[] | undefined {
  const code = slide.slots[0]?.nodes[0]
  if (code?.type !== 'code')
    return undefined
  const fits = (size: Size): boolean => {
    const rows = code.value.split('\n').map(line => codeRows(line, codeLineLength(columns.half, size, false)))
    const spare = size === 'large' ? SPARE : 0
    return rows.every(count => count === 1) && heightOf(rows, size) + spare <= roomOf(slide)
      && blocksHeight(slide.body, columns.half, body, size) + spare <= roomOf(slide)
  }
  if (fits('large'))
    return [withSize(slide, 'large')]
  return fits('normal') ? [slide] : undefined
}

function heightOf(rows: number[], size: Size): number {
  return codeHeight(rows.reduce((sum, count) => sum + count, 0), size)
}

function split(slide: Slide, code: Code, lines: string[], lead: { shown: Slide['body'], height: number }, room: number, { report }: FitContext): Slide[] {
  const size = 'small'
  const perLine = codeLineLength(columns.full, size, true)
  const cut = lines.map(line => codeRows(line, perLine) > MAX_ROWS ? cutLine(line, perLine) : line)
  const shortened = cut.some((line, i) => line !== lines[i])
  if (shortened)
    report.warn(slide.source.first, 'long lines of code are cut on the slide; the whole code is in the notes')
  const rows = cut.map(line => codeRows(line, perLine))
  const heights = (from: number, to: number) => heightOf(rows.slice(from, to), size)
  const ranges = rangesOf(cut, (from, to) => (from === 0 ? lead.height : 0) + heights(from, to) <= room)
  const start = slide.source.last - lines.length
  return ranges.map(([from, to], i): Slide => withSize({
    ...slide,
    source: ranges.length > 1 ? { first: i === 0 ? slide.source.first : start + from, last: Math.max(start + to - 1, slide.source.first) } : slide.source,
    body: [...(i === 0 ? lead.shown : []), { ...code, value: cut.slice(from, to).join('\n'), data: { ...code.data, startLine: from + 1, excerpt: shortened } }],
    notes: i === 0 ? inOrder([...slide.notes, ...(shortened ? [code] : [])]) : [],
  }, size))
}

function cutLine(line: string, columnsOfLine: number): string {
  return `${[...line].slice(0, columnsOfLine * (MAX_ROWS - 2)).join('')}…`
}

/** Even parts, each ended where the code pauses: after a blank line, else before a definition. */
function rangesOf(lines: string[], fits: (from: number, to: number) => boolean): [number, number][] {
  let capacity = 0
  while (capacity < lines.length && fits(0, capacity + 1))
    capacity++
  capacity = Math.max(capacity, 1)
  const parts = Math.ceil(lines.length / capacity)
  const ranges: [number, number][] = []
  let from = 0
  while (from < lines.length) {
    let to = Math.min(lines.length, from + 1)
    while (to < lines.length && fits(from, to + 1))
      to++
    const left = Math.max(1, parts - ranges.length)
    const even = Math.min(to, from + Math.max(1, Math.ceil((lines.length - from) / left)))
    to = to === lines.length ? to : pause(lines, from, even, to)
    ranges.push([from, to])
    from = to
  }
  return ranges
}

function pause(lines: string[], from: number, even: number, limit: number): number {
  const least = from + Math.max(1, Math.floor((limit - from) * 0.6))
  for (const isPause of [(at: number) => lines[at - 1]!.trim() === '', (at: number) => RE_DEFINITION.test(lines[at]!)]) {
    const candidates = Array.from({ length: Math.max(0, limit - least + 1) }, (_, i) => least + i).filter(isPause)
    const nearest = candidates.toSorted((a, b) => Math.abs(a - even) - Math.abs(b - even))[0]
    if (nearest !== undefined)
      return nearest
  }
  return even
}
