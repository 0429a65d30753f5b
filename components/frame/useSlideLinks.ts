import type { SlideInfo, SlideRoute } from '@slidev/types'
import type { ActorName } from '../symbols/symbols.ts'
import { useNav } from '@slidev/client'
import { useRouter } from 'vue-router'

/** A way to another slide of this deck. */
export interface SlideLink {
  href: string
  title: string
  go: (event: Event) => void
}

function frontmatterOf(slide: SlideRoute): Record<string, unknown> {
  return (slide.meta.slide as SlideInfo | undefined)?.frontmatter ?? {}
}

/** Finds the slide that explains an actor: the first one about it under a heading of its name, else the first one about it. */
export function useSlideLinks(): (actor: ActorName) => SlideLink | undefined {
  const { slides, go } = useNav()
  const router = useRouter()
  return (actor) => {
    const about = slides.value.filter((slide) => {
      const { actor: subject, name, layout } = frontmatterOf(slide)
      return layout !== 'section' && (subject === actor || name === actor)
    })
    const found = about.find(slide => String(frontmatterOf(slide).section ?? '').endsWith(actor)) ?? about[0]
    if (!found)
      return undefined
    return {
      href: router.resolve({ path: `/${found.no}` }).href,
      title: String(frontmatterOf(found).title ?? actor),
      go(event) {
        event.preventDefault()
        event.stopPropagation()
        void go(found.no)
      },
    }
  }
}
