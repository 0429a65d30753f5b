import type { PdfContent } from '../../scripts/read-pdf.ts'
import type { SourceSlide } from './source.ts'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lettersOf, readPdf } from '../../scripts/read-pdf.ts'
import { command } from './command.ts'
import { decks, sourceSlides } from './source.ts'

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

  /** A scene's slide is followed by a page that tells the scene. */
  const pagesOf = (slides: SourceSlide[]) => slides.flatMap(slide => slide.hasScene ? [slide, slide] : [slide])
  const pageOf = (slides: SourceSlide[], slide: SourceSlide) => pdf.pages[pagesOf(slides).indexOf(slide)]!

  it('has a page a slide, with the slide’s title on it, and a page more for what a scene tells', async () => {
    const slides = await sourceSlides(entry)
    expect(pdf.pages).toHaveLength(pagesOf(slides).length)
    const untitled = pagesOf(slides).filter(({ title }, page) => !lettersOf(pdf.pages[page]!).includes(lettersOf(title)))
    expect(untitled.map(({ number, title }) => `${number}: ${title}`)).toEqual([])
  })

  it('holds all words of every slide as text', async () => {
    const slides = await sourceSlides(entry)
    const absent = slides.flatMap((slide) => {
      const there = lettersOf(pageOf(slides, slide))
      return slide.words.filter(word => !there.includes(lettersOf(word))).map(word => `slide ${slide.number}: ${word}`)
    })
    expect(absent).toEqual([])
  })

  it('is tagged, in its language, with a title, an outline of every slide and links between pages', async () => {
    const slides = await sourceSlides(entry)
    expect(pdf.isTagged).toBe(true)
    expect(pdf.language).toBe(language)
    expect(pdf.title).toBe(slides[0]!.title)
    const outline = pdf.outline.map(lettersOf)
    expect(slides.filter(({ title }) => !outline.includes(lettersOf(title))).map(({ title }) => title)).toEqual([])
    expect(pdf.internalLinks).toBeGreaterThan(0)
  })
})
