import type { Json } from './plan.ts'

/** A diagram, a scene or a component, ready to stand on a slide. The project's own: trusted as it is. */
export interface Illustration {
  /** One line of Markdown or HTML. */
  markup: string
  /** Captions for the speaker: the first as the slide appears, then one a click. */
  cues?: string[]
  /** It needs the slide's whole width. */
  wide?: boolean
  /** It has words of its own: none stand beside it. */
  speaks?: boolean
  /** More front matter that it asks of its slide. */
  props?: { [key: string]: Json }
}
