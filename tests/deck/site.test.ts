import type { Browser, BrowserContextOptions, Page } from 'playwright-chromium'
import type { FileServer } from './serve.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { builtSite } from './built-site.ts'
import { settle } from './geometry.ts'
import { serveFolder } from './serve.ts'
import { decks, sourceSlides } from './source.ts'
import { swipe, tap } from './touch.ts'
import { listen } from './walk.ts'

let browser: Browser
let server: FileServer
let folder: string

beforeAll(async () => {
  folder = await builtSite()
  server = await serveFolder(folder, '/~teacher/k8s/')
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Opens a page of the site in a fresh browser. */
async function open<T>(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options)
  try {
    const page = await context.newPage()
    await page.goto(server.url + path)
    return await look(page)
  }
  finally {
    await context.close()
  }
}

describe('the start page', () => {
  it.each([
    ['fr-CA', 'fr'],
    ['fr', 'fr'],
    ['en-GB', 'en'],
    ['de', 'en'],
  ])('takes a reader of %s to the deck in %s', async (locale, language) => {
    const url = await open('', { locale }, async (page) => {
      await page.waitForURL(/\/(?:en|fr)\//)
      return page.url()
    })
    expect(url.slice(server.url.length)).toMatch(new RegExp(`^${language}/`))
  })

  it('offers both decks to a reader who comes to choose, and to one without scripts', async () => {
    const offered = (page: Page) => page.locator('main a').evaluateAll(links => links.map(link => link.getAttribute('href')))
    expect(await open('#choose', { locale: 'fr' }, offered)).toEqual(['en/', 'fr/'])
    expect(await open('', { javaScriptEnabled: false }, offered)).toEqual(['en/', 'fr/'])
  })
})

describe.each(decks)('the site in $language', ({ language, entry }) => {
  it('opens on its cover, in its language, with its own icon', async () => {
    const [cover] = await sourceSlides(entry)
    const found = await open(`${language}/`, {}, async (page) => {
      await settle(page)
      return {
        lang: await page.locator('html').getAttribute('lang'),
        title: await page.title(),
        heading: await page.locator('#slide-content h1:visible').textContent(),
        icon: await page.locator('link[rel=icon]').getAttribute('href'),
      }
    })
    expect(found).toEqual({ lang: language, title: cover!.title, heading: cover!.title, icon: './favicon.svg' })
  })

  it('opens any slide by its name, again after a reload, and finds its way back', async () => {
    const slide = (await sourceSlides(entry)).at(-3)!
    await open(`${language}/#/${slide.alias}`, { reducedMotion: 'reduce' }, async (page) => {
      const shown = () => page.locator('#slide-content .slidev-page:visible').getAttribute('data-slidev-no')
      await settle(page)
      expect(await shown()).toBe(String(slide.number))
      await page.reload()
      await settle(page)
      expect(await shown()).toBe(String(slide.number))
      await page.keyboard.press('ArrowLeft')
      await page.waitForURL(url => !url.hash.startsWith(`#/${slide.alias}`))
      await page.goBack()
      await page.waitForURL(url => url.hash.startsWith(`#/${slide.alias}`))
    })
  })

  it('has fetched the next slide before it is wanted, a scene too', async () => {
    const scene = (await sourceSlides(entry)).find(({ hasScene }) => hasScene)!
    await open(`${language}/#/${scene.number - 1}`, { reducedMotion: 'reduce' }, async (page) => {
      await settle(page)
      await page.waitForLoadState('networkidle')
      await page.context().setOffline(true)
      await page.keyboard.press('ArrowRight')
      await page.locator(`[data-slidev-no="${scene.number}"] .scene:visible`).waitFor({ timeout: 5000 })
      expect(await page.locator('.slidev-slide-loading:visible').count()).toBe(0)
    })
  })

  it('leads a thumb through steps and slides, to any slide, and to the same step in the other language', async () => {
    const slides = await sourceSlides(entry)
    const scene = slides.find(({ hasScene }) => hasScene)!
    const other = decks.find(deck => deck.language !== language)!
    for (const viewport of [{ width: 390, height: 844 }, { width: 844, height: 390 }]) {
      await open(`${language}/#/${scene.number}`, { viewport, isMobile: true, hasTouch: true, reducedMotion: 'reduce' }, async (page) => {
        await settle(page)
        const bar = page.locator('.reader-bar')
        const boxes = await bar.locator('button, a, label').evaluateAll(targets => targets.map((target) => {
          const { width, height } = target.getBoundingClientRect()
          return Math.min(width, height)
        }))
        expect(boxes).toHaveLength(7)
        expect(Math.min(...boxes)).toBeGreaterThanOrEqual(44)

        await bar.locator('.reader-on').tap()
        await bar.locator('.reader-on').tap()
        await page.waitForURL(url => url.hash.includes('clicks=2'))
        await bar.locator('.reader-back').tap()
        await page.waitForURL(url => url.hash.includes('clicks=1'))
        await bar.locator('.reader-language').tap()
        await page.waitForURL(url => url.pathname.endsWith(`/${other.language}/`) && url.hash === `#/${scene.alias}?clicks=1`)
        await settle(page)
        expect(await page.locator('#slide-content h1:visible').textContent()).toBe((await sourceSlides(other.entry))[scene.number - 1]!.title)
        await page.locator('.reader-place select').selectOption(String(slides.length))
        await page.waitForURL(url => url.hash === `#/${slides.at(-1)!.alias}`)
      })
    }
  })

  it.each([
    ['upright', { width: 390, height: 844 }, [{ x: 250, y: 90 }, { x: 250, y: 400 }, { x: 250, y: 640 }]],
    ['on its side', { width: 844, height: 390 }, [{ x: 500, y: 200 }, { x: 815, y: 300 }]],
  ])('goes one step a swipe and none a tap on a phone %s', async (_, viewport, places) => {
    const scene = (await sourceSlides(entry)).find(({ hasScene }) => hasScene)!
    await open(`${language}/#/${scene.number}`, { viewport, isMobile: true, hasTouch: true, reducedMotion: 'reduce' }, async (page) => {
      await settle(page)
      const clicks = async () => {
        // A second step would come at once.
        await page.waitForTimeout(250)
        return Number(new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('clicks') ?? 0)
      }
      for (const [index, place] of places.entries()) {
        await swipe(page, place, -180)
        expect(await clicks(), `swipe at ${place.y}`).toBe(index + 1)
      }
      for (const x of [60, 250]) {
        for (const { y } of viewport.width < viewport.height ? places : [{ y: 200 }])
          await tap(page, viewport.width < viewport.height ? { x, y } : { x: x + 200, y })
      }
      expect(await clicks()).toBe(places.length)
      await swipe(page, { ...places[0]!, x: 100 }, 180)
      expect(await clicks()).toBe(places.length - 1)
    })
  })

  it('plays a scene by a thumb', async () => {
    const scene = (await sourceSlides(entry)).find(({ hasScene }) => hasScene)!
    await open(`${language}/#/${scene.number}`, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, reducedMotion: 'no-preference' }, async (page) => {
      await settle(page)
      expect(await page.locator('.scene .controls:visible').count()).toBe(0)
      await page.locator('.reader-play').tap()
      await page.waitForURL(url => url.hash.includes('clicks=1'), { timeout: 1000 })
      const filled = () => page.locator('.scene:visible .waiting').evaluate(line => line.getBoundingClientRect().width)
      const before = await filled()
      await expect.poll(filled).toBeGreaterThan(before)
      await page.locator('.reader-speed').tap()
      expect(await page.locator('.reader-speed').textContent()).toContain(language === 'fr' ? '1,5' : '1.5')
      await page.waitForURL(url => url.hash.includes('clicks=2'), { timeout: 15_000 })
      await page.locator('.reader-play').tap()
      expect(await page.locator('.waiting').count()).toBe(0)
      await page.goto(`${page.url().split('#')[0]}#/1`)
      await page.locator('.reader-play').waitFor({ state: 'detached' })
    })
  })

  it('offers a mouse the other language among Slidev’s own controls', async () => {
    await open(`${language}/#/3`, { viewport: { width: 1280, height: 720 } }, async (page) => {
      await settle(page)
      expect(await page.locator('.reader-bar').count()).toBe(0)
      const link = page.locator('#page-root nav .nav-language')
      await link.hover()
      await link.click()
      await page.waitForURL(url => !url.pathname.endsWith(`/${language}/`) && url.hash.length > 2)
    })
  })

  it('reads on a phone', async () => {
    await open(`${language}/`, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, async (page) => {
      const complaints = await listen(page, server.url)
      await page.reload()
      await settle(page)
      const { width, sideways } = await page.evaluate(() => ({
        width: document.querySelector('#slide-content')!.getBoundingClientRect().width,
        sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }))
      expect(width).toBeCloseTo(390, 0)
      expect(sideways).toBe(0)
      expect(complaints).toEqual({ console: [], failed: [], foreign: [] })
    })
  })
})

/** Visits a site with a network, then looks at it without one. */
async function visitThenLose(options: BrowserContextOptions, visit: (page: Page, url: string) => Promise<void>, look: (page: Page, url: string) => Promise<void>): Promise<void> {
  const own = await serveFolder(folder, '/~teacher/k8s/')
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  try {
    const page = await context.newPage()
    await visit(page, own.url).finally(own.close)
    await look(page, own.url)
  }
  finally {
    await context.close()
  }
}

it('can be read to its end once the network has gone, from its start page on and in the other language too', async () => {
  const slides = await sourceSlides(decks[0]!.entry)
  const scene = slides.findLast(({ hasScene }) => hasScene)!
  await visitThenLose({ locale: 'fr' }, async (page, url) => {
    await page.goto(`${url}en/`)
    await settle(page)
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile() && entry.name !== 'sw.js').length
    await expect.poll(() => page.evaluate(async () => {
      const kept = (await caches.keys()).map(async name => (await (await caches.open(name)).keys()).length)
      return (await Promise.all(kept)).reduce((sum, count) => sum + count, 0)
    }), { timeout: 60_000, interval: 500 }).toBe(files)
  }, async (page, url) => {
    await page.goto(`${url}en/#/${scene.number}`)
    await page.reload()
    await page.locator(`[data-slidev-no="${scene.number}"] .scene:visible`).waitFor({ timeout: 10_000 })
    expect(await page.locator(`[data-slidev-no="${scene.number}"] h1`).textContent()).toBe(scene.title)
    await page.goto(url)
    await page.waitForURL(`${url}fr/**`)
    await page.locator('#slide-content h1:visible').waitFor({ timeout: 10_000 })
    expect(await page.locator('html').getAttribute('lang')).toBe('fr')
  })
})

it('keeps what was looked at in a visit of a few seconds', async () => {
  await visitThenLose({}, async (page, url) => {
    await page.goto(`${url}fr/`)
    await settle(page)
    await page.waitForTimeout(3000)
  }, async (page, url) => {
    await page.goto('about:blank')
    await page.goto(`${url}fr/`)
    await settle(page)
    expect(await page.locator('#slide-content h1:visible').textContent()).toBe((await sourceSlides(decks.find(({ language }) => language === 'fr')!.entry))[0]!.title)
  })
})

it('names no other host in anything that a browser would fetch', async () => {
  const files = (await readdir(folder, { recursive: true })).filter(name => /\.(?:html|css)$/.test(name))
  expect(files.length).toBeGreaterThan(4)
  for (const name of files) {
    const text = await readFile(join(folder, name), 'utf8')
    expect(text.match(/(?:src|href)="(?:https?:)?\/\/[^"]*|url\(["']?(?:https?:)?\/\/[^)]*|@import[^;]*\/\/[^;]*/g) ?? [], name).toEqual([])
  }
})

it('holds no notes, no server’s own files and no library for drawing diagrams', async () => {
  const names = await readdir(folder, { recursive: true })
  expect(names.filter(name => /404\.html|_redirects|mermaid|monaco|katex/.test(name))).toEqual([])
})
