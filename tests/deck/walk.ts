import type { Page } from 'playwright-chromium'
import type { Finding } from './geometry.ts'
import { checkSlideGeometry, settle } from './geometry.ts'

/** One state of a deck: a slide after so many clicks. */
export interface Step {
  /** from 1 */
  slide: number
  clicks: number
  findings: Finding[]
  /** the words that are drawn on the slide now: letters and digits, unhidden by display, visibility or a click to come */
  words: string[]
  /** what else was found, by the walk's own `look` */
  found: string[]
}

/** A player's buttons, which show themselves to the pointer only. */
const CONTROLS = '.scene .controls'

/** What a browser complained of while it showed a deck. */
export interface Complaints {
  /** errors and warnings of the console, and uncaught exceptions */
  console: string[]
  /** requests that failed or were answered with an error */
  failed: string[]
  /** requests to any other host than the deck's own */
  foreign: string[]
}

/** Collects from now on what goes wrong on a page, and lets no request leave this machine. */
export async function listen(page: Page, url: string): Promise<Complaints> {
  const complaints: Complaints = { console: [], failed: [], foreign: [] }
  const { origin } = new URL(url)
  const isOwn = (address: string) => address.startsWith(`${origin}/`) || /^(?:data|blob):/.test(address)
  page.on('console', message => ['error', 'warning'].includes(message.type()) && complaints.console.push(message.text()))
  page.on('pageerror', error => complaints.console.push(error.message))
  // A page that is left takes its unfinished requests back: no failure.
  const isTakenBack = (error?: string) => error === 'net::ERR_ABORTED'
  page.on('requestfailed', request => isOwn(request.url()) && !isTakenBack(request.failure()?.errorText) && complaints.failed.push(`${request.url()} ${request.failure()?.errorText}`))
  page.on('response', response => response.status() >= 400 && complaints.failed.push(`${response.url()} ${response.status()}`))
  await page.route(address => !isOwn(address.href), async (route) => {
    complaints.foreign.push(route.request().url())
    await route.abort()
  })
  return complaints
}

/** The deck's address without its host: slide and clicks. */
async function address(page: Page): Promise<string> {
  return page.evaluate(() => location.hash || location.pathname + location.search)
}

/**
 * Waits until the slide that the address names stands there alone, and says which it is.
 * @param page the deck
 * @param names the slides' names in addresses, in order
 */
async function position(page: Page, names: string[]): Promise<{ slide: number, clicks: number }> {
  const [path, query] = (await address(page)).split('?')
  const name = decodeURIComponent(path!.split('/').at(-1)!) || '1'
  const slide = names.includes(name) ? names.indexOf(name) + 1 : Number(name)
  await page.waitForFunction((slide) => {
    const shown = [...document.querySelectorAll<HTMLElement>('#slide-content .slidev-page')].filter(element => element.checkVisibility())
    return shown.length === 1 && Number(shown[0]!.dataset.slidevNo) === slide
  }, slide, { polling: 20 })
  return { slide, clicks: Number(new URLSearchParams(query).get('clicks') ?? 0) }
}

async function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const [slide] = [...document.querySelectorAll<HTMLElement>('#slide-content .slidev-page')].filter(element => element.checkVisibility())
    const texts: string[] = []
    const walker = document.createTreeWalker(slide!, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!
      if (!element.closest('.slidev-vclick-hidden') && element.checkVisibility({ visibilityProperty: true }))
        texts.push(node.textContent!)
    }
    return texts.join(' ').split(/[^\p{L}\p{N}]+/u).filter(word => word !== '')
  })
}

/**
 * Steps through a deck as a speaker does, with the right arrow key, from its first slide to the end, and looks at every state.
 * @param page a page that shows the deck's first slide
 * @param names the slides' names in addresses, in order; the walk ends after the last one's last click
 * @param look what else to look for at every state
 */
export async function walk(page: Page, names: string[], look: (page: Page) => Promise<string[]> = async () => []): Promise<Step[]> {
  const steps: Step[] = []
  for (;;) {
    const at = await position(page, names)
    await settle(page)
    steps.push({ ...at, findings: await checkSlideGeometry(page, { ignore: CONTROLS }), words: await wordsOn(page), found: await look(page) })
    const before = await address(page)
    const isLast = at.slide === names.length
    await page.keyboard.press('ArrowRight')
    const hasMoved = await page.waitForFunction(before => (location.hash || location.pathname + location.search) !== before, before, { timeout: isLast ? 1000 : 10_000, polling: 20 })
      .then(() => true, () => false)
    if (!hasMoved && isLast)
      return steps
    if (!hasMoved)
      throw new Error(`Slide ${at.slide} after ${at.clicks} clicks: the right arrow leads nowhere`)
  }
}
