import type { SlideInfo } from '@slidev/types'
import type { ActorName } from '../symbols/symbols.ts'
import { useNav } from '@slidev/client'
import { useRouter } from 'vue-router'

/** A way to another slide of this deck. */
export interface SlideLink {
  href: string
  title: string
  go: (event: Event) => void
}

/** Finds the slide that explains an actor: the first one about it that is not a section's. */
export function useSlideLinks(): (actor: ActorName) => SlideLink | undefined {
  const { slides, go } = useNav()
  const router = useRouter()
  return (actor) => {
    const found = slides.value.find((slide) => {
      const { actor: about, name, layout } = (slide.meta.slide as SlideInfo | undefined)?.frontmatter ?? {}
      return layout !== 'section' && (about === actor || name === actor)
    })
    if (!found)
      return undefined
    return {
      href: router.resolve({ path: `/${found.no}` }).href,
      title: String((found.meta.slide as SlideInfo).frontmatter.title ?? actor),
      go(event) {
        event.preventDefault()
        event.stopPropagation()
        void go(found.no)
      },
    }
  }
}
