import type { FitContext } from '../fit.ts'
import type { Slide } from '../slide.ts'
import { body, columns } from '../geometry.ts'
import { blocksHeight } from '../heights.ts'
import { inOrder } from '../slide.ts'
import { fitLead } from './list.ts'
import { roomOf } from './title.ts'
import { condense, withSize } from './words.ts'

/** The line and padding above each side. */
const SIDE_TOP = 17

/** Fits the two sides of a comparison: the smaller type, then shorter sides with the whole in the notes. */
export function fitComparison(slide: Slide, context: FitContext): Slide[] {
  const room = roomOf(slide)
  const lead = fitLead(slide.body, room, context)
  const height = room - lead.height - SIDE_TOP
  const base = { ...slide, body: lead.shown, notes: inOrder([...slide.notes, ...lead.moved]) }
  for (const size of ['normal', 'small'] as const) {
    if (slide.slots.every(({ nodes }) => blocksHeight(nodes, columns.half, body, size) <= height))
      return [withSize(base, size)]
  }
  const sides = slide.slots.map(slot => ({ slot, ...condense(slot.nodes, context.language, blocks => blocksHeight(blocks, columns.half, body, 'normal') <= height) }))
  context.report.warn(slide.source.first, 'comparison shortened on its slide; the whole of it is in the notes')
  return [{
    ...base,
    slots: sides.map(({ slot, shown }) => ({ ...slot, nodes: shown })),
    notes: inOrder([...base.notes, ...sides.flatMap(({ moved }) => moved)]),
  }]
}
