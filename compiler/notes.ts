import type { Translated } from './plan.ts'
import type { Slide } from './slide.ts'
import type { Moment } from './time.ts'
import { inert } from './inert.ts'
import { markdownOf } from './markdown.ts'

/** Words of the notes' own, in the languages that they are known in; English for any other. */
const toTheRoom: Record<string, string> = { en: 'For the room:', fr: 'À la salle\u202F:' }
const clock: Record<string, (minutes: string, until: string, total: string) => string> = {
  en: (minutes, until, total) => `${minutes} min, until ${until} of ${total}`,
  fr: (minutes, until, total) => `${minutes} min, jusqu’à ${until} sur ${total}`,
}

/**
 * What the speaker reads: how long the slide takes and when it should end, the article's own words, the question to the room and
 * what the plan says of it, then a caption for each click.
 */
export function notesOf(slide: Slide, language: string, moment?: Moment): string {
  const { plan } = slide
  const ask = inLanguage(plan.ask, language)
  const question = ask && `${toTheRoom[language] ?? toTheRoom.en} ${ask}`
  const told = [question, inLanguage(plan.notes, language)].filter(Boolean).join(' ')
  return [moment?.minutes && timeOf(moment, language), markdownOf(slide.notes, 'notes'), told && inert(told, 'notes', true), ...cuesOf(slide.cues)]
    .filter(Boolean)
    .join('\n\n')
    .trim()
}

/** What a translation says in a language. */
export function inLanguage(words: Translated | undefined, language: string): string | undefined {
  return words && Object.hasOwn(words, language) ? words[language] : undefined
}

function timeOf({ minutes, until, total }: Moment, language: string): string {
  const known = Object.hasOwn(clock, language) ? language : 'en'
  const format = new Intl.NumberFormat(known)
  return clock[known]!(format.format(minutes), format.format(until), format.format(total))
}

/** The captions of an illustration: the first as it appears, then one a click. */
function cuesOf(cues: string[]): string[] {
  return cues.map((cue, i) => cue === '' ? '' : i === 0 ? inert(cue, 'notes', true) : `[click] ${inert(cue, 'notes', false)}`)
}
