import type { PdfContent } from '../../scripts/read-pdf.ts'
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

  it('has a page a slide, with the slide’s title on it', async () => {
    const slides = await sourceSlides(entry)
    expect(pdf.pages).toHaveLength(slides.length)
    const untitled = slides.filter(({ number, title }) => !lettersOf(pdf.pages[number - 1]!).includes(lettersOf(title)))
    expect(untitled.map(({ number, title }) => `${number}: ${title}`)).toEqual([])
  })

  it('holds all words of every slide as text', async () => {
    const slides = await sourceSlides(entry)
    const absent = slides.flatMap(({ number, words }) => {
      const there = lettersOf(pdf.pages[number - 1]!)
      return words.filter(word => !there.includes(lettersOf(word))).map(word => `page ${number}: ${word}`)
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
