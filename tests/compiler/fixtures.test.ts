import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeArticle, readArticle } from '../../compiler/article.ts'
import { compile } from '../../compiler/compile.ts'
import { ArticleError } from '../../compiler/diagnostics.ts'
import { plainText } from '../../compiler/tree.ts'
import { ledgerOf } from './ledger.ts'

const files = ['hostile', 'articles'].flatMap((folder) => {
  const path = new URL(`../fixtures/${folder}/`, import.meta.url)
  return readdirSync(path).filter(file => file.endsWith('.md')).map(file => new URL(file, path).pathname)
})
const original = new URL('../../../shared/article/introducing-kubernetes-architecture.md', import.meta.url).pathname

/** Refused, each for its reason. */
const REFUSED = ['09-unclosed-toml.md', '11-yaml-bomb.md', '35-only-front-matter.md']
/** Not in the article's order, on purpose: columns dealt out, footnotes moved to where they are referred to, cells of HTML. */
const REORDERED = ['15-table-60x12.md', 'footnotes.md', 'tables.md', '41-reference-links.md']

function wordsOf(text: string): string[] {
  return text.normalize().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** The words of an article's Markdown, raw HTML aside. */
function wordsOfArticle(source: string, file: string): string[] {
  return readArticle(source, file).tree.children.filter(({ type }) => type !== 'html' && type !== 'definition' && type !== 'footnoteDefinition').flatMap(block => wordsOf(plainText(block).replace(/\{#[^}]*\}$/, '')))
}

describe.each(files.map(file => [basename(file), file]))('%s', (name, file) => {
  const source = decodeArticle(readFileSync(file), name)
  if (REFUSED.includes(name)) {
    it('is refused with one line', () => {
      expect(() => compile(source, { file: name })).toThrow(ArticleError)
    })
    return
  }

  it('loses no word, and keeps their order', () => {
    const { slides } = compile(source, { file: name })
    const deck = ledgerOf(slides).flat().flatMap(({ text }) => wordsOf(text))
    const article = wordsOfArticle(source, name)
    if (REORDERED.includes(name)) {
      const left = new Set(deck)
      expect(article.filter(word => !left.has(word))).toEqual([])
      return
    }
    let at = 0
    const lost = article.filter((word) => {
      const found = deck.indexOf(word, at)
      at = found < 0 ? at : found + 1
      return found < 0
    })
    expect(lost).toEqual([])
  })

  it('puts in each slide\'s notes what comes from its own lines and no other section\'s', () => {
    const { slides } = compile(source, { file: name })
    const starts = slides.map(({ source }) => source.first)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    const { bodyLine } = readArticle(source, name)
    for (const [i, { notes, id }] of slides.entries()) {
      const next = slides.slice(i + 1).find(slide => slide.id.split('/')[0] !== id.split('/')[0])
      for (const { position, data } of notes) {
        if (position && !data?.footnote)
          expect(position.start.line + bodyLine - 1).toBeLessThanOrEqual(next?.source.first ?? Infinity)
      }
    }
  })
})

describe('the original article', () => {
  it.skipIf(!readdirSafely(original))('compiles into a deck of its headings and its five components (skipped where it does not lie beside the project)', () => {
    const { slides, warnings } = compile(readFileSync(original, 'utf8'), { file: 'article.md' })
    const titles = slides.map(({ title }) => plainText(title))
    for (const title of ['Kubernetes Architecture', 'CNCF Landscape', 'Le cas Bare-metal', 'cluster etcd', 'kube-apiserver', 'kube-scheduler'])
      expect(titles).toContain(title)
    expect(warnings.every(({ message }) => message.startsWith('remote image'))).toBe(true)
  })
})

function readdirSafely(file: string): boolean {
  try {
    return readFileSync(file).length > 0
  }
  catch {
    return false
  }
}
