import { definePreparserSetup } from '@slidev/types'

/** Lets a plain `slidev export` use the browser that the machine has, where Playwright's own was never downloaded. */
export default definePreparserSetup(async ({ mode }) => {
  if (mode !== 'export')
    return []
  const { findChromium } = await import('../scripts/chromium.ts')
  const executablePath = findChromium()
  let isHead = true
  return [{
    name: 'podium:chromium',
    async transformSlide(_, frontmatter) {
      if (isHead && executablePath)
        frontmatter.export = { executablePath, ...frontmatter.export }
      isHead = false
      return undefined
    },
  }]
})
