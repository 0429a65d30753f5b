import { useNav } from '@slidev/client'
import { defineRootSetup } from '@slidev/types'
import { watch } from 'vue'

/** How many slides before and after the one at hand are fetched ahead. */
const before = 1
const after = 2

/**
 * Fetches the code of the next slides while the one at hand is looked at, also of those that Slidev neither fetches nor mounts
 * ahead (`preload: false`, slides with a scene): to go on never shows a loader.
 */
export default defineRootSetup(() => {
  const { slides, currentSlideRoute, hasPrimarySlide } = useNav()
  watch([currentSlideRoute, hasPrimarySlide], async ([route, isSlide]) => {
    // Until the address has been read, and on pages that are no slide, Slidev names the first one.
    if (!isSlide)
      return
    await route.load()
    for (const { load } of slides.value.slice(Math.max(0, route.no - 1 - before), route.no + after))
      await load()
  }, { immediate: true })
})
