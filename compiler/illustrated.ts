import type { List, Paragraph, RootContent } from 'mdast'
import type { Illustration } from './illustration.ts'
import type { SlideContext, Span } from './make-slide.ts'
import type { Section } from './outline.ts'
import type { SlidePlan } from './plan.ts'
import type { Slide } from './slide.ts'
import { kindOf } from './blocks.ts'
import { leadOf, whole } from './excerpts.ts'
import { makeSlide } from './make-slide.ts'
import { inOrder, paragraph } from './slide.ts'
import { plainText } from './tree.ts'

/** A slide that shows what the plan has drawn for its section. */
export function illustrated(section: Section, plan: SlidePlan, words: RootContent[], illustration: Illustration, context: SlideContext, span: Span): Slide {
  const cues = words.find((block): block is List => block.type === 'list' && block.children.length === plan.steps?.length)
  const lead = leadOf(words.filter(block => kindOf(block) !== 'picture' && block !== cues), context)
  const replaced = words.filter(block => kindOf(block) === 'picture')
  const beside = plan.wide === false && !illustration.wide && lead.shown.length > 0
  const silent = plan.lead === false || illustration.speaks
  return makeSlide(section, plan, {
    layout: plan.layout ?? (beside ? 'picture-text' : 'picture'),
    body: silent ? [] : lead.shown,
    slots: [{ name: 'picture', nodes: [], markup: illustration.markup }],
    notes: inOrder([...lead.notes, ...(silent ? whole(lead.shown) : []), ...replaced.map(altOf)]),
    cues: illustration.cues ?? (cues ? ['', ...cues.children.map(item => plainText(item))] : []),
    props: illustration.props ?? {},
  }, span)
}

/** A picture that a drawing replaces, as words for the notes. */
function altOf(block: RootContent): RootContent {
  const [image] = (block as Paragraph).children
  return paragraph([{ type: 'text', value: image?.type === 'image' ? image.alt || image.url : '' }], block)
}
