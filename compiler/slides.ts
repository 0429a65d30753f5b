import type { Blockquote, Heading, List, Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { Article } from './article.ts'
import type { NamedItem } from './blocks.ts'
import type { Illustration } from './compile.ts'
import type { Outline, Section } from './outline.ts'
import type { DeckPlan, SlidePlan } from './plan.ts'
import type { Slide, Slot } from './slide.ts'
import { isLeadIn, isReading, kindOf, linksIn, namedItems, normaliseBlocks } from './blocks.ts'
import { layoutOf } from './layout.ts'
import { isShort, keySentence } from './sentences.ts'
import { inOrder, isParagraph, paragraph } from './slide.ts'
import { lastLineOf, lineOf, plainText } from './tree.ts'

/** What slides are made with, beside the outline. */
export interface SlideContext {
  article: Article
  language: string
  plan: DeckPlan | undefined
  /** Drawn forms of the plan's diagrams, scenes and components, by key. */
  illustrations: ReadonlyMap<string, Illustration>
}

/** More paragraphs than this before a figure get a slide of their own. */
const MAX_PROSE_BESIDE = 3
const MAX_PROSE_AFTER = 2
/** An item longer than this, in characters, stands on its slide with its key sentence only. */
const LONG_DESCRIPTION = 90
const MAX_NAMED_SLIDES = 12

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
  return first ? [{ ...first, props: { ...first.props, read }, notes: inOrder([...first.notes, reading]) }, ...rest] : []
}

function slidesOfBlocks(section: Section, plan: SlidePlan, blocks: RootContent[], outline: Outline, context: SlideContext): Slide[] {
  const illustration = context.illustrations.get(section.id)
  if (blocks.length === 0 && !illustration)
    return bare(section, plan, context) ? [] : [makeSlide(section, plan, { layout: 'section' }, section)]
  const opens = section.hasChildren && section.level > 0 && section.level <= outline.slideLevel
  if (!illustration && (plan.layout === 'section' || (opens && blocks.length <= 2 && blocks.every(block => kindOf(block) === 'prose'))))
    return [openingSlide(section, plan, blocks, context)]
  if (plan.columns === 2) {
    const pair = twoCodes(section, plan, blocks, context)
    if (pair)
      return [pair]
  }
  return groupsOf(blocks, illustration ? plan.steps?.length ?? -1 : undefined).flatMap((group, i) =>
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

/** Two pieces of code side by side, each under the words before it. */
function twoCodes(section: Section, plan: SlidePlan, blocks: RootContent[], context: SlideContext): Slide | undefined {
  const at = blocks.flatMap((block, i) => block.type === 'code' ? [i] : [])
  const [first, second] = at
  if (first === undefined || second === undefined || at.length > 2 || second - first !== 2)
    return undefined
  const slots = [first, second].map((i): Slot => {
    const caption = blocks[i - 1]
    const words = caption && isParagraph(caption) ? [{ type: 'heading', depth: 2, children: bareName(caption.children) } as Heading] : []
    return { name: i === first ? 'left' : 'right', nodes: [...words, blocks[i]!] }
  })
  const shown = new Set([first - 1, first, second - 1, second])
  const lead = leadOf(blocks.filter((_, i) => !shown.has(i)), context)
  return makeSlide(section, plan, { layout: 'comparison', body: lead.shown, slots, notes: lead.notes, props: plan.kind ? { kind: plan.kind } : {} }, spanOf(blocks, section, context))
}

interface Group { prose: RootContent[], figure?: RootContent, after: RootContent[] }

/**
 * Cuts a section's blocks into what can stand on one slide: prose, and at most one figure. An illustration takes the words
 * before the first figure with it, and a list of as many items as it has `steps`.
 */
function groupsOf(blocks: RootContent[], steps: number | undefined): Group[] {
  const groups: Group[] = []
  let prose: RootContent[] = []
  const illustrated = steps !== undefined
  if (illustrated) {
    const isCues = (block: RootContent) => block.type === 'list' && block.children.length === steps
    const end = blocks.findIndex(block => !isCues(block) && !['prose', 'footnote', 'picture'].includes(kindOf(block)))
    groups.push({ prose: end < 0 ? blocks : blocks.slice(0, leadStart(blocks, end)), after: [] })
    blocks = end < 0 ? [] : blocks.slice(leadStart(blocks, end))
  }
  for (const block of blocks) {
    const kind = kindOf(block)
    if (kind === 'prose' || kind === 'footnote') {
      prose.push(block)
      continue
    }
    const { before, beside } = shareProse(prose, groups.at(-1))
    if (before.length > 0)
      groups.push({ prose: before, after: [] })
    groups.push({ prose: beside, figure: block, after: [] })
    prose = []
  }
  const last = groups.at(-1)
  if (prose.length === 0)
    return groups
  if (last && (last.figure || illustrated) && prose.filter(isParagraph).length <= MAX_PROSE_AFTER)
    last.after.push(...prose)
  else
    groups.push({ prose, after: [] })
  return groups
}

function leadStart(blocks: RootContent[], end: number): number {
  return end > 0 && isLeadIn(blocks[end - 1]!) ? end - 1 : end
}

/** Decides which paragraphs stand beside the figure that follows them, which before it, and which belong to the figure before. */
function shareProse(prose: RootContent[], last: Group | undefined): { before: RootContent[], beside: RootContent[] } {
  const lead = prose.length > 0 && isLeadIn(prose.at(-1)!) ? prose.slice(-1) : []
  const rest = lead.length > 0 ? prose.slice(0, -1) : prose
  if (last?.figure && last.after.length === 0 && rest.length > 0 && rest.length <= MAX_PROSE_AFTER && lead.length > 0) {
    last.after.push(...rest)
    return { before: [], beside: lead }
  }
  return prose.length <= MAX_PROSE_BESIDE ? { before: [], beside: prose } : { before: rest.slice(0, lead.length ? undefined : -1), beside: lead.length ? lead : rest.slice(-1) }
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
  }
  const lead = leadOf(words, context)
  const layout = plan.layout ?? layoutOf({ figure, lead: lead.shown })
  const beside = layout === 'picture-text' || layout === 'picture' ? 'picture' : layout === 'code-text' ? 'code' : undefined
  return [make(beside
    ? { layout, body: lead.shown, slots: [{ name: beside, nodes: [figure] }], notes: lead.notes }
    : { layout, body: [...lead.shown, figure], notes: lead.notes })]
}

/** The first words that stand beside a figure; the other paragraphs are for the notes. */
function leadOf(words: RootContent[], context: SlideContext): { shown: RootContent[], notes: RootContent[] } {
  const prose = words.filter(block => isParagraph(block) && !block.data?.footnote) as Paragraph[]
  const first = prose.some(isLeadIn) && prose.length === 1 ? prose[0] : prose[0]
  const { shown, notes } = excerpt(first ? [first] : [], context)
  return { shown, notes: inOrder([...notes, ...words.filter(block => block !== first)]) }
}

/** Short paragraphs stand on the slide; of longer ones the key sentence does, and the paragraph goes to the notes. */
function excerpt(paragraphs: Paragraph[], { language }: SlideContext): { shown: RootContent[], notes: RootContent[] } {
  const shown: RootContent[] = []
  const notes: RootContent[] = []
  for (const block of paragraphs) {
    if (isShort(block.children)) {
      shown.push(block)
    }
    else {
      shown.push(paragraph(keySentence(block.children, language), block, true))
      notes.push(block)
    }
  }
  return { shown, notes }
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

function illustrated(section: Section, plan: SlidePlan, words: RootContent[], illustration: Illustration, context: SlideContext, span: Span): Slide {
  const cues = words.find((block): block is List => block.type === 'list' && block.children.length === plan.steps?.length)
  const lead = leadOf(words.filter(block => kindOf(block) !== 'picture' && block !== cues), context)
  const replaced = words.filter(block => kindOf(block) === 'picture')
  const wide = plan.wide ?? illustration.wide ?? false
  const layout = plan.layout ?? (wide || lead.shown.length === 0 ? 'picture' : 'picture-text')
  return makeSlide(section, plan, {
    layout,
    body: lead.shown,
    slots: [{ name: 'picture', nodes: [], markup: illustration.markup }],
    notes: inOrder([...lead.notes, ...replaced.map(altOf)]),
    cues: illustration.cues ?? (cues ? ['', ...cues.children.map(item => plainText(item))] : []),
    props: illustration.props ?? {},
  }, span)
}

/** A picture that a drawing replaces, as words for the notes. */
function altOf(block: RootContent): RootContent {
  const [image] = (block as Paragraph).children
  return paragraph([{ type: 'text', value: image?.type === 'image' ? image.alt || image.url : '' }], block)
}

function comparison(words: RootContent[], items: NamedItem[], list: List, plan: SlidePlan, context: SlideContext, make: (part: Partial<Slide>) => Slide): Slide {
  const lead = leadOf(words, context)
  const names = items.map(({ name }) => plainText(name).toLowerCase())
  const kind = plan.kind ?? (/^(?:wrong|faux)\b/.test(names[0]!) && /^(?:right|juste|vrai)\b/.test(names[1]!) ? 'wrong-right' : undefined)
  const notes = [...lead.notes]
  const slots = items.map((item, i): Slot => {
    const { shown, notes: long } = itemWords(item, list, context)
    notes.push(...long)
    const heading: Heading = { type: 'heading', depth: 2, children: bareName(item.name) }
    return { name: i === 0 ? 'left' : 'right', nodes: [heading, ...shown, ...item.rest] }
  })
  return make({ layout: 'comparison', body: lead.shown, slots, notes: inOrder(notes), props: kind ? { kind } : {} })
}

function itemWords(item: NamedItem, list: List, context: SlideContext) {
  const from = { ...item.item.children[0]!, data: { order: list.data?.order } } as RootContent
  return excerpt(item.description.length > 0 ? [paragraph(item.description, from)] : [], context)
}

function bareName(name: PhrasingContent[]): PhrasingContent[] {
  const [only] = name
  const words = only?.type === 'strong' ? only.children : name
  const last = words.at(-1)
  return last?.type === 'text' ? [...words.slice(0, -1), { ...last, value: last.value.replace(/\s*:\s*$/, '') }] : words
}

function deservesSlides(section: Section, items: NamedItem[], plan: SlidePlan, { plan: deck }: SlideContext): boolean {
  if (plan.items === false || items.length > MAX_NAMED_SLIDES)
    return false
  const planned = Object.keys(deck?.slides ?? {}).some(key => key.startsWith(`${section.id}/`))
  return planned || items.some(({ description }) => plainText(description).length > LONG_DESCRIPTION)
}

/** An overview of the names, then a slide for each. */
function namesSlides(section: Section, words: RootContent[], items: NamedItem[], context: SlideContext, make: (part: Partial<Slide>) => Slide): Slide[] {
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

interface Span { firstLine: number, lastLine: number }

function spanOf(blocks: RootContent[], section: Section, { article }: SlideContext): Span {
  const placed = blocks.filter(block => block.position && !block.data?.footnote)
  if (placed.length === 0)
    return section
  return {
    firstLine: Math.min(...placed.map(block => lineOf(block, article))),
    lastLine: Math.max(...placed.map(block => lastLineOf(block, article))),
  }
}

function planOf({ plan }: SlideContext, id: string): SlidePlan {
  const slides = plan?.slides
  return slides && Object.hasOwn(slides, id) ? slides[id]! : {}
}

function makeSlide(section: Section, plan: SlidePlan, part: Partial<Slide>, span: Span): Slide {
  return {
    layout: 'statement',
    title: section.title,
    section: section.above,
    id: section.id,
    alias: part.id ?? section.id,
    source: { first: span.firstLine, last: span.lastLine },
    body: [],
    slots: [],
    notes: [],
    props: {},
    plan,
    cues: [],
    ...part,
  }
}

/** A quote's paragraphs. */
export function quoteWords(quote: Blockquote): Paragraph[] {
  return quote.children.filter(child => child.type === 'paragraph')
}
