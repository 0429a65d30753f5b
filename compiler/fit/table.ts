import type { PhrasingContent, Table, TableCell, TableRow } from 'mdast'
import type { Size } from '../heights.ts'
import type { Slide } from '../slide.ts'
import type { FitContext } from './context.ts'
import { columns } from '../geometry.ts'
import { columnExtents, columnWidths, rowHeights } from '../heights.ts'
import { flatten, shorten } from '../sentences.ts'
import { inOrder } from '../slide.ts'
import { balanced, fitLead } from './list.ts'
import { roomOf } from './title.ts'
import { withSize } from './words.ts'

/** A table of more columns keeps its first and deals out the others. */
const MAX_COLUMNS = 7
/** Room in px that must be left over at the large size. */
const SPARE = 12
const CELL_CAPS = [120, 80, 50, 30, 16]

/** Fits a table: the smaller type, then columns dealt out, then rows split with the header repeated. */
export function fitTable(slide: Slide, context: FitContext): Slide[] {
  const table = slide.body.find((block): block is Table => block.type === 'table')
  if (!table)
    return [slide]
  const room = roomOf(slide)
  const lead = fitLead(slide.body.filter(block => block !== table), room, context)
  const base = { ...slide, notes: inOrder([...slide.notes, ...lead.moved]) }
  for (const size of ['large', 'normal', 'small'] as const) {
    const spare = size === 'large' ? SPARE : 0
    if (isWideEnough(table, size) && lead.height + sum(heightsOf(table, size)) + spare <= room)
      return [withSize({ ...base, body: [...lead.shown, table] }, size)]
  }
  const dealt = dealColumns(table)
  const rows = dealt.map(part => fitRows(part, room - lead.height))
  const cut = rows.some(({ shortened }) => shortened)
  if (cut)
    context.report.warn(slide.source.first, 'long table cells are cut on the slide; the whole table is in the notes')
  const parts = rows.flatMap(({ tables }) => tables)
  return parts.map((part, i): Slide => withSize({
    ...base,
    body: [...(i === 0 ? lead.shown : []), cut ? { ...part, data: { ...part.data, excerpt: true } } : part],
    notes: i === 0 ? inOrder([...base.notes, ...(cut ? [table] : [])]) : [],
  }, 'small'))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function heightsOf(table: Table, size: Size): number[] {
  return rowHeights(table, columnWidths(columnExtents(table, size), columns.full), size)
}

/** Whether the longest words of the columns stand side by side. */
function isWideEnough(table: Table, size: Size): boolean {
  return widthOf(table) <= MAX_COLUMNS && sum(columnExtents(table, size).map(({ min }) => min)) <= columns.full
}

function widthOf(table: Table): number {
  return Math.max(...table.children.map(row => row.children.length))
}

/** Deals a wide table's columns out to tables that each keep the first one. */
function dealColumns(table: Table): Table[] {
  const width = widthOf(table)
  const mins = columnExtents(table, 'small').map(({ min }) => Math.min(min, columns.full / 3))
  const fits = (from: number, to: number) => to - from < MAX_COLUMNS && mins[0]! + sum(mins.slice(from + 1, to + 1)) <= columns.full
  if (width === 1 || fits(0, width - 1))
    return [table]
  return balanced(width - 1, fits).map(([from, to], i) => pickColumns(table, [0, ...range(from + 1, to + 1)], i > 0))
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}

function pickColumns(table: Table, picked: number[], repeatsFirst: boolean): Table {
  const children = table.children.map((row): TableRow => ({
    ...row,
    children: picked.map((column, i) => {
      const cell = row.children[column] ?? { type: 'tableCell', children: [] } satisfies TableCell
      return i === 0 && repeatsFirst ? { ...cell, data: { ...cell.data, excerpt: true } } : cell
    }),
  }))
  return { ...table, align: picked.map(column => table.align?.[column] ?? null), children }
}

/** Splits a table by its rows; cells that would make a row taller than the room are cut. */
function fitRows(table: Table, room: number): { tables: Table[], shortened: boolean } {
  let shown = table
  let shortened = false
  for (const cap of CELL_CAPS) {
    const [head = 0, ...rows] = heightsOf(shown, 'small')
    if (isWideEnough(shown, 'small') && head <= room * 0.6 && rows.every(row => head + row <= room))
      break
    shown = capCells(shown, cap)
    shortened = true
  }
  const [head = 0, ...heights] = heightsOf(shown, 'small')
  const [header, ...rows] = shown.children
  if (!header || rows.length === 0)
    return { tables: [shown], shortened }
  const parts = balanced(rows.length, (from, to) => head + sum(heights.slice(from, to)) <= room)
  const tables = parts.map(([from, to], i): Table => {
    const repeated = i === 0 ? header : { ...header, data: { ...header.data, excerpt: true } }
    return { ...shown, children: [repeated, ...rows.slice(from, to)] }
  })
  return { tables, shortened }
}

function capCells(table: Table, cap: number): Table {
  const cutWords = (children: PhrasingContent[]) => flatten(children).length > cap ? shorten(children, cap) : children
  return { ...table, children: table.children.map(row => ({ ...row, children: row.children.map(cell => ({ ...cell, children: cutWords(cell.children) })) })) }
}
