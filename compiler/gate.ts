import type { SlideText } from './text.ts'
import { isDeepStrictEqual } from 'node:util'
import { parseSync } from '@slidev/parser'
import { ArticleError } from './diagnostics.ts'

/**
 * Reads a deck's text again with Slidev's own parser: it must find the slides that were written, and nothing else.
 * @throws {ArticleError} naming the article's line of the first slide that differs.
 */
export function assertReadsBack(deck: string, slides: SlideText[], file: string): void {
  const parsed = parseSync(deck, 'slides.md').slides
  slides.forEach((wanted, i) => {
    const got = parsed[i]
    const problem = got === undefined
      ? 'is missing'
      : !isDeepStrictEqual(got.frontmatter, wanted.frontmatter)
          ? 'has other front matter'
          : got.content !== wanted.content.trim()
            ? 'has another body'
            : (got.note ?? '') !== wanted.note.trim()
                ? 'has other notes'
                : undefined
    if (problem)
      throw new ArticleError(file, wanted.line, `Slidev would read this otherwise than it is written: slide ${i + 1} ${problem}; please report this article`)
  })
  if (parsed.length !== slides.length)
    throw new ArticleError(file, slides.at(-1)?.line ?? 1, `Slidev would read ${parsed.length} slides where ${slides.length} are written; please report this article`)
}
