import { PDFDocument } from 'pdf-lib'
import { expect, it } from 'vitest'
import { finishPdf } from '../../scripts/finish-pdf.ts'
import { readPdf } from '../../scripts/read-pdf.ts'

const slides = [
  { slide: 1, title: 'Architecture', isChapter: false },
  { slide: 2, title: 'Le plan de contrôle', isChapter: true },
  { slide: 3, title: 'Une requête passe d’abord cinq contrôles', isChapter: false },
  { slide: 3, title: 'Une requête passe d’abord cinq contrôles', isChapter: false },
  { slide: 4, title: '', isChapter: false },
  { slide: 5, title: 'Les nœuds', isChapter: true },
]

async function finished() {
  const pdf = await PDFDocument.create()
  slides.forEach(() => pdf.addPage([735, 414]))
  return readPdf(await finishPdf(await pdf.save(), slides, { author: 'Zoé', subject: 'Kubernetes' }))
}

it('puts a chapter’s slides under it, each once, and leaves out those without a title', async () => {
  const { outline } = await finished()
  expect(outline).toEqual([
    { title: 'Architecture', level: 0, page: 0 },
    { title: 'Le plan de contrôle', level: 0, page: 1 },
    { title: 'Une requête passe d’abord cinq contrôles', level: 1, page: 2 },
    { title: 'Les nœuds', level: 0, page: 5 },
  ])
})

it('calls a page by its slide, and by its place among the slide’s pages', async () => {
  const { labels, author } = await finished()
  expect(labels).toEqual(['1', '2', '3.1', '3.2', '4', '5'])
  expect(author).toBe('Zoé')
})
