import type { Browser } from 'playwright-chromium'
import type { PrintedSlide } from './print-page.ts'
import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import process from 'node:process'
import { parseRangeString } from '@slidev/parser/utils'
import { launchChromium } from './chromium.ts'
import { finishPdf } from './finish-pdf.ts'
import { prepareForPaper, printedSlides, waitForSlides } from './print-page.ts'
import { lettersOf, readPdf } from './read-pdf.ts'
import { replace } from './replace.ts'
import { slidevBin } from './slidev.ts'

export interface PdfJob {
  /** path of the deck's slides.md */
  entry: string
  /** path of the PDF to write */
  out: string
  /** true for a page a click instead of a page a slide */
  withClicks?: boolean
  dark?: boolean
  /** numbers of the slides to print, such as `3,5-8,20-`; all by default */
  range?: string
}

/**
 * The numbers that a range names, from 1, ascending.
 * @throws Error of one line if it is no range, or names a slide that the deck doesn't have
 */
export function slidesIn(range: string | undefined, total: number): number[] {
  if (range === undefined)
    return parseRangeString(total)
  const named = [...range.matchAll(/\d+/g)].map(Number)
  if (!/^\d+(?:-\d*)?(?:,\d+(?:-\d*)?)*$/.test(range))
    throw new Error(`--range ${range}: name slides by their numbers, such as 3,5-8,20-`)
  if (named.some(number => number < 1 || number > total))
    throw new Error(`--range ${range}: the deck has slides 1 to ${total}`)
  const slides = parseRangeString(total, range)
  if (slides.length === 0)
    throw new Error(`--range ${range}: no slide is in it`)
  return slides
}

/** Serves a deck as Slidev's own export does, on a free port of this machine. */
async function serveForPrint(entry: string) {
  // Slidev looks for themes and its own parts beside the program that was started: for a deck in a folder of its own that is the
  // only place where they are.
  process.argv[1] = slidevBin
  const { createServer, resolveOptions } = await import('@slidev/cli')
  const options = await resolveOptions({ entry }, 'export')
  const server = await createServer(options, { server: { host: '127.0.0.1', port: 0 }, clearScreen: false, logLevel: 'error' })
  await server.listen()
  const address = server.httpServer!.address()
  if (address === null || typeof address === 'string')
    throw new Error('The print server has no port')
  const { slides, config } = options.data
  const path = config.routerMode === 'hash' ? (query: string) => `?${query}#/print` : (query: string) => `print?${query}`
  return {
    facts: { author: config.author, subject: typeof config.info === 'string' ? config.info : undefined },
    aliases: Object.fromEntries(slides.flatMap(({ frontmatter }, index) => frontmatter.routeAlias ? [[String(frontmatter.routeAlias), index + 1]] : [])),
    slides: slides.length,
    url: (query: string) => `http://127.0.0.1:${address.port}/${path(query)}`,
    close: () => server.close(),
  }
}

/**
 * What is wrong with a PDF, a line a page, judged by what the browser showed when it was printed; empty if nothing is.
 * @param expected the slides that were printed, in order
 * @param pages the text of the PDF's pages
 */
export function missing(expected: PrintedSlide[], pages: string[]): string[] {
  if (pages.length !== expected.length)
    return [`${pages.length} pages instead of ${expected.length}`]
  return expected.flatMap(({ slide, title, text }, index) => {
    const there = lettersOf(pages[index]!)
    if (!there.includes(lettersOf(title)))
      return [`page ${index + 1}: the title of slide ${slide}, "${title}", is missing`]
    const words = [...new Set(text.split(/\s+/).map(lettersOf))]
    const absent = words.filter(word => !there.includes(word))
    return absent.length > words.length / 10 ? [`page ${index + 1} (slide ${slide}): ${absent.length} of ${words.length} words are missing, such as "${absent.slice(0, 3).join(' ')}"`] : []
  })
}

/**
 * Prints a deck into a tagged PDF with an outline and links that work, reads it again, and moves it into place only if every page
 * and its words are there.
 * @returns the number of pages
 * @throws Error if a slide fails in the browser or is missing from the PDF, or at once if nothing can be written there
 */
export async function exportPdf(job: PdfJob): Promise<number> {
  let pages = 0
  await replace(resolve(job.out), async (aside) => {
    pages = await print(aside, job)
  })
  return pages
}

async function print(path: string, { entry, out, withClicks = false, dark = false, range }: PdfJob): Promise<number> {
  const server = await serveForPrint(resolve(entry))
  let browser: Browser | undefined
  try {
    const slides = slidesIn(range, server.slides)
    browser = await launchChromium()
    const page = await browser.newPage({
      viewport: { width: 980, height: 552 },
      reducedMotion: 'reduce',
      colorScheme: dark ? 'dark' : 'light',
    })
    const failures: string[] = []
    page.on('pageerror', error => failures.push(error.message))
    await page.goto(server.url(`print=${withClicks ? 'clicks' : 'true'}`))
    await waitForSlides(page, server.slides)
    await page.emulateMedia({ media: 'screen' })
    await prepareForPaper(page, { aliases: server.aliases, slides })
    const expected = await printedSlides(page)
    const printed = await page.pdf({ tagged: true, preferCSSPageSize: true, printBackground: true })
    const pdf = await finishPdf(printed, expected, server.facts)
    await writeFile(path, pdf)
    const { pages } = await readPdf(pdf)
    failures.push(...missing(expected, pages))
    if (failures.length > 0)
      throw new Error(`${basename(out)}: ${failures.join('; ')}`)
    return expected.length
  }
  finally {
    await browser?.close()
    await server.close()
  }
}
