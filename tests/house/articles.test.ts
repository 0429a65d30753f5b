import type { Messages } from '../../locales/translate.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@slidev/parser'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { readMessages } from '../../locales/read.ts'
import { translator } from '../../locales/translate.ts'

const root = join(import.meta.dirname, '../..')
const parser = unified().use(remarkParse).use(remarkFrontmatter, ['toml']).use(remarkGfm)

function article(language: string): string {
  return readFileSync(join(root, `article/introducing-kubernetes-architecture.${language}.md`), 'utf8')
}

/** The text that readers see, paragraph by paragraph, with code, links' targets and heading ids left out. */
function prose(source: string): string[] {
  const found: string[] = []
  visit(parser.parse(source), 'text', ({ value }) => {
    found.push(value.replace(/\{#[\w-]+\}/g, ''))
  })
  return found
}

/** The article's skeleton: what both languages must have alike, in order. */
function skeleton(source: string): string[] {
  const found: string[] = []
  visit(parser.parse(source), (node) => {
    if (node.type === 'heading')
      found.push(`${'#'.repeat(node.depth)} ${source.slice(node.position?.start.offset, node.position?.end.offset).match(/\{#[\w-]+\}$/)?.[0]}`)
    else if (node.type === 'list')
      found.push(`list of ${node.children.length}`)
    else if (node.type === 'table')
      found.push(`table of ${node.children.length} by ${node.children[0]?.children.length}`)
    else if (node.type === 'code')
      found.push(`${node.lang} ${node.value}`)
    else if (node.type === 'paragraph')
      found.push('paragraph')
  })
  return found
}

function fences(source: string): string[] {
  const found: string[] = []
  visit(parser.parse(source), 'code', ({ value }) => {
    found.push(`${value}\n`)
  })
  return found
}

/** Places where a text has another space than the French article: narrow before ; : ? ! and full inside guillemets, neither to be broken. */
function misspaced(text: string): string[] {
  return text.match(/.{0,30}[ \u00A0][;:?!].{0,10}|.{0,30}«(?!\u00A0).{0,10}|.{0,10}(?<!\u00A0)».{0,10}/g) ?? []
}

/** The messages of a language, with the names of their parameters. */
function textsOf(messages: Messages, path = ''): { key: string, names: string[] }[] {
  return Object.entries(messages).flatMap(([name, value]) => typeof value === 'string'
    ? [{ key: `${path}${name}`, names: [...value.matchAll(/\{(\w+)/g)].map(([, name]) => name!) }]
    : textsOf(value, `${path}${name}.`))
}

/** All files of some folders. */
function sources(folders: string[]): string[] {
  return folders.flatMap(folder => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}

describe('the articles', () => {
  it('have the same headings, lists, tables and code in both languages', () => {
    expect(skeleton(article('fr'))).toEqual(skeleton(article('en')))
  })

  it('give every heading an id of its own', () => {
    const ids = skeleton(article('en')).filter(line => line.startsWith('#')).map(line => line.replace(/^#+ /, ''))
    expect(ids).not.toContain('undefined')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(['en', 'fr'])('show only code that is a file of snippets/ (%s)', (language) => {
    const snippets = readdirSync(join(root, 'snippets')).map(file => readFileSync(join(root, 'snippets', file), 'utf8'))
    const shown = fences(article(language))
    expect(shown.length).toBeGreaterThan(4)
    for (const fence of shown)
      expect(snippets).toContain(fence)
  })

  it('write English with typographic quotes', () => {
    for (const text of prose(article('en')))
      expect(text).not.toMatch(/["']/)
  })
})

describe('french typography', () => {
  const text = prose(article('fr'))

  it('has a narrow no-break space before ; : ? !', () => {
    for (const part of text)
      expect(part).not.toMatch(/[^\u202F;:?!](?:[;?!]|:(?!\/\/))/)
  })

  it('has no-break spaces inside guillemets, and no other quotes', () => {
    for (const part of text) {
      expect(part).not.toMatch(/«(?!\u00A0)|(?<!\u00A0)»/)
      expect(part).not.toMatch(/["'“”]/)
    }
  })

  it('keeps numbers and their units, and the thousands, together', () => {
    for (const part of text) {
      expect(part).not.toMatch(/\d %/)
      expect(part).not.toMatch(/\d (?:CPU|Gio|secondes?)\b/)
      expect(part).not.toMatch(/\d \d{3}\b/)
    }
  })

  it('holds for captions and labels of scenes, as they are shown', () => {
    const messages = readMessages('fr')
    const translate = translator('fr', messages)
    const shown = textsOf(messages).map(({ key, names }) => translate({ key, params: Object.fromEntries(names.map(name => [name, 2])) }))
    expect(shown.length).toBeGreaterThan(100)
    expect(shown.flatMap(misspaced)).toEqual([])
    expect(shown.filter(text => /["'“”]|\d (?:%|CPU|Gio|secondes?\b)/.test(text))).toEqual([])
  })

  it('holds for the words of components and diagrams', () => {
    const words = sources(['components', 'layouts', 'diagrams']).flatMap((file) => {
      const text = readFileSync(file, 'utf8')
      return file.endsWith('.fr.mmd')
        ? text.split('\n').filter(line => !/^\s*%%/.test(line)).map(line => line.replace(/^\s*\w+:|-{1,2}>>[^:]*:/, ''))
        : /\.(?:vue|ts)$/.test(file) ? [...text.matchAll(/'([^\n'\xC0-\xFF\u0153]*[\xC0-\xFF\u0153][^\n']*)'/g)].map(([, literal]) => literal!) : []
    })
    expect(words.length).toBeGreaterThan(50)
    expect(words.flatMap(misspaced)).toEqual([])
  })

  it('holds for the whole French deck: questions, captions and cues too', () => {
    const wrong: string[] = []
    for (const { frontmatter, content, note = '' } of parseSync(readFileSync(join(root, 'slides.fr.md'), 'utf8'), 'slides.fr.md').slides) {
      const words = `${frontmatter.title}\n${frontmatter.ask ?? ''}\n${content}\n${note}`
        .replace(/```[\s\S]*?```|<pre[\s\S]*?<\/pre>|`[^`]*`|<[^>]*>|\]\([^)]*\)|^::.*::$/gm, '')
      wrong.push(...misspaced(words))
    }
    expect(wrong).toEqual([])
  })
})
