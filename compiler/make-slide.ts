import type { RootContent } from 'mdast'
import type { Article } from './article.ts'
import type { Illustration } from './illustration.ts'
import type { Section } from './outline.ts'
import type { DeckPlan, SlidePlan } from './plan.ts'
import type { Slide } from './slide.ts'
import { lastLineOf, lineOf } from './tree.ts'

/** What slides are made with, beside the outline. */
export interface SlideContext {
  article: Article
  language: string
  plan: DeckPlan | undefined
  /** Drawn forms of the plan's diagrams, scenes and components, by key. */
  illustrations: ReadonlyMap<string, Illustration>
}

/** Lines of the article. */
export interface Span { firstLine: number, lastLine: number }

/** The lines that blocks stand on; the section's own where they stand nowhere. */
export function spanOf(blocks: RootContent[], section: Section, { article }: SlideContext): Span {
  const placed = blocks.filter(block => block.position && !block.data?.footnote)
  if (placed.length === 0)
    return section
  return {
    firstLine: Math.min(...placed.map(block => lineOf(block, article))),
    lastLine: Math.max(...placed.map(block => lastLineOf(block, article))),
  }
}

/** What the plan says under a key. */
export function planOf({ plan }: SlideContext, id: string): SlidePlan {
  const slides = plan?.slides
  return slides && Object.hasOwn(slides, id) ? slides[id]! : {}
}

/** A slide of a section: what `part` leaves open is the section's. */
export function makeSlide(section: Section, plan: SlidePlan, part: Partial<Slide>, span: Span): Slide {
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
