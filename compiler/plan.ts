/** A value that JSON can hold: what a plan may hand to a scene or a component. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** The layouts that a compiled slide may name; each is a file of layouts/. */
export type LayoutName
  = 'cover' | 'section' | 'statement' | 'bullets' | 'names' | 'name' | 'picture' | 'picture-text'
    | 'code' | 'code-text' | 'table' | 'quote' | 'comparison' | 'links' | 'end'

/** A text in one or more languages, keyed by language code. */
export type Translated = Record<string, string>

/** What the plan says of one slide, found by its heading's id, or by `id/name` for an item of a name–description list. */
export interface SlidePlan {
  /** Name of a diagram of diagrams/. */
  diagram?: string
  /** The ids of the diagram's nodes that are lit, click by click. */
  steps?: string[][]
  /** Name of a scene of scenes/. */
  scene?: string
  /** The scene's input, in place of its own default. */
  input?: Json
  /** Name of a Vue component of components/. */
  component?: string
  /** Props of `component`. */
  props?: { [name: string]: Json }
  /** A file of snippets/ shown as the slide's code. */
  snippet?: string
  /** Time that the speaker needs, in minutes. Without it: 1, or 0.5 for a section. */
  minutes?: number
  /** A question to the room, shown to the presenter and to students. */
  ask?: Translated
  /** Whether the slide belongs to the short path through the deck. */
  short?: boolean
  /** `true`: the illustration stands alone and the section's other figures go to the notes; `false`: it stands beside the text. */
  wide?: boolean
  /** `false`: the paragraph goes to the notes alone, and nothing of it stands beside the figure. */
  lead?: false
  /** More for the speaker, under the article's own words. */
  notes?: Translated
  /** In place of the layout that the content would choose. */
  layout?: LayoutName
  /** `false`: a bare heading gets no slide of its own and only names the slides below it. */
  slide?: false
  /** `false`: a name–description list stays one overview slide, without a slide an item. */
  items?: false
  /** The actor that the slide is about: it is lit on the map in the corner. */
  actor?: string
  /** What a comparison compares. */
  kind?: 'wrong-right' | 'then-now'
  /** Two code blocks on one slide: side by side (2), or one above the other (1). */
  columns?: 1 | 2
}

/** One deck: an article, its language and the file that it becomes. */
export interface DeckPlan {
  /** Path of the article, from the project's root. */
  article: string
  /** Language code of the article, such as `en` or `fr`. */
  language: string
  /** Path of the compiled deck, from the project's root. */
  output: string
  /** What a heading without content of its own becomes when headings stand below it: a slide (the default) or the kicker only. */
  bareHeadings?: 'section' | 'kicker'
  /** More of Slidev's headmatter, over the compiler's own. */
  headmatter?: { [key: string]: Json }
  /** By heading id, or `id/name`. Decks in several languages may share one table: their ids are the same. */
  slides?: Record<string, SlidePlan>
}

/** deck.config.ts exports one of these by default. */
export interface DeckConfig {
  decks: DeckPlan[]
}

/** Gives deck.config.ts its types. */
export function defineDecks(config: DeckConfig): DeckConfig {
  return config
}
