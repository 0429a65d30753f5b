import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchChromium } from './chromium.ts'
import { projectRoot, run } from './command.ts'
import { compileDecks } from './deck.ts'
import { serveFolder } from './serve.ts'
import { buildSite } from './site.ts'

/** The slides that the README shows: file name, the slide's name and the clicks made on it, colour scheme. */
const PICTURES: { name: string, slide: string, clicks: number, colorScheme: 'light' | 'dark' }[] = [
  { name: 'cover', slide: 'cover', clicks: 0, colorScheme: 'light' },
  { name: 'diagram', slide: 'two-layers', clicks: 3, colorScheme: 'light' },
  { name: 'scene', slide: 'scheduler-decision', clicks: 7, colorScheme: 'light' },
  { name: 'raft', slide: 'etcd-raft', clicks: 5, colorScheme: 'dark' },
]

const out = join(projectRoot, 'docs', 'pictures')

/** Writes docs/pictures/*.png from today's English deck. */
await run(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'podium-pictures-'))
  const server = await serveFolder(join(folder, 'site'))
  const browser = await launchChromium()
  try {
    await buildSite({ decks: await compileDecks({ language: 'en' }), out: join(folder, 'site') })
    await mkdir(out, { recursive: true })
    for (const { name, slide, clicks, colorScheme } of PICTURES) {
      const page = await browser.newPage({ viewport: { width: 980, height: 552 }, deviceScaleFactor: 1.5, colorScheme, reducedMotion: 'reduce' })
      await page.goto(`${server.url}#/${slide}?clicks=${clicks}`)
      await page.waitForSelector('#slide-content .slidev-page h1:visible')
      await page.evaluate(() => document.fonts.ready.then(() => {}))
      await page.waitForTimeout(500)
      await page.screenshot({ path: join(out, `${name}.png`) })
      await page.close()
    }
  }
  finally {
    await browser.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
})
