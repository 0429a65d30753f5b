import type { PhrasingContent } from 'mdast'
import type { Article } from './article.ts'
import type { Illustration } from './illustration.ts'
import type { Outline } from './outline.ts'
import type { DeckPlan, Json, SlidePlan } from './plan.ts'
import type { Slide } from './slide.ts'
import { text } from './tree.ts'

/** Words that the compiler itself puts on a slide. */
const closing: Record<string, string> = { en: 'Questions?', fr: 'Des questions\u202F?' }

/** The first slide: what the article says of itself. */
export function coverOf(article: Article, outline: Outline, plan: DeckPlan | undefined, illustrations: ReadonlyMap<string, Illustration>): Slide {
  const { meta } = article
  const props: { [key: string]: Json } = {}
  if (meta.description)
    props.subtitle = meta.description
  if (meta.authors.length > 0)
    props.authors = meta.authors
  if (meta.date)
    props.date = meta.date
  if (meta.updated && meta.updated !== meta.date)
    props.updated = meta.updated
  if (meta.draft)
    props.draft = true
  return { ...endSlide('cover', outline.heading ?? [text(outline.title)], { first: 1, last: Math.max(1, article.bodyLine - 1) }, plan, illustrations), props }
}

/** The last slide. */
export function closingOf(article: Article, outline: Outline, language: string, plan: DeckPlan | undefined, illustrations: ReadonlyMap<string, Illustration>): Slide {
  const words = closing[language.split('-')[0]!.toLowerCase()] ?? outline.title
  return endSlide('end', [text(words)], { first: article.lines, last: article.lines }, plan, illustrations)
}

function endSlide(id: 'cover' | 'end', title: PhrasingContent[], source: Slide['source'], plan: DeckPlan | undefined, illustrations: ReadonlyMap<string, Illustration>): Slide {
  const own: SlidePlan = plan?.slides && Object.hasOwn(plan.slides, id) ? plan.slides[id]! : {}
  const illustration = illustrations.get(id)
  return {
    layout: id,
    title,
    section: [],
    id,
    alias: id,
    source,
    body: [],
    slots: illustration ? [{ name: 'picture', nodes: [], markup: illustration.markup }] : [],
    notes: [],
    props: {},
    plan: own,
    cues: illustration?.cues ?? [],
  }
}
