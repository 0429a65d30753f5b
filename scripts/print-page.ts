import type { Page } from 'playwright-chromium'

/** One page to be printed: a slide, or with clicks one step of it. */
export interface PrintedSlide {
  /** slide number, from 1 */
  slide: number
  /** text of the slide's first heading, empty if it has none */
  title: string
  /** true if the slide opens a chapter */
  isChapter: boolean
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

export interface PaperJob {
  /** the name that links use for a slide, and its number from 1 */
  aliases: Record<string, number>
  /** numbers of the slides to print */
  slides: number[]
}

/**
 * Makes the print page fit for paper: links to slides lead to their pages, headings have the level that they have in the whole
 * document, diagrams are described, slides that are not asked for are gone, no blank page follows the last.
 * @param page Slidev's print page
 */
export async function prepareForPaper(page: Page, { aliases, slides }: PaperJob): Promise<void> {
  await page.addStyleTag({ content: '.print-slide-container:last-child { break-after: auto !important } #twoslash-container { display: none }' })
  await page.evaluate(({ aliases, slides }) => {
    const firstPage = new Map<number, string>()
    let hasChapter = false
    for (const container of document.querySelectorAll('.print-slide-container')) {
      const slide = Number.parseInt(container.id)
      if (!slides.includes(slide)) {
        container.remove()
        continue
      }
      if (firstPage.has(slide)) {
        // A later step of the same slide: read as a paragraph, so that a list of headings names the slide once.
        container.querySelectorAll('h1, h2, h3').forEach(heading => heading.setAttribute('role', 'paragraph'))
        continue
      }
      firstPage.set(slide, container.id)
      // In one document a chapter's slides stand below the chapter.
      const isChapter = container.querySelector('.slidev-layout.section') !== null
      hasChapter ||= isChapter
      if (!isChapter && hasChapter)
        container.querySelectorAll('h1, h2, h3').forEach(heading => heading.setAttribute('aria-level', String(Number(heading.tagName[1]) + 1)))
    }
    // A browser writes a description into the PDF for figures alone.
    for (const drawing of document.querySelectorAll('svg[role="group"]')) {
      const words = [drawing.getAttribute('aria-label'), drawing.querySelector('title')?.textContent, drawing.querySelector('desc')?.textContent]
      drawing.removeAttribute('aria-labelledby')
      drawing.setAttribute('aria-label', words.filter(Boolean).join('. '))
      drawing.setAttribute('role', 'figure')
    }
    // All of a scene is text that can be read as it stands; as a figure it would need another text in its place.
    document.querySelectorAll('figure.scene').forEach(scene => scene.setAttribute('role', 'group'))
    document.querySelectorAll('figure.scene > figcaption').forEach(caption => caption.setAttribute('role', 'paragraph'))
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#/"], a[href^="/"]')) {
      const name = decodeURIComponent(link.getAttribute('href')!.replace(/^#?\//, ''))
      const target = firstPage.get(aliases[name] ?? Number(name))
      // A slide that isn't printed can't be reached.
      if (target)
        link.setAttribute('href', `#${target}`)
      else
        link.removeAttribute('href')
    }
  }, { aliases, slides })
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
      title: container.querySelector('h1')?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '',
      isChapter: container.querySelector('.slidev-layout.section') !== null,
      text: texts.join(' '),
    }
  }))
}
