import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a reader, or a program that reads aloud, finds in a PDF. */
export interface PdfContent {
  title: string
  /** BCP 47 tag, empty if the file names none */
  language: string
  /** true if the file has a structure tree: headings, lists, descriptions of pictures */
  isTagged: boolean
  /** text of each page, items joined by spaces */
  pages: string[]
  /** titles of the outline, all levels, in order */
  outline: string[]
  /** links that lead from one page to another */
  internalLinks: number
}

interface OutlineEntry { title: string, items: OutlineEntry[] }

function flatten(entries: OutlineEntry[] | null): string[] {
  return (entries ?? []).flatMap(entry => [entry.title, ...flatten(entry.items)])
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
    const { info } = await pdf.getMetadata() as { info: { Title?: string, Language?: string } }
    const content: PdfContent = {
      title: info.Title ?? '',
      language: info.Language ?? '',
      isTagged: Boolean((await pdf.getMarkInfo())?.Marked),
      pages: [],
      outline: flatten(await pdf.getOutline()),
      internalLinks: 0,
    }
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent()
      content.pages.push(items.map(item => 'str' in item ? item.str : '').filter(text => text.trim() !== '').join(' '))
      const annotations = await page.getAnnotations() as { subtype: string, dest?: unknown }[]
      content.internalLinks += annotations.filter(({ subtype, dest }) => subtype === 'Link' && dest).length
      page.cleanup()
    }
    return content
  }
  finally {
    await task.destroy()
  }
}

/**
 * Text with nothing but its letters and digits, as a PDF may break lines, hyphenate and space words as it likes. The apostrophe ’
 * comes back from a PDF as the letter ʼ where a font draws both with one glyph.
 */
export function lettersOf(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]|\u02BC/gu, '')
}
