import type { Browser, Page } from 'playwright-chromium'
import type { FileServer } from './serve.ts'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sceneCues } from '../../scenes/cues.ts'
import { launchChromium } from '../../scripts/chromium.ts'
import { exportPdf } from '../../scripts/pdf.ts'
import { lettersOf, readPdf } from '../../scripts/read-pdf.ts'
import { buildSite } from '../../scripts/site.ts'
import { serveFolder } from './serve.ts'

/** Slides of tests/fixtures/scenes: 1 cover, 2 none, 3 a scene, 4 a scene with another input after a v-click, 5 a wrong input, 6 a scene with little room, 7 to 9 none. */
let browser: Browser
let server: FileServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scene-slides-'))
  await buildSite({ decks: [{ entry: join(import.meta.dirname, '../fixtures/scenes/slides.md'), language: 'en', title: 'Scenes' }], out: join(folder, 'site') })
  server = await serveFolder(join(folder, 'site'))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce' })
  await page.goto(`${server.url}#${path}`)
  return page
}

const shown = '.slidev-page:not([style*="display: none"]) .scene'

async function step(page: Page): Promise<number> {
  return Number(await page.locator(shown).getAttribute('data-step'))
}

describe('a scene on a slide', () => {
  it('takes a click a step, forwards and backwards, and keeps it in the address', async () => {
    const page = await open('/3')
    await expect.poll(() => step(page)).toBe(0)
    for (const [key, expected] of [['ArrowRight', 1], ['ArrowRight', 2], ['ArrowLeft', 1]] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => step(page)).toBe(expected)
    }
    expect(page.url()).toContain('clicks=1')
    await page.close()
  })

  it('opens at the step that its address names', async () => {
    const page = await open('/3?clicks=4')
    await expect.poll(() => step(page)).toBe(4)
    await page.close()
  })

  it('goes by its own controls too, and the address follows', async () => {
    const page = await open('/3')
    await page.locator(`${shown} input[type=range]`).fill('5')
    await expect.poll(() => step(page)).toBe(5)
    expect(page.url()).toContain('clicks=5')
    await page.close()
  })

  it('waits for the clicks before it, and takes another input', async () => {
    const page = await open('/4')
    await expect.poll(() => step(page)).toBe(0)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.url()).toContain('clicks=1')
    expect(await step(page)).toBe(0)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => step(page)).toBe(1)
    expect(await page.locator(`${shown} [role=rowheader]`).allTextContents()).toEqual(['a', 'b'])
    await page.close()
  })

  it('says what is wrong with its input', async () => {
    const page = await open('/5')
    await expect.poll(() => page.locator('[role=alert]').textContent()).toContain('nodes[0].cpu: "four" is not a quantity such as 2, 500m or 1Gi')
    await page.close()
  })

  it('is drawn smaller where there is less room, and nothing is cut off', async () => {
    const page = await open('/6')
    await expect.poll(() => step(page)).toBe(0)
    const box = await page.locator('.scene-box').filter({ visible: true }).boundingBox()
    const scene = await page.locator(shown).boundingBox()
    expect(scene!.width).toBeLessThanOrEqual(box!.width + 1)
    expect(scene!.x + scene!.width).toBeLessThanOrEqual(980)
    expect(scene!.width).toBeGreaterThan(400)
    await page.close()
  })

  it('shows the presenter its next frame, still', async () => {
    const page = await open('/presenter/3?clicks=2')
    await expect.poll(() => page.locator('.scene').evaluateAll(scenes => scenes.map(scene => (scene as HTMLElement).dataset.step))).toEqual(['2', '3'])
    expect(await page.locator('.scene [aria-live]').count()).toBe(1)
    expect(await page.locator('.scene .controls').count()).toBe(0)
    await page.close()
  })

  it('stands still in the overview', async () => {
    const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
    await page.goto(`${server.url}#/3`)
    await expect.poll(() => step(page)).toBe(0)
    await page.keyboard.press('o')
    const thumbnails = page.locator('.z-modal .scene')
    await expect.poll(() => thumbnails.count()).toBeGreaterThan(0)
    expect(await thumbnails.locator('.controls, [aria-live]').count()).toBe(0)
    expect(await page.evaluate(() => document.getAnimations().filter(({ effect }) => (effect as KeyframeEffect).target?.closest('.scene')).length)).toBe(0)
    await page.close()
  })

  it('has a page a frame on paper, or one with its end and one that tells it all', async () => {
    const entry = join(import.meta.dirname, '../fixtures/scenes/slides.md')
    const still = join(folder, 'still.pdf')
    expect(await exportPdf({ entry, out: still })).toBe(9 + 3)
    const { pages } = await readPdf(await readFile(still))
    const told = lettersOf(pages[3]!)
    const captions = await sceneCues('scheduler-decision', undefined, 'en')
    expect(captions.filter(caption => !told.includes(lettersOf(caption)))).toEqual([])
    const clicks = join(folder, 'clicks.pdf')
    const all = await exportPdf({ entry, out: clicks, withClicks: true })
    expect(all).toBeGreaterThan(9 + captions.length)
    const stepped = await readPdf(await readFile(clicks))
    captions.forEach((caption, index) => {
      const page = stepped.pages[stepped.labels.indexOf(`3.${index + 1}`)]!
      expect(lettersOf(page)).toContain(lettersOf(caption))
      expect(page).toContain(`Step ${index + 1} of ${captions.length}`)
    })
  })

  it('loads its code when its slide is near and not before, and not much of it', async () => {
    const page = await browser.newPage()
    const loaded: string[] = []
    page.on('response', response => loaded.push(new URL(response.url()).pathname))
    await page.goto(`${server.url}#/9`)
    // Slidev loads what it wants to have ready three seconds after the start.
    await page.waitForTimeout(4500)
    const before = new Set(loaded)
    await page.goto(`${server.url}#/3`)
    await page.locator('.scene').waitFor()
    const after = [...new Set(loaded)].filter(path => !before.has(path) && /\.(?:js|css)$/.test(path))
    const bytes = await Promise.all(after.map(async path => gzipSync(await readFile(join(folder, 'site', path))).length))
    expect(after.length).toBeGreaterThan(0)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000)
    const early = await Promise.all([...before].filter(path => path.endsWith('.js')).map(path => readFile(join(folder, 'site', path), 'utf8')))
    expect(early.some(code => code.includes('node(s) had untolerated taint(s)'))).toBe(false)
    await page.close()
  })
})
