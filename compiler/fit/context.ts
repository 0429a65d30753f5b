import type { Reporter } from '../diagnostics.ts'
import type { Slide } from '../slide.ts'

/** What fitting needs to know beside the slide. */
export interface FitContext {
  language: string
  report: Reporter
}

/** Makes one slide into as many as its content needs, each of which fits. */
export type Fitter = (slide: Slide, context: FitContext) => Slide[]
