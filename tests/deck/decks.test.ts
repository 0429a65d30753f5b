import type { Browser } from 'playwright-chromium'
import type { FileServer } from './serve.ts'
import type { SourceSlide } from './source.ts'
import type { Complaints, Step } from './walk.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { complaintsOfAxe } from './axe.ts'
import { builtSite } from './built-site.ts'
import { settle } from './geometry.ts'
import { serveFolder } from './serve.ts'
import { decks, sourceSlides } from './source.ts'
import { listen, walk } from './walk.ts'

/** The first slide of each layout. */
async function oneOfEachLayout(entry: string): Promise<SourceSlide[]> {
  const byLayout = new Map((await sourceSlides(entry)).toReversed().map(slide => [slide.layout, slide]))
  return [...byLayout.values()]
}

let browser: Browser
let server: FileServer

beforeAll(async () => {
  server = await serveFolder(await builtSite(), '/any/path/')
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe.each(decks)('the deck in $language, walked step by step in a browser', ({ language, entry }) => {
  let steps: Step[]
  let complaints: Complaints

  beforeAll(async () => {
    const page = await browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce' })
    const url = `${server.url}${language}/`
    complaints = await listen(page, url)
    await page.goto(url)
    steps = await walk(page, (await sourceSlides(entry)).map(({ alias }) => alias))
    await page.close()
  })

  it('shows every slide of its source, in order', async () => {
    const shown = [...new Set(steps.map(({ slide }) => slide))]
    expect(shown).toEqual((await sourceSlides(entry)).map(({ number }) => number))
  })

  it('complains of nothing, fetches nothing that is missing and nothing from elsewhere', () => {
    expect(complaints).toEqual({ console: [], failed: [], foreign: [] })
  })

  it('keeps all text inside the canvas, whole, uncovered and at 14 px or more, what the article says at 18', () => {
    const wrong = new Set(steps.flatMap(({ slide, findings }) => findings.map(({ kind, text, where, detail }) => `slide ${slide}, ${kind}: "${text}" ${detail} (${where})`)))
    expect([...wrong]).toEqual([])
  })

  it('shows all words of every slide by its last click', async () => {
    const absent = (await sourceSlides(entry)).flatMap(({ number, words }) => {
      const shown = new Set(steps.filter(({ slide }) => slide === number).flatMap(({ words }) => words))
      return words.filter(word => !shown.has(word)).map(word => `slide ${number}: ${word}`)
    })
    expect(absent).toEqual([])
  })

  it.each(['light', 'dark'] as const)('leaves nothing for axe to complain of on a slide of each layout, %s', async (colorScheme) => {
    const context = await browser.newContext({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce', colorScheme })
    const page = await context.newPage()
    const found: string[] = []
    for (const { number, alias } of await oneOfEachLayout(entry)) {
      await page.goto(`${server.url}${language}/#/${alias}?clicks=99`)
      await page.waitForFunction(number => document.querySelector('#slide-content .slidev-page:not([style*="none"])')?.getAttribute('data-slidev-no') === number, String(number))
      await settle(page)
      found.push(...(await complaintsOfAxe(page)).map(what => `${alias}, ${what}`))
    }
    await context.close()
    expect(found).toEqual([])
  })
})
