import type { Meta } from './frontmatter.ts'
import type { Json } from './plan.ts'
import { inertTitle } from './inert.ts'

/**
 * What the deck as a whole asks of Slidev. Nothing is fetched from elsewhere, nothing of an article's is run or looked up,
 * and only what a talk needs is shipped.
 */
export function headmatterOf(meta: Meta, language: string): { [key: string]: Json } {
  return {
    theme: 'default',
    titleTemplate: '%s',
    ...(meta.description ? { info: inertTitle(meta.description) } : {}),
    ...(meta.authors.length > 0 ? { author: meta.authors.join(', ') } : {}),
    ...(meta.tags.length > 0 ? { keywords: meta.tags.join(', ') } : {}),
    lang: language,
    htmlAttrs: { lang: language, ...(isRightToLeft(language) ? { dir: 'rtl' } : {}) },
    colorSchema: 'auto',
    canvasWidth: 980,
    aspectRatio: '16/9',
    favicon: '/favicon.svg',
    fonts: { provider: 'none', sans: 'Inter Variable', mono: 'JetBrains Mono Variable' },
    transition: 'fade',
    selectable: true,
    preloadImages: false,
    monaco: false,
    twoslash: false,
    record: false,
    editor: false,
    mcp: false,
    contextMenu: 'dev',
    wakeLock: 'dev',
    drawings: { enabled: 'dev', persist: false },
  }
}

/** Languages written from right to left. */
function isRightToLeft(language: string): boolean {
  return /^(?:ar|fa|he|ur|ps|yi|dv|ckb|sd|ug)(?:-|$)/i.test(language)
}
