import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@slidev/parser'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

interface Slide { id: string, layout: string, part: string, pictures: string[], clicks: number, minutes: number, short: boolean, title: string, ask: string, note: string }

function slides(deck: string): Slide[] {
  return parseSync(readFileSync(join(root, deck), 'utf8'), deck).slides.map(({ frontmatter, content, note = '', title = '' }) => ({
    id: String(frontmatter.routeAlias ?? ''),
    layout: String(frontmatter.layout),
    part: String(frontmatter.part ?? ''),
    pictures: content.match(/<(?:Scene|Diagram|Landscape|ClusterMap)\b[^>]*>/g) ?? [],
    clicks: note.match(/\[click\]/g)?.length ?? 0,
    minutes: Number(frontmatter.minutes ?? 0),
    short: frontmatter.short === true,
    title,
    ask: String(frontmatter.ask ?? ''),
    note,
  }))
}

const english = slides('slides.md')
const french = slides('slides.fr.md')

describe('the English and the French deck', () => {
  it.each(['id', 'layout', 'part', 'pictures', 'clicks', 'minutes', 'short'] as const)('have the same %s, slide by slide', (key) => {
    expect(french.map(slide => slide[key])).toEqual(english.map(slide => slide[key]))
  })

  it('are in two languages: no title but a name is the same', () => {
    const same = english.filter((slide, index) => slide.title === french[index]?.title).map(slide => slide.id)
    expect(same).toEqual(['cncf'])
  })

  it('ask a question of the room in both', () => {
    const asked = english.filter(slide => slide.ask !== '')
    expect(asked.length).toBeGreaterThan(30)
    for (const slide of asked) {
      const other = french.find(({ id }) => id === slide.id)
      expect(other?.ask, slide.id).not.toBe('')
      expect(other?.ask, slide.id).not.toBe(slide.ask)
    }
  })
})

describe.each([['en', english], ['fr', french]] as const)('the talk (%s)', (_language, deck) => {
  /** The parts of a split slide share its minutes. */
  const sum = (chosen: readonly Slide[]): number => chosen.filter(({ part }) => part === '' || part.startsWith('1/')).reduce((minutes, slide) => minutes + slide.minutes, 0)

  it('is of about 40 slides', () => {
    expect(deck.length).toBeGreaterThanOrEqual(38)
    expect(deck.length).toBeLessThanOrEqual(44)
  })

  it('takes 45 to 60 minutes', () => {
    expect(sum(deck)).toBeGreaterThanOrEqual(45)
    expect(sum(deck)).toBeLessThanOrEqual(60)
  })

  it('has a short path of about 20 minutes', () => {
    expect(sum(deck.filter(slide => slide.short))).toBeGreaterThanOrEqual(18)
    expect(sum(deck.filter(slide => slide.short))).toBeLessThanOrEqual(22)
  })

  it('has something to say on every slide between the cover and the end', () => {
    expect(deck.slice(1, -1).filter(slide => slide.note.trim().length < 40).map(slide => slide.id)).toEqual([])
  })
})
