import type { Page } from 'playwright-chromium'
import axe from 'axe-core'
import { shownSlide } from './geometry.ts'

/** What axe finds wrong with the slide being shown: rule and element; nothing for a slide that everybody can read. */
export async function complaintsOfAxe(page: Page): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in window)))
    await page.evaluate(axe.source)
  return page.evaluate(async (slide) => {
    const shown = [...document.querySelectorAll(`${slide} .slidev-page`)].find(element => element.checkVisibility())!
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(shown)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary?.split('\n').at(-1)?.trim()}`))
  }, shownSlide)
}
