import type { Page } from 'playwright-chromium'

/** One page to be printed: a slide, or with clicks one step of it. */
export interface PrintedSlide {
  /** slide number, from 1 */
  slide: number
  /** text of the slide's first heading, empty if it has none */
  title: string
  /** all text that will be seen on the page */
  text: string
}

/**
 * Waits until Slidev's print page shows all that it will show: every slide loaded, its clicks counted (each adds a page), its
 * pictures and fonts there.
 * @throws Error of Playwright after `timeout` ms
 */
export async function waitForSlides(page: Page, slides: number, timeout = 120_000): Promise<void> {
  await page.waitForFunction((slides) => {
    const containers = [...document.querySelectorAll('.print-slide-container')]
    const numbers = new Set(containers.map(container => container.id.split('-')[0]))
    const isLoading = document.querySelector('.slidev-slide-loading') !== null
    const images = [...document.images].every(image => image.complete)
    const isWaiting = [...document.querySelectorAll('[data-waitfor]')].some(element => !element.querySelector(element.getAttribute('data-waitfor')!))
    const state = `${containers.length} ${document.getElementsByTagName('*').length}`
    const memory = globalThis as { podiumState?: string, podiumSince?: number }
    if (memory.podiumState !== state || memory.podiumSince === undefined) {
      memory.podiumState = state
      memory.podiumSince = performance.now()
    }
    return numbers.size === slides && !isLoading && images && !isWaiting && performance.now() - memory.podiumSince > 500
  }, slides, { timeout, polling: 100 })
  await page.evaluate(() => document.fonts.ready.then(() => {}))
}

/**
 * Makes the print page fit for paper: links to slides lead to their pages, each slide stands once in the outline, no blank page
 * follows the last.
 * @param page Slidev's print page
 * @param aliases the name that links use for a slide, and its number from 1
 */
export async function prepareForPaper(page: Page, aliases: Record<string, number>): Promise<void> {
  await page.addStyleTag({ content: '.print-slide-container:last-child { break-after: auto !important } #twoslash-container { display: none }' })
  await page.evaluate((aliases) => {
    const firstPage = new Map<number, string>()
    for (const container of document.querySelectorAll('.print-slide-container')) {
      const slide = Number.parseInt(container.id)
      if (firstPage.has(slide)) {
        // A later step of the same slide: read as a paragraph, so that the outline names the slide once.
        container.querySelectorAll('h1, h2, h3').forEach(heading => heading.setAttribute('role', 'paragraph'))
      }
      else {
        firstPage.set(slide, container.id)
      }
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#/"], a[href^="/"]')) {
      const name = decodeURIComponent(link.getAttribute('href')!.replace(/^#?\//, ''))
      const target = firstPage.get(aliases[name] ?? Number(name))
      if (target)
        link.setAttribute('href', `#${target}`)
    }
  }, aliases)
}

/** What each printed page shows, in order, as the browser sees it. */
export async function printedSlides(page: Page): Promise<PrintedSlide[]> {
  return page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.print-slide-container')].map((container) => {
    const seen = (node: Node): boolean => {
      const element = node.parentElement!
      return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.closest('.sr-only') === null
    }
    const texts: string[] = []
    const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.textContent!.trim() !== '' && seen(node))
        texts.push(node.textContent!.trim())
    }
    return {
      slide: Number.parseInt(container.id),
      title: container.querySelector('h1')?.textContent?.trim() ?? '',
      text: texts.join(' '),
    }
  }))
}
