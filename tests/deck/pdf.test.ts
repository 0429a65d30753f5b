import type { PdfContent } from '../../scripts/read-pdf.ts'
import type { SourceSlide } from './source.ts'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lettersOf, readPdf } from '../../scripts/read-pdf.ts'
import { command } from './command.ts'
import { decks, sourceSlides } from './source.ts'

/** A CSS pixel in points. */
const PT_PER_PX = 0.75

let folder: string
let names: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podium-pdf-'))
  await command('node', ['scripts/export.ts', '--out', folder])
  names = (await readdir(folder)).sort()
})
afterAll(() => rm(folder, { recursive: true }))

it('is one file a language', () => {
  expect(names.map(name => name.replace(/^.*(?=\.\w+\.pdf$)/, ''))).toEqual(['.en.pdf', '.fr.pdf'])
})

describe.each(decks)('the PDF in $language', ({ language, entry }) => {
  let pdf: PdfContent
  beforeAll(async () => {
    pdf = await readPdf(await readFile(join(folder, names.find(name => name.endsWith(`.${language}.pdf`))!)))
  })

  /** The slide's own page; a scene's is followed by pages that tell the scene. */
  const pageOf = ({ number }: SourceSlide) => pdf.labels.findIndex(label => label === `${number}` || label === `${number}.1`)

  it('has a page a slide, with the slide’s title on it, and pages more for what a scene tells', async () => {
    const slides = await sourceSlides(entry)
    const slideOf = new Map(slides.map(slide => [slide.number, slide]))
    const more = pdf.labels.filter(label => /\.(?:[2-9]|\d\d)$/.test(label)).map(Number.parseFloat).map(Math.floor)
    expect([...new Set(more)]).toEqual(slides.filter(({ hasScene }) => hasScene).map(({ number }) => number))
    expect(pdf.pages).toHaveLength(slides.length + more.length)
    const untitled = pdf.pages.flatMap((text, page) => lettersOf(text).includes(lettersOf(slideOf.get(Number.parseInt(pdf.labels[page]!))!.title)) ? [] : [pdf.labels[page]])
    expect(untitled).toEqual([])
  })

  it('holds all words of every slide as text, without characters that hide them from a search', async () => {
    const absent = (await sourceSlides(entry)).flatMap((slide) => {
      const there = lettersOf(pdf.pages[pageOf(slide)]!)
      return slide.words.filter(word => !there.includes(lettersOf(word))).map(word => `slide ${slide.number}: ${word}`)
    })
    expect(absent).toEqual([])
    expect(pdf.pages.flatMap(text => text.match(/\S*[\u200B\u2060\u00AD\u02BC]\S*/g) ?? [])).toEqual([])
  })

  it('has no type under 14 px', () => {
    expect(pdf.smallestType / PT_PER_PX).toBeGreaterThan(13.9)
  })

  it('says on every page but the cover which slide it is', async () => {
    const slides = await sourceSlides(entry)
    const silent = pdf.labels.slice(1).filter((label, index) => !pdf.pages[index + 1]!.endsWith(`${Number.parseInt(label)} / ${slides.length}`))
    expect(silent).toEqual([])
  })

  it('is tagged, in its language, with a title and an author', async () => {
    const [cover] = await sourceSlides(entry)
    expect(pdf).toMatchObject({ isTagged: true, language, title: cover!.title })
    expect(pdf.author).not.toBe('')
  })

  it('has an outline of every slide, by chapters', async () => {
    const slides = await sourceSlides(entry)
    const firstChapter = slides.findIndex(({ layout }) => layout === 'section')
    expect(pdf.outline.map(({ title, level, page }) => ({ title: lettersOf(title), level, page }))).toEqual(slides.map((slide, index) => ({
      title: lettersOf(slide.title),
      level: index < firstChapter || slide.layout === 'section' ? 0 : 1,
      page: pageOf(slide),
    })))
  })

  it('has links between pages that arrive, and says of every link and figure what it is', () => {
    expect(pdf.links.filter(({ page }) => page !== undefined).length).toBeGreaterThan(0)
    expect(pdf.links.filter(({ address, page, description }) => (page === undefined && !address?.startsWith('https://')) || description === '')).toEqual([])
    expect(pdf.figures.length).toBeGreaterThan(0)
    expect(pdf.figures.filter(description => description === '')).toEqual([])
  })
})
