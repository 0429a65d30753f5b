import type { PDFDocumentProxy } from 'pdfjs-dist'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a reader, or a program that reads aloud, finds in a PDF. */
export interface PdfContent {
  title: string
  author: string
  /** BCP 47 tag, empty if the file names none */
  language: string
  /** true if the file has a structure tree: headings, lists, descriptions of pictures */
  isTagged: boolean
  /** text of each page, items joined by spaces */
  pages: string[]
  /** the smallest type of all, in points */
  smallestType: number
  /** what a viewer calls each page, such as `25.1` */
  labels: string[]
  /** the outline, all levels, in order */
  outline: OutlineLine[]
  links: PdfLink[]
  /** descriptions of the figures, in order; empty where one has none */
  figures: string[]
}

export interface OutlineLine {
  title: string
  /** 0 for the top */
  level: number
  /** index of the page that it leads to, undefined if it leads nowhere */
  page: number | undefined
}

export interface PdfLink {
  /** address in the web, undefined for a link to a page */
  address: string | undefined
  /** index of the page that it leads to, undefined if it leads out or nowhere */
  page: number | undefined
  /** what is read aloud of it */
  description: string
}

interface OutlineEntry { title: string, dest: Destination, items: OutlineEntry[] }
type Destination = string | unknown[] | null
interface Tag { role?: string, alt?: string, children?: Tag[] }
interface Annotation { subtype: string, url?: string, dest?: Destination, contentsObj?: { str: string } }

async function pageOf(pdf: PDFDocumentProxy, dest: Destination | undefined): Promise<number | undefined> {
  const place = typeof dest === 'string' ? await pdf.getDestination(dest) : dest
  return place ? await pdf.getPageIndex(place[0] as { num: number, gen: number }).catch(() => undefined) : undefined
}

async function flatten(pdf: PDFDocumentProxy, entries: OutlineEntry[], level = 0): Promise<OutlineLine[]> {
  const lines = await Promise.all(entries.map(async ({ title, dest, items }) =>
    [{ title, level, page: await pageOf(pdf, dest) }, ...await flatten(pdf, items, level + 1)]))
  return lines.flat()
}

function figuresIn(tag: Tag): string[] {
  return [...(tag.role === 'Figure' ? [tag.alt ?? ''] : []), ...(tag.children ?? []).flatMap(figuresIn)]
}

/**
 * Reads a PDF.
 * @param bytes the file; emptied by the reader, so pass a copy if you need it afterwards
 * @throws Error of pdf.js if this is no PDF
 */
export async function readPdf(bytes: Uint8Array): Promise<PdfContent> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  try {
    const pdf = await task.promise
    const { info } = await pdf.getMetadata() as { info: { Title?: string, Author?: string, Language?: string } }
    const content: PdfContent = {
      title: info.Title ?? '',
      author: info.Author ?? '',
      language: info.Language ?? '',
      isTagged: Boolean((await pdf.getMarkInfo())?.Marked),
      pages: [],
      smallestType: Infinity,
      labels: await pdf.getPageLabels() ?? [],
      outline: await flatten(pdf, (await pdf.getOutline() ?? []) as OutlineEntry[]),
      links: [],
      figures: [],
    }
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent()
      const words = items.filter(item => 'str' in item).filter(({ str }) => str.trim() !== '')
      content.smallestType = Math.min(content.smallestType, ...words.map(({ transform }) => Math.hypot(transform[2], transform[3])))
      content.pages.push(words.map(({ str }) => str).join(' '))
      const annotations = await page.getAnnotations() as Annotation[]
      for (const { url, dest, contentsObj } of annotations.filter(({ subtype }) => subtype === 'Link'))
        content.links.push({ address: url, page: await pageOf(pdf, dest), description: contentsObj?.str ?? '' })
      content.figures.push(...figuresIn(await page.getStructTree() as Tag | null ?? {}))
      page.cleanup()
    }
    return content
  }
  finally {
    await task.destroy()
  }
}

/**
 * Text with nothing but its letters and digits, as a PDF may break lines, hyphenate and space words as it likes. The letter ʼ counts
 * as the apostrophe ’: a font may draw both with one glyph.
 */
export function lettersOf(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]|\u02BC/gu, '')
}
