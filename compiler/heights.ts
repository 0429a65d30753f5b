import type { List, ListItem, Nodes, Paragraph, RootContent, Table } from 'mdast'
import type { Type } from './geometry.ts'
import type { Run } from './measure.ts'
import { code as codeType, gaps, indents, padding, table as tableType } from './geometry.ts'
import { codeColumns, countLines, extentOf, runsOf, weights } from './measure.ts'

/** Which of a type's sizes. */
export type Size = 'large' | 'medium' | 'normal' | 'small'

/** Size in px of a type. */
export function px(type: Type, size: Size): number {
  return { large: type.large ?? type.size, medium: type.medium ?? type.size, normal: type.size, small: type.small }[size]
}

/** Height of a paragraph, in px. */
export function paragraphHeight(block: Paragraph | { children: Paragraph['children'] }, width: number, type: Type, size: Size): number {
  const font = px(type, size)
  return countLines(runsOf(block.children, font), width) * font * type.lineHeight
}

/** Items in an item's list are set a little smaller, and so are those in theirs. */
const NESTED_SCALE = 0.91

/** Height of a list, in px. */
export function listHeight(list: List, width: number, type: Type, size: Size, scale = 1): number {
  return list.children.reduce((sum, item, i) => sum + (i > 0 ? itemGap(size) : 0) + itemHeight(item, width, type, size, scale), 0)
}

/** Space between two items, in px. */
export function itemGap(size: Size): number {
  return size === 'large' ? gaps.largeItem : size === 'medium' ? gaps.mediumItem : gaps.item
}

/** Height of a list item with all that is in it, in px. */
export function itemHeight(item: ListItem, width: number, type: Type, size: Size, scale = 1): number {
  const inner = width - indents.list
  const font = px(type, size) * scale
  return item.children.reduce((sum, child, i) => {
    const gap = i === 0 ? 0 : child.type === 'list' ? itemGap(size) : gaps.paragraph
    if (child.type === 'list')
      return sum + gap + listHeight(child, inner, type, size, NESTED_SCALE)
    const children = child.type === 'paragraph' || child.type === 'heading' ? child.children : []
    return sum + gap + countLines(runsOf(children, font), inner) * font * type.lineHeight
  }, 0)
}

/** Room in px of a line's number, up to four digits, and of the space after it. */
const NUMBERS = 52

/** Columns of code on a line of a width in px; numbered lines leave room for their numbers. */
export function codeLineLength(width: number, size: Size, numbered: boolean): number {
  const numbers = numbered ? NUMBERS : 0
  return Math.floor((width - 2 * padding.code.x - numbers) / (px(codeType, size) * 0.6))
}

/** Rows that a line of code takes when it is wrapped: at spaces and after slashes, and inside what is longer than a row. */
export function codeRows(line: string, columns: number): number {
  const whole = Math.max(1, Math.ceil(codeColumns(line) / columns))
  if (whole === 1)
    return 1
  let rows = 1
  let used = 0
  for (const word of line.match(/\s+|[^\s/]+\/?|\/+/g) ?? []) {
    const width = codeColumns(word)
    if (used > 0 && used + width > columns && word.trim() !== '') {
      rows++
      used = 0
    }
    rows += Math.max(0, Math.ceil(width / columns) - 1)
    used = width > columns ? width % columns : used + width
  }
  return Math.max(whole, rows)
}

/** Height of so many rows of code, with the box's padding, in px. */
export function codeHeight(rows: number, size: Size): number {
  return rows * px(codeType, size) * codeType.lineHeight + 2 * padding.code.y
}

/** Natural and least widths of a table's columns, in px. */
export function columnExtents(table: Table, size: Size): { min: number, max: number }[] {
  const font = px(tableType, size)
  const count = Math.max(...table.children.map(row => row.children.length), 1)
  return Array.from({ length: count }, (_, column) => {
    const cells = table.children.map((row, i) => cellRuns(row.children[column], font, i === 0, column === 0))
    const extents = cells.map(extentOf)
    const room = 2 * padding.cell.x
    return { min: Math.max(...extents.map(({ min }) => min)) + room, max: Math.max(...extents.map(({ max }) => max)) + room }
  })
}

/** Runs of a table's cell: a column's head and the first column are set heavier. */
export function cellRuns(cell: Nodes | undefined, font: number, head: boolean, first: boolean): Run[] {
  if (!cell || cell.type !== 'tableCell')
    return []
  return runsOf(cell.children, font, head ? weights.strong : first ? 560 : weights.text)
}

/** Column widths as a browser shares them out: the natural ones where they fit, else least plus a share of what is left. */
export function columnWidths(extents: { min: number, max: number }[], width: number): number[] {
  const min = extents.reduce((sum, extent) => sum + extent.min, 0)
  const max = extents.reduce((sum, extent) => sum + extent.max, 0)
  if (max <= width)
    return extents.map(extent => extent.max + (width - max) * (max > 0 ? extent.max / max : 1 / extents.length))
  if (min >= width)
    return extents.map(extent => extent.min * width / min)
  return extents.map(extent => extent.min + (width - min) * (extent.max - extent.min) / (max - min))
}

/** Heights of a table's rows, the header first, in px. */
export function rowHeights(table: Table, widths: number[], size: Size): number[] {
  const font = px(tableType, size)
  return table.children.map((row, i) => {
    const lines = row.children.map((cell, column) =>
      countLines(cellRuns(cell, font, i === 0, column === 0), Math.max((widths[column] ?? 0) - 2 * padding.cell.x, font)))
    return Math.max(1, ...lines) * font * tableType.lineHeight + 2 * (size === 'large' ? padding.cell.largeY : padding.cell.y) + 1
  })
}

/** Height of the blocks that a text column may hold, gaps included, in px. */
export function blocksHeight(blocks: RootContent[], width: number, type: Type, size: Size): number {
  return blocks.reduce((sum, block, i) => {
    const gap = i === 0 ? 0 : block.type === 'paragraph' && blocks[i - 1]!.type === 'paragraph' ? gaps.paragraph : gaps.block
    return sum + gap + blockHeight(block, width, type, size)
  }, 0)
}

function blockHeight(block: RootContent, width: number, type: Type, size: Size): number {
  switch (block.type) {
    case 'paragraph': return paragraphHeight(block, width, type, size)
    case 'list': return listHeight(block, width, type, size)
    case 'heading': return countLines(runsOf(block.children, 20, weights.strong), width) * 20 * 1.3 + 10
    case 'blockquote': return blocksHeight(block.children, width - indents.quote, type, size)
    case 'code': {
      const columns = codeLineLength(width, size, false)
      return codeHeight(block.value.split('\n').reduce((sum, line) => sum + codeRows(line, columns), 0), size)
    }
    default: return 0
  }
}
