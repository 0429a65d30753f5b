import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@slidev/parser'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

interface Row { fact: string, slide: string, en: string, fr: string, today: string }

/** Runs of white space of any kind are one space; typography must not hide a word. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('\u2019', '\'').toLowerCase()
}

function rows(): Row[] {
  const source = readFileSync(join(root, 'docs/coverage.md'), 'utf8')
  const found: Row[] = []
  visit(unified().use(remarkParse).use(remarkGfm).parse(source), 'tableRow', (row, index) => {
    const cells = row.children.map(cell => source.slice(cell.position?.start.offset, cell.position?.end.offset).replace(/^\|\s*|\s*\|?$/g, ''))
    if (index === 0)
      return
    const [fact = '', slide = '', en = '', fr = '', today = ''] = cells
    found.push({ fact, slide: slide.replaceAll('`', ''), en, fr, today })
  })
  return found
}

/** What stands on a slide and in its notes, by the slide's id; the parts of a split slide are one. */
function slideTexts(deck: string): Map<string, string> {
  const texts = new Map<string, string>()
  for (const { frontmatter, content, note } of parseSync(readFileSync(join(root, deck), 'utf8'), deck).slides) {
    const id = String(frontmatter.routeAlias).replace(/-\d+$/, match => frontmatter.part ? '' : match)
    texts.set(id, plain(`${texts.get(id) ?? ''} ${content} ${note ?? ''}`.replace(/[`*]/g, '')))
  }
  return texts
}

describe.each([['en', 'slides.md'], ['fr', 'slides.fr.md']] as const)('what became of the article of 2021 (%s)', (language, deck) => {
  const texts = slideTexts(deck)

  it.each(rows().map(row => [row.fact, row] as const))('%s', (_fact, row) => {
    const text = texts.get(row.slide)
    expect(text, `slide ${row.slide} in ${deck}`).toBeDefined()
    for (const words of row[language].split(';'))
      expect(text).toContain(plain(words).trim())
    expect(row.today).not.toBe('')
  })
})

/** The headings of the article of 2021, in its order, by the ids that they have today. */
const headings = ['kubernetes-architecture', 'component-layers-architecture', 'macro-architecture', 'kubernetes-solutions', 'certified-providers', 'managed-solutions', 'ovhcloud', 'bare-metal', 'cncf', 'cncf-landscape', 'certification', 'control-plane-components', 'first-cluster']

it.each(['en', 'fr'])('has every heading of the article of 2021 as a section, in its order (%s)', (language) => {
  const source = readFileSync(join(root, `article/introducing-kubernetes-architecture.${language}.md`), 'utf8')
  const ids = [...source.matchAll(/^#{2,3} .*\{#([\w-]+)\}$/gm)].map(([, id]) => id)
  expect(ids.filter(id => headings.includes(`${id}`))).toEqual(headings)
})

it('tells of every fact, not of a few', () => {
  expect(rows().length).toBeGreaterThanOrEqual(39)
})
