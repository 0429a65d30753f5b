import { Buffer } from 'node:buffer'
import { decodePDFRawStream, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFRef, PDFString } from 'pdf-lib'

/** A page of a PDF that a browser printed. */
export interface FinishedPage {
  /** slide number, from 1; several pages may show one slide */
  slide: number
  /** title of the slide, one line of plain text */
  title: string
  /** true if the slide opens a chapter: the slides that follow stand under it in the outline */
  isChapter: boolean
}

export interface PdfFacts {
  author?: string
  /** one sentence on what the document is about */
  subject?: string
}

interface Entry { title: string, page: number, entries: Entry[] }

/** A chapter's slides stand under it; what stands before the first chapter, beside it. */
function outlineOf(pages: FinishedPage[]): Entry[] {
  const top: Entry[] = []
  let chapter: Entry | undefined
  for (const [page, { slide, title, isChapter }] of pages.entries()) {
    if (title === '' || slide === pages[page - 1]?.slide)
      continue
    const entry = { title, page, entries: [] }
    if (isChapter) {
      chapter = entry
      top.push(entry)
    }
    else {
      (chapter?.entries ?? top).push(entry)
    }
  }
  return top
}

/** Writes the entries below a parent and returns how many there are on all levels. */
function writeOutline(pdf: PDFDocument, parent: PDFRef, entries: Entry[]): number {
  const refs = entries.map(() => pdf.context.nextRef())
  let count = entries.length
  for (const [index, { title, page, entries: below }] of entries.entries()) {
    const item = pdf.context.obj({ Parent: parent, Dest: [pdf.getPage(page).ref, 'Fit'] })
    item.set(PDFName.of('Title'), PDFHexString.fromText(title))
    if (index > 0)
      item.set(PDFName.of('Prev'), refs[index - 1]!)
    if (index < refs.length - 1)
      item.set(PDFName.of('Next'), refs[index + 1]!)
    pdf.context.assign(refs[index]!, item)
    count += writeOutline(pdf, refs[index]!, below)
  }
  if (refs.length > 0) {
    const dict = pdf.context.lookup(parent, PDFDict)
    dict.set(PDFName.of('First'), refs[0]!)
    dict.set(PDFName.of('Last'), refs.at(-1)!)
    dict.set(PDFName.of('Count'), pdf.context.obj(count))
  }
  return count
}

/** The number that a viewer shows for each page: the slide's own, `25`, and `25.1`, `25.2` … where a slide has several pages. */
function labelsOf(pages: FinishedPage[]) {
  return pages.flatMap(({ slide }, page) => {
    if (slide === pages[page - 1]?.slide)
      return []
    const hasMore = slide === pages[page + 1]?.slide
    const label = hasMore ? { P: PDFHexString.fromText(`${slide}.`), S: 'D' } : { P: PDFHexString.fromText(`${slide}`) }
    return [page, label]
  })
}

/** Says of each link where it leads: in words for a slide, by its address for a page of the web. */
function describeLinks(pdf: PDFDocument, pages: FinishedPage[]): void {
  for (const page of pdf.getPages()) {
    for (const annotation of page.node.Annots()?.asArray().map(ref => pdf.context.lookup(ref, PDFDict)) ?? []) {
      const slide = annotation.lookupMaybe(PDFName.of('Dest'), PDFName)?.decodeText()
      const address = annotation.lookupMaybe(PDFName.of('A'), PDFDict)?.lookupMaybe(PDFName.of('URI'), PDFString)?.asString()
      // The browser calls a slide's first page by the slide's number.
      const words = address ?? pages.find(page => slide !== undefined && page.slide === Number.parseInt(slide))?.title
      if (words)
        annotation.set(PDFName.of('Contents'), PDFHexString.fromText(words))
    }
  }
}

/**
 * Where a font draws the apostrophe ’ and the letter ʼ with one glyph, the browser notes the letter, and a reader that goes by the
 * font's own table finds no "l’API". The apostrophe is what articles have.
 */
function readApostrophes(pdf: PDFDocument): void {
  for (const [, font] of pdf.context.enumerateIndirectObjects()) {
    const ref = font instanceof PDFDict ? font.get(PDFName.of('ToUnicode')) : undefined
    const table = pdf.context.lookup(ref)
    if (!(ref instanceof PDFRef) || !(table instanceof PDFRawStream))
      continue
    const text = Buffer.from(decodePDFRawStream(table).decode()).toString('latin1')
    if (text.includes('<02BC>'))
      pdf.context.assign(ref, pdf.context.flateStream(text.replaceAll('<02BC>', '<2019>')))
  }
}

/**
 * Gives a PDF that a browser printed what it lacks: an outline by chapters (the browser's own runs the lines of a title together),
 * page labels that match the numbers on the slides, a description of each link, author and subject, and for the tags of PDF 2.0 a name that older readers know.
 * @param bytes the PDF; its pages, text and tags stay as they are
 * @param pages what its pages are, in order
 */
export async function finishPdf(bytes: Uint8Array, pages: FinishedPage[], { author, subject }: PdfFacts): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  const outline = pdf.context.register(pdf.context.obj({ Type: 'Outlines' }))
  writeOutline(pdf, outline, outlineOf(pages))
  pdf.catalog.set(PDFName.of('Outlines'), outline)
  pdf.catalog.set(PDFName.of('PageLabels'), pdf.context.obj({ Nums: labelsOf(pages) }))
  describeLinks(pdf, pages)
  readApostrophes(pdf)
  pdf.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict)
    ?.set(PDFName.of('RoleMap'), pdf.context.obj({ Strong: 'Span', Em: 'Span' }))
  pdf.setCreator('Podium')
  if (author)
    pdf.setAuthor(author)
  if (subject)
    pdf.setSubject(subject)
  return pdf.save()
}
