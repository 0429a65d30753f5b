import type { Slide } from './slide.ts'

/** Minutes for a slide of which the plan says nothing. */
const DEFAULTS: Partial<Record<Slide['layout'], number>> = { cover: 0.5, section: 0.5, end: 0.5 }

/** Speaking time of slides, in minutes, to the half minute. */
export function minutesOf(slides: Slide[]): number {
  const total = slides.reduce((sum, { plan, layout, props }) => {
    const first = typeof props.part !== 'string' || props.part.startsWith('1/')
    return sum + (plan.minutes !== undefined ? (first ? plan.minutes : 0) : DEFAULTS[layout] ?? 1)
  }, 0)
  return Math.round(total * 2) / 2
}

/** The short path: the marked slides, the sections that they stand under, the cover and the end. */
export function shortPath(slides: Slide[]): Slide[] {
  const keep = (slide: Slide): boolean => slide.plan.short === true || slide.layout === 'cover' || slide.layout === 'end'
  const isNeeded = (slide: Slide, i: number): boolean => {
    if (slide.layout !== 'section')
      return false
    const depth = slide.section.length
    const end = slides.findIndex((next, at) => at > i && next.layout === 'section' && next.section.length <= depth)
    return slides.slice(i + 1, end < 0 ? undefined : end).some(next => next.plan.short === true)
  }
  return slides.filter((slide, i) => keep(slide) || isNeeded(slide, i))
}
