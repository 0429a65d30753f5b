import type { Browser, BrowserContextOptions } from 'playwright-chromium'
import type { FileServer } from '../deck/serve.ts'
import type { Step } from '../deck/walk.ts'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { lettersOf, readPdf } from '../../scripts/read-pdf.ts'
import { complaintsOfAxe } from '../deck/axe.ts'
import { builtSite } from '../deck/built-site.ts'
import { command } from '../deck/command.ts'
import { serveFolder } from '../deck/serve.ts'
import { decks, sourceSlides } from '../deck/source.ts'
import { listen, walk } from '../deck/walk.ts'

let browser: Browser
let server: FileServer
let folder: string

beforeAll(async () => {
  server = await serveFolder(await builtSite(), '/')
  browser = await launchChromium()
  folder = await mkdtemp(join(tmpdir(), 'podium-full-'))
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(folder, { recursive: true })
})

const small: BrowserContextOptions = { reducedMotion: 'reduce', viewport: { width: 980, height: 552 } }

const rooms: [string, BrowserContextOptions][] = [
  ['in the dark scheme', { ...small, colorScheme: 'dark' }],
  ['with motion, on a large screen', { reducedMotion: 'no-preference', viewport: { width: 1920, height: 1080 } }],
  ['on a phone held sideways', { reducedMotion: 'reduce', viewport: { width: 844, height: 390 }, deviceScaleFactor: 3 }],
]

const walks = new Map<string, Step[]>()

describe.each(decks)('the deck in $language', ({ language, entry }) => {
  it.each(rooms)('%s: every step whole, readable and quiet', async (_, options) => {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const url = `${server.url}${language}/`
    const complaints = await listen(page, url)
    await page.goto(url)
    const steps = await walk(page, (await sourceSlides(entry)).map(({ alias }) => alias))
    await context.close()
    walks.set(language, steps)
    const wrong = new Set(steps.flatMap(({ slide, findings }) => findings.map(({ kind, text, where, detail }) => `slide ${slide}, ${kind}: "${text}" ${detail} (${where})`)))
    expect([...wrong]).toEqual([])
    expect(complaints).toEqual({ console: [], failed: [], foreign: [] })
  })

  it.each(['light', 'dark'] as const)('leaves nothing for axe to complain of at any step, %s', async (colorScheme) => {
    const context = await browser.newContext({ ...small, colorScheme })
    const page = await context.newPage()
    await page.goto(`${server.url}${language}/`)
    const steps = await walk(page, (await sourceSlides(entry)).map(({ alias }) => alias), complaintsOfAxe)
    await context.close()
    expect([...new Set(steps.flatMap(({ slide, found }) => found.map(what => `slide ${slide}, ${what}`)))]).toEqual([])
  })
})

it.each([[[]], [['--dark']], [['--short']]])('a PDF with a page a click: %j', async (options) => {
  const out = join(folder, options.join('') || 'plain')
  await command('node', ['scripts/export.ts', '--with-clicks', '--out', out, ...options])
  for (const { language, entry } of decks) {
    const name = (await readdir(out)).find(name => name.endsWith(`.${language}.pdf`))!
    const pdf = await readPdf(await readFile(join(out, name)))
    expect(pdf.isTagged).toBe(true)
    const slides = await sourceSlides(options.includes('--short') ? entry.replace(/\.md$/, '.short.md') : entry)
    const outline = pdf.outline.map(({ title }) => lettersOf(title))
    expect(slides.filter(({ title }) => !outline.includes(lettersOf(title))).map(({ title }) => title)).toEqual([])
    if (!options.includes('--short'))
      expect(pdf.pages).toHaveLength(walks.get(language)!.length)
  }
})
