import type { Buffer } from 'node:buffer'
import type { Browser, Page } from 'playwright-chromium'
import type { Deck } from './site.ts'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { launchChromium } from './chromium.ts'
import { commandLine, projectRoot, run } from './command.ts'
import { compileDecks } from './deck.ts'
import { buildSite } from './site.ts'

const usage = `Usage: npm run sheet [-- --language CODE] [--scheme light|dark] [--site FOLDER]
Writes a contact sheet of each deck in each colour scheme into dist/sheet/: a picture with every slide in its last step.
  --language CODE  only the deck in that language
  --scheme NAME    only that colour scheme
  --site FOLDER    take the site that was built there (dist/site), not a fresh one`

const out = join(projectRoot, 'dist', 'sheet')
const canvas = { width: 980, height: 552 }
const columns = 4
const tile = { width: 490, gap: 16 }

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' }

/** A host of no real server: its requests are answered from a folder. */
const host = 'http://sheet.invalid'

async function serve(page: Page, folder: string): Promise<void> {
  await page.route(`${host}/**`, async (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname)
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
    try {
      await route.fulfill({ body: await readFile(file), contentType: types[extname(file)] ?? 'application/octet-stream' })
    }
    catch {
      await route.fulfill({ status: 404 })
    }
  })
}

/** Pictures of all slides of a deck, each in its last step. */
async function photograph(browser: Browser, folder: string, slides: number, colorScheme: 'light' | 'dark'): Promise<Buffer[]> {
  const context = await browser.newContext({ viewport: canvas, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await serve(page, folder)
  const pictures: Buffer[] = []
  for (let number = 1; number <= slides; number++) {
    await page.goto(`${host}/#/${number}?clicks=99`)
    const slide = page.locator(`[data-slidev-no="${number}"] .slidev-layout`).first()
    await slide.waitFor()
    await page.evaluate(async () => await document.fonts.ready)
    await page.waitForTimeout(250)
    pictures.push(await page.screenshot())
  }
  await context.close()
  return pictures
}

async function montage(browser: Browser, pictures: Buffer[], file: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: columns * (tile.width + tile.gap) + tile.gap, height: 100 } })
  const images = pictures.map((picture, index) => `<figure><img src="data:image/png;base64,${picture.toString('base64')}"><figcaption>${index + 1}</figcaption></figure>`)
  await page.setContent(`<style>
    body { margin: ${tile.gap}px; display: grid; grid-template-columns: repeat(${columns}, ${tile.width}px); gap: ${tile.gap}px; background: #77746d; font: 16px system-ui; color: #fff }
    figure { margin: 0 } img { display: block; width: 100% }
  </style>${images.join('')}`)
  await page.screenshot({ path: file, fullPage: true })
  await page.close()
}

async function sheetsOf(browser: Browser, deck: Deck & { slides: number }, folder: string, schemes: ('light' | 'dark')[]): Promise<void> {
  for (const scheme of schemes) {
    const file = join(out, `${deck.language}.${scheme}.png`)
    await montage(browser, await photograph(browser, folder, deck.slides, scheme), file)
    console.log(`dist/sheet/${deck.language}.${scheme}.png  ${deck.slides} slides`)
  }
}

async function main(): Promise<void> {
  const { values } = commandLine({ help: { type: 'boolean' }, language: { type: 'string' }, scheme: { type: 'string' }, site: { type: 'string' } })
  if (values.help)
    return console.log(usage)
  const decks = (await compileDecks()).filter(({ language }) => !values.language || language === values.language)
  if (!decks.length)
    throw new Error(`--language ${values.language}: no deck of deck.config.ts has that language`)
  const schemes = (['light', 'dark'] as const).filter(scheme => !values.scheme || scheme === values.scheme)
  const built = values.site ? undefined : await mkdtemp(join(tmpdir(), 'podium-sheet-'))
  const site = resolve(values.site ?? built!)
  await mkdir(out, { recursive: true })
  const browser = await launchChromium()
  try {
    if (built)
      await buildSite({ decks, out: site })
    for (const deck of decks)
      await sheetsOf(browser, deck, built && decks.length === 1 ? site : join(site, deck.language), schemes)
    await writeFile(join(out, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Contact sheets</title>${decks.flatMap(({ language }) => schemes.map(scheme => `<h2>${language}, ${scheme}</h2><img style="width:100%" src="${language}.${scheme}.png" alt="All slides: ${language}, ${scheme}">`)).join('')}`)
  }
  finally {
    await browser.close()
    if (built)
      await rm(built, { recursive: true, force: true })
  }
}

await run(main)
