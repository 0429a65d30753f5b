import type { Heading, List, Paragraph, RootContent } from 'mdast'
import type { Group } from './groups.ts'
import type { Illustration } from './illustration.ts'
import type { SlideContext } from './make-slide.ts'
import type { Outline, Section } from './outline.ts'
import type { SlidePlan } from './plan.ts'
import type { Slide, Slot } from './slide.ts'
import { isReading, kindOf, linksIn, namedItems, normaliseBlocks } from './blocks.ts'
import { excerpt, leadOf } from './excerpts.ts'
import { groupsOf } from './groups.ts'
import { illustrated } from './illustrated.ts'
import { layoutOf } from './layout.ts'
import { makeSlide, planOf, spanOf } from './make-slide.ts'
import { bareName, comparison, deservesSlides, namesSlides } from './named.ts'
import { inOrder, isParagraph } from './slide.ts'
import { plainText } from './tree.ts'

/** Makes the slides of a section after section; none of them fitted yet, all aliases still those of their section. */
export function slidesOf(outline: Outline, context: SlideContext): Slide[] {
  return outline.sections.flatMap(section => slidesOfSection(section, outline, context))
}

function slidesOfSection(section: Section, outline: Outline, context: SlideContext): Slide[] {
  const plan = planOf(context, section.id)
  const all = normaliseBlocks(section.blocks)
  const reading = all.find(isReading)
  if (!reading)
    return slidesOfBlocks(section, plan, all, outline, context)
  const [first, ...rest] = slidesOfBlocks(section, plan, all.filter(block => block !== reading), outline, context)
  const read = linksIn(reading).map(link => ({ text: plainText(link), href: link.url }))
  if (!first)
    return slidesOfBlocks(section, plan, all, outline, context)
  return [{ ...first, props: { ...first.props, read }, notes: inOrder([...first.notes, reading]) }, ...rest]
}

function slidesOfBlocks(section: Section, plan: SlidePlan, blocks: RootContent[], outline: Outline, context: SlideContext): Slide[] {
  const illustration = context.illustrations.get(section.id)
  if (blocks.length === 0 && !illustration)
    return bare(section, plan, context) ? [] : [makeSlide(section, plan, { layout: 'section' }, section)]
  const opens = section.hasChildren && section.level > 0 && section.level <= outline.slideLevel
  if (!illustration && (plan.layout === 'section' || (opens && blocks.length <= 2 && blocks.every(block => kindOf(block) === 'prose'))))
    return [openingSlide(section, plan, blocks, context)]
  const pair = plan.columns === undefined ? undefined : twoCodes(section, plan, blocks, context)
  if (pair)
    return [pair]
  return groupsOf(blocks, illustration ? plan.steps?.length ?? -1 : undefined, plan.wide === true).flatMap((group, i) =>
    slidesOfGroup(section, plan, group, i === 0 ? illustration : undefined, context))
}

/** A heading without content that only names the slides below it. */
function bare(section: Section, plan: SlidePlan, { plan: deck }: SlideContext): boolean {
  return section.hasChildren && (plan.slide === false || (deck?.bareHeadings === 'kicker' && plan.layout !== 'section'))
}

function openingSlide(section: Section, plan: SlidePlan, blocks: RootContent[], context: SlideContext): Slide {
  const { shown, notes } = excerpt(blocks.filter(isParagraph).slice(0, 1), context)
  return makeSlide(section, plan, { layout: 'section', body: shown, notes: [...notes, ...blocks.slice(1)] }, section)
}

/** Two pieces of code on one slide, each under the words before it: side by side, or one above the other. */
function twoCodes(section: Section, plan: SlidePlan, blocks: RootContent[], context: SlideContext): Slide | undefined {
  const at = blocks.flatMap((block, i) => block.type === 'code' ? [i] : [])
  const [first, second] = at
  if (first === undefined || second === undefined || at.length > 2 || second - first !== 2)
    return undefined
  if (plan.columns === 1)
    return makeSlide(section, plan, { layout: 'code', body: blocks.filter((block, i) => i <= second && kindOf(block) !== 'footnote'), notes: blocks.filter((block, i) => i > second || kindOf(block) === 'footnote') }, spanOf(blocks, section, context))
  const slots = [first, second].map((i): Slot => {
    const caption = blocks[i - 1]
    const words = caption && isParagraph(caption) ? [{ type: 'heading', depth: 2, children: bareName(caption.children) } as Heading] : []
    return { name: i === first ? 'left' : 'right', nodes: [...words, blocks[i]!] }
  })
  const shown = new Set([first - 1, first, second - 1, second])
  const lead = leadOf(blocks.filter((_, i) => !shown.has(i)), context, plan)
  return makeSlide(section, plan, { layout: 'comparison', body: lead.shown, slots, notes: lead.notes, props: plan.kind ? { kind: plan.kind } : {} }, spanOf(blocks, section, context))
}

function slidesOfGroup(section: Section, plan: SlidePlan, group: Group, illustration: Illustration | undefined, context: SlideContext): Slide[] {
  const words = [...group.prose, ...group.after]
  const span = spanOf([...words, ...(group.figure ? [group.figure] : [])], section, context)
  const make = (part: Partial<Slide>): Slide => makeSlide(section, plan, part, span)
  if (illustration)
    return [illustrated(section, plan, words, illustration, context, span)]
  const { figure } = group
  if (!figure)
    return [proseSlide(group.prose, context, make)]
  const items = figure.type === 'list' ? namedItems(figure) : undefined
  if (items && figure.type === 'list' && items.length >= 2 && !plan.layout) {
    if (items.length === 2)
      return [comparison(words, items, figure, plan, context, make)]
    if (deservesSlides(section, items, plan, context))
      return namesSlides(section, words, items, context, make)
    if (plan.items === false) {
      const lead = leadOf(words, context, plan)
      return [make({ layout: 'names', body: [...lead.shown, figure], notes: lead.notes })]
    }
  }
  const lead = leadOf(words, context, plan)
  const layout = plan.layout ?? layoutOf({ figure, lead: lead.shown })
  const beside = layout === 'picture-text' || layout === 'picture' ? 'picture' : layout === 'code-text' ? 'code' : undefined
  return [make(beside
    ? { layout, body: lead.shown, slots: [{ name: beside, nodes: [figure] }], notes: lead.notes }
    : { layout, body: [...lead.shown, figure], notes: lead.notes })]
}

function proseSlide(blocks: RootContent[], context: SlideContext, make: (part: Partial<Slide>) => Slide): Slide {
  const prose = blocks.filter(block => isParagraph(block) && !block.data?.footnote) as Paragraph[]
  const others = blocks.filter(block => !prose.includes(block as Paragraph))
  const { shown, notes } = excerpt(prose, context)
  if (shown.length <= 1)
    return make({ layout: 'statement', body: shown, notes: inOrder([...notes, ...others]) })
  const list: List = {
    type: 'list',
    ordered: false,
    spread: false,
    children: shown.map(block => ({ type: 'listItem', spread: false, children: [block as Paragraph], position: block.position, data: block.data })),
    data: { order: shown[0]!.data?.order },
  }
  return make({ layout: 'bullets', body: [list], notes: inOrder([...notes, ...others]) })
}
