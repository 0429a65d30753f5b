import type { Size } from '../heights.ts'
import type { Slide, Slot } from '../slide.ts'
import type { FitContext } from './context.ts'
import { bands, columns, comparison } from '../geometry.ts'
import { blocksHeight, paragraphHeight } from '../heights.ts'
import { countLines, extentOf, runsOf, weights } from '../measure.ts'
import { inOrder } from '../slide.ts'
import { fitCode } from './code.ts'
import { fitLead } from './list.ts'
import { roomOf } from './title.ts'
import { condense, SPARE, withSize } from './words.ts'

/** Each side is a panel with padding all around. */
const PADDING = 24
/** Room in px that a side's heading takes at its largest, a date, beyond a heading in running text. */
const HEADING = 18
const textWidth = columns.half - 2 * PADDING

/** Code brings its own padding: its side has none. */
function widthOf({ nodes }: Slot): number {
  return nodes.some(node => node.type === 'code') ? columns.half : textWidth
}

/** Fits the two sides of a comparison: the smaller type, then shorter sides with the whole in the notes. */
export function fitComparison(slide: Slide, context: FitContext): Slide[] {
  const room = roomOf(slide)
  const lead = fitLead(slide.body, room, context)
  const height = room - lead.height - 2 * PADDING - HEADING
  const base = { ...slide, body: lead.shown, notes: inOrder([...slide.notes, ...lead.moved]) }
  for (const size of ['large', 'normal'] as const) {
    if (fitsInBands(slide, room - lead.height, size))
      return [withSize({ ...base, props: { ...base.props, bands: true } }, size)]
  }
  for (const size of ['large', 'normal', 'small'] as const) {
    const spare = size === 'large' ? SPARE : 0
    if (slide.slots.every(slot => blocksHeight(slot.nodes, widthOf(slot), comparison, size) + spare <= height))
      return [withSize(base, size)]
  }
  if (slide.slots.some(({ nodes }) => nodes.some(node => node.type === 'code')))
    return fitCode({ ...base, layout: 'code', body: [...lead.shown, ...slide.slots.flatMap(({ nodes }) => nodes)], slots: [] }, context)
  const sides = slide.slots.map(slot => ({ slot, ...condense(slot.nodes, context.language, blocks => blocksHeight(blocks, widthOf(slot), comparison, 'small') <= height) }))
  context.report.warn(slide.source.first, 'comparison shortened on its slide; the whole of it is in the notes')
  return [withSize({
    ...base,
    slots: sides.map(({ slot, shown }) => ({ ...slot, nodes: shown })),
    notes: inOrder([...base.notes, ...sides.flatMap(({ moved }) => moved)]),
  }, 'small')]
}

/** Whether both sides are a label and one paragraph that stand as two bands of equal height. */
function fitsInBands(slide: Slide, room: number, size: Size): boolean {
  const height = (room - bands.between) / 2 - 2 * bands.y
  const sides = slide.slots.map(({ nodes: [label, words, ...rest] }) =>
    label?.type === 'heading' && words?.type === 'paragraph' && rest.length === 0 ? { label, words } : undefined)
  if (sides.length !== 2 || !sides.every(side => side !== undefined))
    return false
  const font = slide.props.kind === 'then-now' ? bands.date : bands.label
  const labels = sides.map(({ label }) => runsOf(label.children, font, weights.strong))
  const sign = slide.props.kind === 'wrong-right' ? bands.sign : 0
  const extents = labels.map(extentOf)
  if (Math.max(...extents.map(({ min }) => min)) + sign > bands.widest)
    return false
  const labelWidth = Math.min(bands.widest, Math.ceil(Math.max(...extents.map(({ max }) => max)) + sign + 2))
  const width = columns.full - 2 * bands.x - bands.gap - labelWidth - 3
  return labels.every(label => countLines(label, labelWidth - sign) * font * 1.2 <= height)
    && sides.every(({ words }) => paragraphHeight(words, width, comparison, size) <= height)
}
