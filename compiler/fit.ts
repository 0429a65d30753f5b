import type { FitContext, Fitter } from './fit/context.ts'
import type { LayoutName } from './plan.ts'
import type { Slide } from './slide.ts'
import { fitCode } from './fit/code.ts'
import { fitComparison } from './fit/comparison.ts'
import { fitList } from './fit/list.ts'
import { fitQuote } from './fit/quote.ts'
import { fitTable } from './fit/table.ts'
import { fitTitle } from './fit/title.ts'
import { fitWords } from './fit/words.ts'

/** How each layout is fitted. */
const fitters: Record<LayoutName, Fitter> = {
  'cover': fitWords,
  'section': fitWords,
  'statement': fitWords,
  'name': fitWords,
  'picture': fitWords,
  'picture-text': fitWords,
  'end': fitWords,
  'bullets': fitList,
  'names': fitList,
  'links': fitList,
  'code': fitCode,
  'code-text': fitCode,
  'table': fitTable,
  'quote': fitQuote,
  'comparison': fitComparison,
}

/**
 * Fits every slide; then slides that share a heading say which part they are. Only they need room for that in their titles, so
 * which ones they are is found out first.
 */
export function fitSlides(slides: Slide[], context: FitContext): Slide[] {
  const silent: FitContext = { ...context, report: { warnings: [], warn() {} } }
  const totals = totalsOf(slides.flatMap(slide => fitSlide(slide, silent)))
  return numberParts(slides.flatMap(slide => fitSlide({ ...slide, isPart: totals.get(slide.id)! > 1 }, context)))
}

function fitSlide(slide: Slide, context: FitContext): Slide[] {
  return fitters[slide.layout](fitTitle(slide, context), context)
}

function totalsOf(slides: Slide[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { id } of slides)
    totals.set(id, (totals.get(id) ?? 0) + 1)
  return totals
}

function numberParts(slides: Slide[]): Slide[] {
  const totals = totalsOf(slides)
  const seen = new Map<string, number>()
  return slides.map((slide) => {
    const total = totals.get(slide.id)!
    if (total === 1)
      return slide
    const number = (seen.get(slide.id) ?? 0) + 1
    seen.set(slide.id, number)
    const part = `${number}/${total}`
    return {
      ...slide,
      alias: number === 1 ? slide.alias : `${slide.alias}-${number}`,
      title: [...slide.title, { type: 'text', value: ` (${part})` }],
      props: { ...slide.props, part },
    }
  })
}
