import type { SlideInfo } from '@slidev/types'
import type { ComputedRef } from 'vue'
import { useNav } from '@slidev/client'
import { computed } from 'vue'
import { language } from './language.ts'

/** The slide at hand in another language of the site. */
export interface Translation {
  /** BCP 47 tag of the other deck. */
  language: string
  /** The language's own name. */
  name: string
  href: string
}

/** The other languages that the site was built with, each with a link to the same step of the same slide; none outside a built site. */
export function useOtherLanguages(): ComputedRef<Translation[]> {
  const built = String(import.meta.env.VITE_PODIUM_LANGUAGES ?? '').split(',').filter(Boolean)
  const { clicks, currentSlideNo, currentSlideRoute } = useNav()
  return computed(() => built.filter(other => other !== language()).map((other) => {
    const slide = currentSlideRoute.value.meta.slide as SlideInfo | undefined
    const alias = String(slide?.frontmatter.routeAlias ?? currentSlideNo.value)
    const name = new Intl.DisplayNames([other], { type: 'language' }).of(other) ?? other
    return {
      language: other,
      name: name.charAt(0).toLocaleUpperCase(other) + name.slice(1),
      href: `../${other}/#/${alias}${clicks.value > 0 ? `?clicks=${clicks.value}` : ''}`,
    }
  }))
}
