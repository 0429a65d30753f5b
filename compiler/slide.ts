import type { BlockContent, DefinitionContent, Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { Json, LayoutName, SlidePlan } from './plan.ts'

declare module 'mdast' {
  interface Data {
    /** Place of a block among the article's blocks: what the notes are sorted by. */
    order?: number
    /** A part of a block that stands whole in the notes, or a repeated table header: shown, not counted. */
    excerpt?: boolean
  }
}

/** A part of a slide beside its text. */
export interface Slot {
  name: 'picture' | 'code' | 'left' | 'right'
  nodes: RootContent[]
  /** Trusted markup of the project's own: a diagram, a scene, a component. */
  markup?: string
}

/** One slide, before it is text. */
export interface Slide {
  layout: LayoutName
  title: PhrasingContent[]
  /** Names of the headings above, the highest first. */
  section: string[]
  /** Under which the plan and the links of the article know it. */
  id: string
  /** Its place in the address bar: unique in the deck. */
  alias: string
  /** Lines of the article that it comes from. */
  source: { first: number, last: number }
  /** Blocks of the slide's text: at most a lead paragraph and a figure. */
  body: RootContent[]
  slots: Slot[]
  /** Blocks for the presenter, in the article's order. */
  notes: RootContent[]
  /** More front matter. */
  props: { [key: string]: Json }
  plan: SlidePlan
  /** The speaker's cues of an illustration, one a click. */
  cues: string[]
  /** One of several under its heading: its title says which. */
  isPart?: boolean
}

/** A paragraph of the given words, in place of `from`. */
export function paragraph(children: PhrasingContent[], from?: RootContent, excerpt = false): Paragraph {
  return { type: 'paragraph', children, position: from?.position, data: { order: from?.data?.order, ...(excerpt ? { excerpt } : {}) } }
}

/** Whether a block is a paragraph. */
export function isParagraph(block: RootContent): block is Paragraph {
  return block.type === 'paragraph'
}

/** Blocks in the article's order. */
export function inOrder<T extends RootContent>(blocks: T[]): T[] {
  return blocks.toSorted((a, b) => (a.data?.order ?? 0) - (b.data?.order ?? 0))
}

/** Any block that may stand in a quote or a list item. */
export type Block = BlockContent | DefinitionContent
