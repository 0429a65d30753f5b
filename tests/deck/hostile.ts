import type { Finding } from './geometry.ts'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSync } from '@slidev/parser'
import { ArticleError } from '../../compiler/diagnostics.ts'
import { launchChromium } from '../../scripts/chromium.ts'
import { compileArticle } from '../../scripts/deck.ts'
import { slidev } from '../../scripts/slidev.ts'
import { checkSlideGeometry } from './geometry.ts'
import { serveFolder } from './serve.ts'
import { listen } from './walk.ts'

/** What a browser showed of a deck made of many articles. */
export interface Seen {
  slides: number
  /** Articles that the compiler refused, with its one line. */
  refused: string[]
  dialogs: string[]
  console: string[]
  failed: string[]
  foreign: string[]
  /** What scripts of an article would have left behind. */
  traces: string[]
  /** Elements that no article may make. */
  elements: string[]
  findings: (Finding & { source: string })[]
  /** All text that was on the slides. */
  text: string
}

const FORBIDDEN = 'iframe, object, embed, video, audio, form, input, select, textarea, script, link, canvas, .mermaid, .monaco-editor, .plantuml, [onerror], [onclick], [style*="fixed"]'

/** The articles of a folder of tests/fixtures. */
export async function articlesIn(folder: string): Promise<string[]> {
  const path = new URL(`../fixtures/${folder}/`, import.meta.url).pathname
  return (await readdir(path)).filter(file => file.endsWith('.md')).sort().map(file => join(path, file))
}

/** Compiles articles, joins them into one deck, builds it, and looks at every slide of it in a real browser. */
export async function lookAt(articles: string[]): Promise<Seen> {
  const folder = await mkdtemp(join(tmpdir(), 'podium-hostile-'))
  try {
    const deckFolder = join(folder, 'deck')
    const { text, refused } = await joinDecks(articles, deckFolder)
    const entry = join(deckFolder, 'all.md')
    await writeFile(entry, text)
    const out = join(folder, 'site')
    await slidev('build', entry, ['--out', out, '--base', './', '--router-mode', 'hash'])
    return { ...await walkSite(out, entry), refused }
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function joinDecks(articles: string[], folder: string): Promise<{ text: string, refused: string[] }> {
  await mkdir(folder, { recursive: true })
  const texts: string[] = []
  const refused: string[] = []
  for (const article of articles) {
    try {
      const { entry } = await compileArticle(article, { outDir: folder })
      texts.push(await readFile(entry, 'utf8'))
      await rm(entry)
    }
    catch (error) {
      if (!(error instanceof ArticleError))
        throw error
      refused.push(error.message)
    }
  }
  return { text: texts.join('\n'), refused }
}

async function walkSite(site: string, entry: string): Promise<Omit<Seen, 'refused'>> {
  const { slides } = parseSync(readFileSync(entry, 'utf8'), entry)
  const server = await serveFolder(site)
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce' })
    const complaints = await listen(page, server.url)
    const seen: Omit<Seen, 'refused'> = { slides: slides.length, dialogs: [], traces: [], elements: [], findings: [], text: '', ...complaints }
    page.on('dialog', (dialog) => {
      seen.dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await page.goto(`${server.url}#/1`)
    for (const [i, { frontmatter }] of slides.entries()) {
      await page.evaluate(number => location.hash = `#/${number}`, i + 1)
      await page.waitForFunction((number) => {
        const shown = [...document.querySelectorAll<HTMLElement>('#slide-content .slidev-page')].filter(element => element.checkVisibility())
        return shown.length === 1 && shown[0]!.dataset.slidevNo === String(number) && !document.querySelector('.slidev-slide-loading')
      }, i + 1, { polling: 20, timeout: 60_000 })
      const { elements, text } = await page.evaluate((forbidden) => {
        const [slide] = [...document.querySelectorAll<HTMLElement>('#slide-content .slidev-page')].filter(element => element.checkVisibility())
        return { elements: [...slide!.querySelectorAll(forbidden)].map(element => element.outerHTML.slice(0, 100)), text: slide!.textContent }
      }, FORBIDDEN)
      seen.elements.push(...elements)
      seen.text += `${text}\n`
      seen.findings.push(...(await checkSlideGeometry(page)).map(finding => ({ ...finding, source: `slide ${i + 1}: ${frontmatter.source}` })))
    }
    seen.traces.push(...await page.evaluate(() => Object.keys(globalThis).filter(name => /pwned|evil/i.test(name))))
    return seen
  }
  finally {
    await browser.close()
    await server.close()
  }
}
