import type { Slide } from '../slide.ts'
import type { FitContext } from './context.ts'
import { bodyHeight, columns, reading, title } from '../geometry.ts'
import { countLines, runsOf, weights } from '../measure.ts'
import { shorten } from '../sentences.ts'
import { paragraph } from '../slide.ts'
import { plainText, text } from '../tree.ts'

/** Sizes of the layouts whose title is not the usual one: px, width and greatest number of lines. */
const large: Partial<Record<Slide['layout'], { size: number, width: number, maxLines: number }>> = {
  cover: { size: 60, width: 700, maxLines: 4 },
  section: { size: 52, width: 800, maxLines: 2 },
  end: { size: 60, width: 720, maxLines: 3 },
}

/** Room for " (10/12)" at the end. */
const PART = text(' (10/12)')

/** Cuts a title that takes more lines than there are; the whole of it then opens the notes. */
export function fitTitle(slide: Slide, { report }: FitContext): Slide {
  const { maxLines } = large[slide.layout] ?? title
  if (linesOf(slide) <= maxLines)
    return slide
  let cap = plainText(slide.title).length
  let short = slide.title
  while (cap > 8 && linesOf({ ...slide, title: short }) > maxLines) {
    cap = Math.floor(cap * 0.93)
    short = shorten(slide.title, cap)
  }
  report.warn(slide.source.first, 'title cut to fit its slide; the whole of it is in the notes')
  return { ...slide, title: short, notes: [{ ...paragraph(slide.title), data: { order: -1 } }, ...slide.notes] }
}

function linesOf(slide: Slide): number {
  const { size, width } = large[slide.layout] ?? { size: title.size, width: titleWidth(slide) }
  return countLines(runsOf(slide.isPart ? [...slide.title, PART] : slide.title, size, weights.title), width)
}

/** A slide about an actor has the map in its corner. */
function titleWidth(slide: Slide): number {
  return slide.layout === 'name' || slide.plan.actor ? columns.titleWithMap - 44 : columns.full
}

/** Lines of a slide's title as it stands, with room for its part. */
export function titleLines(slide: Slide): number {
  return linesOf(slide)
}

/** Height in px that a slide's body has under its title. */
export function roomOf(slide: Slide): number {
  return bodyHeight(linesOf(slide)) - (slide.props.read ? reading.height : 0)
}
