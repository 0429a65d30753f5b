import type { ComputedRef } from 'vue'
import type { ActorName } from '../symbols/symbols.ts'
import { useSlideContext } from '@slidev/client'
import { computed } from 'vue'
import { isActor } from '../symbols/symbols.ts'

/**
 * The actor that the slide at hand is about: said in front matter (`actor`), or the name that the slide explains (`name`), or
 * its title. Undefined on every other slide.
 */
export function useActor(): ComputedRef<ActorName | undefined> {
  const { $frontmatter } = useSlideContext()
  return computed(() => [$frontmatter.actor, $frontmatter.name, $frontmatter.title].find(isActor))
}
