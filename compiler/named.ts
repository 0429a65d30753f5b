import type { Heading, List, PhrasingContent, RootContent } from 'mdast'
import type { NamedItem } from './blocks.ts'
import type { SlideContext } from './make-slide.ts'
import type { Section } from './outline.ts'
import type { SlidePlan } from './plan.ts'
import type { Slide, Slot } from './slide.ts'
import { excerpt, leadOf } from './excerpts.ts'
import { makeSlide, planOf, spanOf } from './make-slide.ts'
import { inOrder, paragraph } from './slide.ts'
import { plainText } from './tree.ts'

/** An item longer than this, in characters, is worth a slide of its own. */
const LONG_DESCRIPTION = 90
const MAX_NAMED_SLIDES = 12

/** Two named things against each other. */
export function comparison(words: RootContent[], items: NamedItem[], list: List, plan: SlidePlan, context: SlideContext, make: (part: Partial<Slide>) => Slide): Slide {
  const lead = leadOf(words, context, plan)
  const names = items.map(({ name }) => plainText(name).toLowerCase())
  const kind = plan.kind ?? (/^(?:wrong|faux)\b/.test(names[0]!) && /^(?:right|juste|vrai)\b/.test(names[1]!) ? 'wrong-right' : undefined)
  const notes = [...lead.notes]
  const slots = items.map((item, i): Slot => {
    const { shown, notes: long } = itemWords(item, list, context)
    notes.push(...long)
    const heading: Heading = { type: 'heading', depth: 2, children: bareName(item.name), position: item.item.children[0]?.position }
    return { name: i === 0 ? 'left' : 'right', nodes: [heading, ...shown, ...item.rest] }
  })
  return make({ layout: 'comparison', body: lead.shown, slots, notes: inOrder(notes), props: kind ? { kind } : {} })
}

function itemWords(item: NamedItem, list: List, context: SlideContext) {
  const from = { ...item.item.children[0]!, data: { order: list.data?.order } } as RootContent
  return excerpt(item.description.length > 0 ? [paragraph(item.description, from)] : [], context)
}

/** A name without the mark that makes it one. */
export function bareName(name: PhrasingContent[]): PhrasingContent[] {
  const [only] = name
  const words = only?.type === 'strong' ? only.children : name
  const last = words.at(-1)
  return last?.type === 'text' ? [...words.slice(0, -1), { ...last, value: last.value.replace(/\s*:\s*$/, '') }] : words
}

/** Whether each item of a name–description list gets a slide: when the plan has something for one, or one is long. */
export function deservesSlides(section: Section, items: NamedItem[], plan: SlidePlan, { plan: deck }: SlideContext): boolean {
  if (plan.items === false || items.length > MAX_NAMED_SLIDES)
    return false
  const planned = Object.keys(deck?.slides ?? {}).some(key => key.startsWith(`${section.id}/`))
  return planned || items.some(({ description }) => plainText(description).length > LONG_DESCRIPTION)
}

/** An overview of the names, then a slide for each. */
export function namesSlides(section: Section, words: RootContent[], items: NamedItem[], context: SlideContext, make: (part: Partial<Slide>) => Slide): Slide[] {
  const lead = leadOf(words, context)
  const overview: List = {
    type: 'list',
    spread: false,
    children: items.map(({ name }) => ({ type: 'listItem', spread: false, data: { excerpt: true }, children: [{ type: 'paragraph', children: [{ type: 'strong', children: bareName(name) }], data: { excerpt: true } }] })),
    data: { excerpt: true },
  }
  const inner = { ...section, above: [...section.above, plainText(section.title)], level: section.level + 1 }
  const slides = items.map((item): Slide => {
    const id = `${section.id}/${idOfName(item)}`
    const own = planOf(context, id)
    const from = item.item.children[0] as RootContent
    const { shown, notes } = excerpt(item.description.length > 0 ? [paragraph(item.description, from)] : [], context)
    const illustration = context.illustrations.get(id)
    const rest = item.rest.map(block => ({ ...block, data: { ...block.data, order: 1 } }) as RootContent)
    const span = spanOf([item.item as unknown as RootContent], section, context)
    const slide = makeSlide(inner, own, {
      layout: own.layout ?? 'name',
      id,
      title: bareName(item.name),
      body: [...shown, ...rest],
      notes,
      slots: illustration ? [{ name: 'picture', nodes: [], markup: illustration.markup }] : [],
      cues: illustration?.cues ?? [],
      props: illustration?.props ?? {},
    }, span)
    return slide
  })
  const names = items.map((item, i) => ({ id: slides[i]!.id, name: plainText(bareName(item.name)) }))
  return [make({ layout: 'names', body: [...lead.shown, overview], notes: lead.notes, props: { names } }), ...slides]
}

/** "cluster etcd" → "cluster-etcd": the part of a plan key after the heading's id. */
function idOfName({ name }: NamedItem): string {
  return plainText(bareName(name)).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'item'
}
