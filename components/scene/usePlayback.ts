import type { Ref } from 'vue'
import { onScopeDispose, ref, watch } from 'vue'

/** How long a caption stays, in milliseconds: a look at the picture, and reading time. */
const look = 2200
const letter = 45

export const speeds = [0.5, 1, 1.5, 2] as const

/**
 * Plays a scene by itself, a step after the time that its caption takes to read.
 *
 * @param may whether the scene may play: it is on the page that is shown, and not printed
 * @param caption what is to be read now
 * @param next goes on by one step; false at the end
 */
export function usePlayback(may: Ref<boolean>, caption: Ref<string>, next: () => boolean) {
  const playing = ref(false)
  const speed = ref<number>(1)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch([playing, may, caption, speed], () => {
    clearTimeout(timer)
    if (!may.value)
      playing.value = false
    if (playing.value) {
      timer = setTimeout(() => {
        playing.value = next()
      }, (look + caption.value.length * letter) / speed.value)
    }
  })
  onScopeDispose(() => clearTimeout(timer))
  return { playing, speed }
}
