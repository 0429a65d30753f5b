/** What Podium uses of Slidev's client, so that the type check stays out of its sources. */
import type { ClicksContext, RenderContext, SlideRoute, SlidevConfig } from '@slidev/types'
import type { ComputedRef, Ref } from 'vue'

export interface SlideContext {
  $clicksContext: ClicksContext
  $clicks: Ref<number>
  $page: Ref<number>
  $renderContext: Ref<RenderContext>
  $frontmatter: Record<string, any>
  $scale: Ref<number>
}

export interface Nav {
  slides: Ref<SlideRoute[]>
  total: ComputedRef<number>
  currentSlideNo: ComputedRef<number>
  currentSlideRoute: ComputedRef<SlideRoute>
  clicks: Ref<number>
  clicksTotal: ComputedRef<number>
  /** Whether the address names a slide. */
  hasPrimarySlide: ComputedRef<boolean>
  hasNext: ComputedRef<boolean>
  hasPrev: ComputedRef<boolean>
  isPrintMode: ComputedRef<boolean>
  isPrintWithClicks: ComputedRef<boolean>
  isPresenter: ComputedRef<boolean>
  go: (page: number | string, clicks?: number) => Promise<void>
  next: () => Promise<void>
  prev: () => Promise<void>
}

export const configs: SlidevConfig & { htmlAttrs?: Record<string, string> }
export function useSlideContext(): SlideContext
export function useNav(): Nav
export function useDarkMode(): { isDark: Ref<boolean>, toggleDark: () => void }
export function useIsSlideActive(): ComputedRef<boolean>
export function onSlideEnter(cb: () => void): void
export function onSlideLeave(cb: () => void): void

declare global {
  /** Slidev's own: true while it serves a deck, false in what it builds. */
  const __DEV__: boolean
}
