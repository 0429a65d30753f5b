import type { Ref } from 'vue'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

/** How long a caption stays, in milliseconds: a look at the picture, and reading time. */
const look = 1400
const letter = 30

const speeds = [0.5, 1, 1.5, 2]

/** The time until the next step, in milliseconds; each waiting has a number of its own. */
export interface Waiting { number: number, time: number }

/**
 * Plays a scene by itself: a step at once, and each further one after the time that the caption takes to read.
 *
 * @param may whether the scene may play: it is on the page that is shown, and not printed
 * @param shown what is to be read now, another object for each step
 * @param next goes on by one step; false at the end
 * @param restart goes back to the first step if this is the last one; whether it was
 */
export function usePlayback(may: Ref<boolean>, shown: Ref<{ caption: string }>, next: () => boolean, restart: () => boolean) {
  const playing = ref(false)
  const speed = ref(1)
  const waiting = shallowRef<Waiting>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let number = 0

  watch([playing, may, shown, speed], () => {
    clearTimeout(timer)
    waiting.value = undefined
    if (!may.value)
      playing.value = false
    if (playing.value) {
      const time = (look + shown.value.caption.length * letter) / speed.value
      waiting.value = { number: ++number, time }
      timer = setTimeout(() => {
        playing.value = next()
      }, time)
    }
  })
  onScopeDispose(() => clearTimeout(timer))

  function toggle() {
    playing.value = !playing.value && (restart() || next())
  }

  function nextSpeed() {
    speed.value = speeds[(speeds.indexOf(speed.value) + 1) % speeds.length] ?? 1
  }

  return { playing, speed, waiting, toggle, nextSpeed }
}
