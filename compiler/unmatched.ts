import type { Diagnostic } from './diagnostics.ts'
import type { Outline } from './outline.ts'
import type { DeckPlan } from './plan.ts'
import type { Slide } from './slide.ts'
import { closestMatch } from 'leven'

/** Slides that every deck has, whatever its article's headings. */
const ENDS = ['cover', 'end']

/**
 * A warning for each entry of the plan that stands for nothing in the article: its heading was renamed, perhaps, and what was
 * planned for it would be lost without a word. Takes all slides of the deck, those not on the short path too.
 */
export function unmatchedEntries(plan: DeckPlan | undefined, { sections, coverAnchors }: Outline, slides: Slide[]): Diagnostic[] {
  if (!plan?.slides)
    return []
  const lines = new Map([...slides.map(({ id, source }) => [id, source.first] as const), ...sections.map(({ id, firstLine }) => [id, firstLine] as const)])
  const keys = Object.keys(plan.slides)
  const free = [...lines.keys()].filter(id => !keys.includes(id) && !ENDS.includes(id))
  const mendOf = (key: string): string => {
    const [heading = '', name] = key.split('/')
    const near = closestMatch(key, free, { maxDistance: Math.ceil(key.length / 3) })
    if (near !== undefined)
      return `did you mean ${near} (line ${lines.get(near)})?`
    if (coverAnchors.includes(key))
      return 'it is the article\'s title, whose slide is cover'
    return name !== undefined && lines.has(heading)
      ? `name an item of a list under ${heading} (line ${lines.get(heading)}) that gets a slide of its own, or take the entry out`
      : `write {#${heading}} at the end of its heading, or take the entry out`
  }
  return keys.filter(key => !lines.has(key) && !ENDS.includes(key)).map(key => ({
    file: 'deck.config.ts',
    message: `${key}: no ${key.includes('/') ? 'item' : 'heading'} of ${plan.article} has this id; ${mendOf(key)}`,
  }))
}
