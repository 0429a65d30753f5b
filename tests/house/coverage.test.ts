import type { ActorId } from '../../scenes/actors.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@slidev/parser'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { actorIds } from '../../scenes/actors.ts'

const root = join(import.meta.dirname, '../..')

interface Row { fact: string, slide: string, en: string, fr: string, today: string }

/** Runs of white space of any kind are one space; typography must not hide a word. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('\u2019', '\'').toLowerCase()
}

/** The cells of the tables of docs/coverage.md, table by table, without their headings. */
function tables(): string[][][] {
  const source = readFileSync(join(root, 'docs/coverage.md'), 'utf8')
  const found: string[][][] = []
  visit(unified().use(remarkParse).use(remarkGfm).parse(source), 'table', ({ children: [, ...lines] }) => {
    found.push(lines.map(row => row.children.map(cell => source.slice(cell.position?.start.offset, cell.position?.end.offset).replace(/^\|\s*|\s*\|?$/g, '').replaceAll('`', ''))))
  })
  return found
}

function rows(): Row[] {
  return (tables()[0] ?? []).map(([fact = '', slide = '', en = '', fr = '', today = '']) => ({ fact, slide, en, fr, today }))
}

interface Component { name: ActorId, sentence: string, scenes: string[], mistake: string, en: string, fr: string, read: string }

function components(): Component[] {
  return (tables()[1] ?? []).map(([name = '', sentence = '', scenes = '', mistake = '', en = '', fr = '', read = '']) =>
    ({ name: name as ActorId, sentence, scenes: scenes.split(', '), mistake, en, fr, read }))
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

describe.each([['en', 'slides.md'], ['fr', 'slides.fr.md']] as const)('what is told of each component (%s)', (language, deck) => {
  const slides = new Map(parseSync(readFileSync(join(root, deck), 'utf8'), deck).slides.map(slide => [String(slide.frontmatter.routeAlias), slide]))

  it('leaves none out', () => {
    expect(components().map(({ name }) => name).toSorted()).toEqual([...actorIds].toSorted())
  })

  it.each(components().map(component => [component.name, component] as const))('%s: one sentence, its place, its picture, the mistake, the links', (name, component) => {
    const role = slides.get(component.sentence)
    expect(role?.frontmatter.actor, 'its lamp on the map').toBe(name)
    // In French it is the "runtime de conteneurs".
    expect(`${role?.frontmatter.section} ${role?.frontmatter.title} ${role?.content}`).toContain(name === 'container-runtime' ? 'runtime' : name)
    for (const id of component.scenes) {
      expect(slides.get(id)?.content, id).toMatch(/<Scene |<Diagram .*:steps=/)
      expect(slides.get(id)?.note?.match(/\[click\]/g)?.length, id).toBeGreaterThanOrEqual(3)
    }
    const mistake = slides.get(component.mistake)
    expect(plain(`${mistake?.content}`.replace(/[`*]/g, ''))).toContain(plain(component[language]))
    expect(slides.get(component.read)?.frontmatter.read).toEqual(expect.arrayContaining([{ text: expect.any(String), href: expect.stringMatching(/^https:/) }]))
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
