import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSync } from '@slidev/parser'
import config from '../../deck.config.ts'
import { projectRoot } from '../../scripts/command.ts'

/** A slide as its Markdown has it. */
export interface SourceSlide {
  /** from 1 */
  number: number
  title: string
  alias: string
  layout: string
  /** it shows a scene */
  hasScene: boolean
  /** words that stand on the slide: without markup, addresses, components and notes */
  words: string[]
}

/** The decks that the project carries. */
export const decks: { language: string, entry: string }[] = config.decks.map(({ language, output }) => ({ language, entry: join(projectRoot, output) }))

/** Letters and digits of a Markdown text, word by word, as a reader sees them. */
export function wordsOf(markdown: string): string[] {
  return markdown
    .replaceAll(/<!--[\s\S]*?-->/g, ' ')
    .replaceAll(/^```.*$|^::.*$|^\s*\d+[.)] /gm, ' ')
    .replaceAll(/<\/?[a-z][^>]*>/gi, ' ')
    .replaceAll(/\]\([^)]*\)/g, '] ')
    .replaceAll(/&(?:#\d+|#x[\da-f]+|\w+);/gi, ' ')
    .replaceAll(/\\(?=[^\w\s])/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
}

/** The slides of a deck, read with Slidev's own parser. */
export async function sourceSlides(entry: string): Promise<SourceSlide[]> {
  const { slides } = parseSync(await readFile(entry, 'utf8'), entry)
  return slides.map(({ content, frontmatter, title }, index) => ({
    number: index + 1,
    // Invisible joiners keep Slidev from reading Markdown into a title.
    title: (title ?? '').replaceAll('\u2060', ''),
    alias: String(frontmatter.routeAlias),
    layout: String(frontmatter.layout),
    hasScene: content.includes('<Scene '),
    words: wordsOf(content),
  }))
}
