import type { FitContext } from '../fit.ts'
import type { Slide, Slot } from '../slide.ts'
import { columns, comparison } from '../geometry.ts'
import { blocksHeight } from '../heights.ts'
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
