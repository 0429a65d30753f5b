import type { Slide } from './slide.ts'

/** Minutes for a slide of which the plan says nothing. */
const DEFAULTS: Partial<Record<Slide['layout'], number>> = { cover: 0.5, section: 0.5, end: 0.5 }

/** When a slide is told, in minutes to the half: how long, at what time of the talk it ends, and how long the talk is. */
export interface Moment { minutes: number, until: number, total: number }

/** Speaking time of slides, in minutes, to the half minute. */
export function minutesOf(slides: Slide[]): number {
  return toHalf(slides.reduce((sum, slide) => sum + timeOf(slide), 0))
}

/** When each slide is told; of none, if the plan gives no slide its time. */
export function momentsOf(slides: Slide[]): (Moment | undefined)[] {
  if (slides.every(({ plan }) => plan.minutes === undefined))
    return slides.map(() => undefined)
  const total = minutesOf(slides)
  return slides.map((slide, at) => ({ minutes: toHalf(timeOf(slide)), until: minutesOf(slides.slice(0, at + 1)), total }))
}

/** Parts of one slide share its time: the first has it. */
function timeOf({ plan, layout, props }: Slide): number {
  const first = typeof props.part !== 'string' || props.part.startsWith('1/')
  return plan.minutes !== undefined ? (first ? plan.minutes : 0) : DEFAULTS[layout] ?? 1
}

function toHalf(minutes: number): number {
  return Math.round(minutes * 2) / 2
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
