import type { Blockquote } from 'mdast'
import type { Slide } from '../slide.ts'
import type { FitContext } from './context.ts'
import { columns, indents, quote as quoteType } from '../geometry.ts'
import { blocksHeight } from '../heights.ts'
import { inOrder } from '../slide.ts'
import { fitLead } from './list.ts'
import { roomOf } from './title.ts'
import { condense, SPARE, withSize } from './words.ts'

/** Fits a quote: the smaller type, then its key sentences with the whole in the notes. */
export function fitQuote(slide: Slide, context: FitContext): Slide[] {
  const quote = slide.body.find((block): block is Blockquote => block.type === 'blockquote')
  if (!quote)
    return [slide]
  const room = roomOf(slide)
  const lead = fitLead(slide.body.filter(block => block !== quote), room, context)
  const notes = inOrder([...slide.notes, ...lead.moved])
  const width = columns.full - indents.quote - 3
  for (const size of ['large', 'normal', 'small'] as const) {
    const spare = size === 'large' ? SPARE : 0
    if (lead.height + blocksHeight(quote.children, width, quoteType, size) + spare <= room)
      return [withSize({ ...slide, body: [...lead.shown, quote], notes }, size)]
  }
  const { shown } = condense(quote.children, context.language, blocks =>
    lead.height + blocksHeight(blocks, width, quoteType, 'normal') <= room)
  context.report.warn(slide.source.first, 'quote shortened on its slide; the whole of it is in the notes')
  const short: Blockquote = { ...quote, children: shown as Blockquote['children'], data: { ...quote.data, excerpt: true } }
  return [{ ...slide, body: [...lead.shown, short], notes: inOrder([...notes, quote]) }]
}
