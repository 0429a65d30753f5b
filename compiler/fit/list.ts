import type { List, ListItem, Paragraph, RootContent } from 'mdast'
import type { Size } from '../heights.ts'
import type { Block, Slide } from '../slide.ts'
import type { FitContext } from './context.ts'
import { body, columns, gaps } from '../geometry.ts'
import { blocksHeight, itemGap, itemHeight } from '../heights.ts'
import { countLines, runsOf } from '../measure.ts'
import { flatten, KEY_SENTENCE_CAP } from '../sentences.ts'
import { inOrder } from '../slide.ts'
import { roomOf } from './title.ts'
import { condense, shortParagraph, SPARE, withSize } from './words.ts'

/** Deepest list in a list that keeps its own indent. */
const MAX_LEVEL = 3
/** Fewest items that are worth two columns. */
const MIN_FOR_COLUMNS = 6
/** Padding and line of an item of a list of names. */
const NAME_PADDING = 19

/** Fits a list: as it is, in two columns, in the smaller type, then split at its items into balanced parts. */
export function fitList(slide: Slide, context: FitContext): Slide[] {
  const list = slide.body.find((block): block is List => block.type === 'list')
  if (!list)
    return [slide]
  const room = roomOf(slide)
  const lead = fitLead(slide.body.filter(block => block !== list), room, context)
  const names = slide.layout === 'names'
  const gapOf = (size: Size) => names ? NAME_PADDING : itemGap(size)
  const glossary = slide.layout === 'bullets' && isGlossary(list)
  const { items, whole } = fitItems(list, room * (lead.shown.length > 0 ? 0.6 : 1), context)
  const heights = (width: number, size: Size) => items.map(item => glossary ? termHeight(item, size) : itemHeight(item, width, body, size))
  const total = (parts: number[], size: Size = 'normal') => parts.reduce((sum, height) => sum + height, 0) + Math.max(0, parts.length - 1) * gapOf(size) + (names ? NAME_PADDING : 0)
  const notes = inOrder([...slide.notes, ...lead.moved, ...whole.filter(block => block !== undefined)])
  const with_ = (children: ListItem[]): Slide => ({ ...slide, body: [...lead.shown, { ...list, children }], notes })
  const above = lead.height

  for (const size of ['large', 'medium'] as const) {
    if (whole.every(block => block === undefined) && above + total(heights(columns.full, size), size) + SPARE <= room)
      return [withSize(with_(items), size)]
  }
  if (above + total(heights(columns.full, 'normal')) <= room)
    return [with_(items)]
  if (!names && !glossary && fitsInColumns(items, room - above))
    return [{ ...with_(items), props: { ...slide.props, columns: 2 } }]
  if (above + total(heights(columns.full, 'small'), 'small') <= room)
    return [withSize(with_(items), 'small')]

  const full = heights(columns.full, 'normal')
  const parts = balanced(items.length, (from, to) => (from === 0 ? above : 0) + total(full.slice(from, to)) <= room)
  return parts.map(([from, to], i): Slide => {
    const own = whole.slice(from, to).filter(block => block !== undefined)
    const children = items.slice(from, to)
    return {
      ...slide,
      source: i === 0 ? slide.source : spanOf(slide, list, from, to),
      body: [...(i === 0 ? lead.shown : []), { ...list, start: list.ordered ? (list.start ?? 1) + from : undefined, children }],
      notes: i === 0 ? inOrder([...slide.notes, ...lead.moved, ...own]) : own,
    }
  })
}

/** Name and text of a glossary stand in two columns; so many of them at most. */
const TERM = { text: 20, medium: 23, large: 25, name: 320, gap: 24, padding: 19 }

/** A list whose items are all a strong name and its text is drawn as names beside texts. */
function isGlossary(list: List): boolean {
  return list.children.length >= 3 && list.children.length <= 6 && list.children.every(({ children: [head, ...rest] }) =>
    rest.length === 0 && head?.type === 'paragraph' && head.children[0]?.type === 'strong' && head.children.length > 1)
}

function termHeight(item: ListItem, size: Size): number {
  const [head] = item.children
  const words = head?.type === 'paragraph' ? head.children : []
  const font = size === 'large' ? TERM.large : size === 'medium' ? TERM.medium : TERM.text
  const lines = countLines(runsOf(words.slice(1), font), columns.full - TERM.name - TERM.gap)
  const nameLines = countLines(runsOf(words.slice(0, 1), font), TERM.name)
  return Math.max(lines, nameLines) * font * body.lineHeight + TERM.padding
}

function spanOf(slide: Slide, list: List, from: number, to: number): Slide['source'] {
  const offset = slide.source.last - (list.position?.end.line ?? slide.source.last)
  const first = list.children[from]?.position?.start.line
  const last = list.children[to - 1]?.position?.end.line
  return first && last ? { first: first + offset, last: last + offset } : slide.source
}

/** The words above a figure, kept to two fifths of the room. */
export function fitLead(blocks: RootContent[], room: number, context: FitContext, width: number = columns.full): { shown: RootContent[], moved: RootContent[], height: number } {
  if (blocks.length === 0)
    return { shown: [], moved: [], height: 0 }
  const { shown, moved } = condense(blocks, context.language, some => blocksHeight(some, width, body, 'normal') <= room * 0.4 - gaps.block)
  return { shown, moved, height: shown.length > 0 ? blocksHeight(shown, width, body, 'normal') + gaps.block : 0 }
}

/** Items that each fit: long ones by their key sentence with the whole item in the notes, lists in lists up to three levels. */
function fitItems(list: List, room: number, { language, report }: FitContext): { items: ListItem[], whole: (List | undefined)[] } {
  const flat = list.children.map(item => limitLevels(item, 1)).flatMap(item => hoist(item, room))
  const start = list.start ?? 1
  const items: ListItem[] = []
  const whole: (List | undefined)[] = []
  flat.forEach((item, i) => {
    const short = excerptItem(item, room, language)
    items.push(short)
    whole.push(short === item ? undefined : { ...list, start: list.ordered ? start + i : undefined, children: [item], data: { order: list.data?.order } })
    if (short !== item && item.children.length > 1)
      report.warn(item.position?.start.line ?? 1, 'list item shortened on its slide; the whole of it is in the notes')
  })
  return { items, whole }
}

/** Lists nested deeper than the limit continue at the limit's level. */
function limitLevels(item: ListItem, level: number): ListItem {
  const children = item.children.map((child): Block => {
    if (child.type !== 'list')
      return child
    const inner = child.children.map(sub => limitLevels(sub, level + 1))
    return { ...child, children: level + 1 >= MAX_LEVEL ? inner.flatMap(flattenItem) : inner }
  })
  return { ...item, children }
}

/** An item without its lists, then their items after it. */
function flattenItem(item: ListItem): ListItem[] {
  const words = item.children.filter(child => child.type !== 'list')
  const lists = item.children.filter(child => child.type === 'list')
  return [{ ...item, children: words }, ...lists.flatMap(list => list.children.flatMap(flattenItem))]
}

/** Opens an item whose lists are taller than a slide: they become items beside it. */
function hoist(item: ListItem, room: number): ListItem[] {
  if (itemHeight(item, columns.full, body, 'normal') <= room || !item.children.some(child => child.type === 'list'))
    return [item]
  const words = item.children.filter(child => child.type !== 'list')
  const lists = item.children.filter(child => child.type === 'list')
  const opened = lists.flatMap(list => list.children.flatMap(sub => hoist(sub, room)))
  return [...(words.length > 0 ? [{ ...item, children: words }] : []), ...opened]
}

function excerptItem(item: ListItem, room: number, language: string): ListItem {
  const [head, ...rest] = item.children
  if (head?.type !== 'paragraph')
    return item
  const long = flatten(head.children).length > KEY_SENTENCE_CAP
  const tall = itemHeight(item, columns.full, body, 'normal') > room
  if (!long && !tall)
    return item
  const short = (words: Paragraph, cap: number): Paragraph =>
    flatten(words.children).length > cap ? shortParagraph(words, cap, language) : { ...words, data: { ...words.data, excerpt: true } }
  for (const cap of [KEY_SENTENCE_CAP, 120, 60, 20]) {
    const candidate: ListItem = { ...item, data: { ...item.data, excerpt: true }, children: tall ? [short(head, cap)] : [short(head, cap), ...rest.map(child => ({ ...child, data: { ...child.data, excerpt: true } }) as typeof child)] }
    if (itemHeight(candidate, columns.full, body, 'normal') <= room)
      return candidate
  }
  return { ...item, data: { ...item.data, excerpt: true }, children: [shortParagraph(head, 20, language)] }
}

function fitsInColumns(items: ListItem[], room: number): boolean {
  if (items.length < MIN_FOR_COLUMNS || items.some(item => item.children.length > 1))
    return false
  const heights = items.map(item => itemHeight(item, columns.half, body, 'normal') + gaps.item)
  const line = body.size * body.lineHeight
  return heights.every(height => height <= 2 * line + gaps.item + 1)
    && heights.reduce((sum, height) => sum + height, 0) / 2 + Math.max(...heights) <= room
}

/**
 * Cuts `count` things into the fewest parts that all fit, as even as can be (13 → 5, 4, 4): ranges, the end excluded. A
 * part of one thing always counts as fitting.
 */
export function balanced(count: number, fits: (from: number, to: number) => boolean): [number, number][] {
  for (let parts = 1; parts < count; parts++) {
    const ranges = evenRanges(count, parts)
    if (ranges.every(([from, to]) => to - from === 1 || fits(from, to)))
      return ranges
  }
  return evenRanges(count, Math.max(count, 1))
}

function evenRanges(count: number, parts: number): [number, number][] {
  const size = Math.floor(count / parts)
  const larger = count % parts
  let from = 0
  return Array.from({ length: parts }, (_, i): [number, number] => {
    const to = from + size + (i < larger ? 1 : 0)
    const range: [number, number] = [from, to]
    from = to
    return range
  })
}
