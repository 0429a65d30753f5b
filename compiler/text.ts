import type { Json } from './plan.ts'
import type { Slide } from './slide.ts'
import type { Moment } from './time.ts'
import { columns, kicker } from './geometry.ts'
import { inertTitle } from './inert.ts'
import { markdownOf, phrasingOf } from './markdown.ts'
import { extentOf, runsOf } from './measure.ts'
import { inLanguage, notesOf } from './notes.ts'
import { shorten } from './sentences.ts'
import { plainText } from './tree.ts'

/** A slide as Slidev's parser will read it back. */
export interface SlideText {
  frontmatter: { [key: string]: Json }
  content: string
  note: string
  /** The article's line, for a message when the two differ. */
  line: number
}

/** Widths in px of the section's name at the foot, and of the line above the title. */
const CHAPTER_WIDTH = 300
const footerSize = 14
const KICKER_WIDTH = columns.titleWithMap

/** The text of a slide: front matter, body and notes, all of them inert. `moment`: its time in the talk, for the notes. */
export function textOfSlide(slide: Slide, file: string, language: string, headmatter: { [key: string]: Json } = {}, moment?: Moment): SlideText {
  const { plan, source } = slide
  const ask = inLanguage(plan.ask, language)
  const frontmatter: { [key: string]: Json } = {
    ...headmatter,
    layout: slide.layout,
    title: inertTitle(plainText(slide.title)),
    section: pathOf(slide.section),
    ...(slide.layout === 'section' ? { chapter: inertTitle(cutToWidth(plainText(slide.title), CHAPTER_WIDTH, footerSize)) } : {}),
    routeAlias: slide.alias,
    source: source.first === source.last ? `${file}:${source.first}` : `${file}:${source.first}-${source.last}`,
    ...slide.props,
    ...(plan.actor ? { actor: plan.actor } : {}),
    ...(plan.minutes === undefined ? {} : { minutes: plan.minutes }),
    ...(ask ? { ask } : {}),
    ...(plan.short ? { short: true } : {}),
  }
  const parts = [`# ${phrasingOf(slide.title, 'slide') || '…'}`, markdownOf(slide.body, 'slide')]
  for (const slot of slide.slots)
    parts.push(`::${slot.name}::`, slot.markup ?? markdownOf(slot.nodes, 'slide'))
  return {
    frontmatter,
    content: parts.filter(Boolean).join('\n\n').trim(),
    note: notesOf(slide, language, moment),
    line: source.first,
  }
}

/** Names of the headings above, as many of the nearest as one line holds. */
function pathOf(section: string[]): string {
  const names = section.map(name => cutToWidth(name, KICKER_WIDTH * 0.9, kicker.size))
  while (names.length > 1 && widthOf(names.join(' · '), kicker.size) > KICKER_WIDTH)
    names.shift()
  return names.join(' · ')
}

function widthOf(words: string, size: number): number {
  return extentOf(runsOf([{ type: 'text', value: words }], size, 500)).max
}

/** Words cut to a width, with an ellipsis. */
function cutToWidth(words: string, width: number, size: number): string {
  let cut = words
  for (let cap = words.length; cap > 4 && widthOf(cut, size) > width; cap = Math.floor(cap * 0.9))
    cut = plainText(shorten([{ type: 'text', value: words }], cap))
  return cut
}

/** The deck's text. Every slide has front matter: without it, a first block of YAML would be taken for it. */
export function textOfDeck(slides: SlideText[]): string {
  return `${slides.map(textOf).join('\n\n')}\n`
}

function textOf({ frontmatter, content, note }: SlideText): string {
  const lines = Object.entries(frontmatter).map(([key, value]) => `${key}: ${yamlOf(value)}`)
  const body = note === '' ? content : `${content}\n\n<!--\n${note}\n-->`
  return `---\n${lines.join('\n')}\n---\n\n${body}`
}

/** JSON is YAML; three dashes in a value would end the front matter for Slidev, and line separators a line. */
function yamlOf(value: Json): string {
  return JSON.stringify(value).replace(/--/g, '\\u002d\\u002d').replace(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
