import type { Ref } from 'vue'
import { computed, shallowRef, watch } from 'vue'

/** A scene that can be played, as far as whoever plays it needs to know. */
export interface Player {
  readonly playing: boolean
  /** times its usual speed */
  readonly speed: number
  toggle: () => void
  nextSpeed: () => void
}

const offered = shallowRef<readonly Player[]>([])

/** The player of the scene that the reader looks at; none on a slide without one. */
export const livePlayer = computed(() => offered.value.at(-1))

/** Lets the bar for thumbs play a scene, as long as `may` holds and the component lives. */
export function offerPlayer(player: Player, may: Ref<boolean>): void {
  watch(may, (is, _, onCleanup) => {
    if (!is)
      return
    offered.value = [...offered.value, player]
    onCleanup(() => offered.value = offered.value.filter(other => other !== player))
  }, { immediate: true })
}
