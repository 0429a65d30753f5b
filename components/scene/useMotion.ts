import type { Ref } from 'vue'
import { onBeforeUnmount } from 'vue'

/** Milliseconds that one message takes on its way, and the time after which the next one sets out. */
const travel = 360
const stagger = 220
const appear = 240
const ease = 'cubic-bezier(0.3, 0, 0.2, 1)'

/**
 * The way from one frame to the next, on top of the next frame's finished picture: tokens travel along the arrows, then what
 * changed appears. Transforms and opacity only. Stopping it at any moment leaves the picture as it is drawn.
 */
export function useMotion(root: Ref<HTMLElement | null>) {
  let running: Animation[] = []

  function stop() {
    running.forEach(animation => animation.cancel())
    running = []
  }

  function start(changed: readonly string[]) {
    stop()
    const element = root.value
    if (!element)
      return
    const tokens = [...element.querySelectorAll<HTMLElement>('[data-token]')]
    const arrows = [...element.querySelectorAll('[data-arrow]')]
    const labels = [...element.querySelectorAll('[data-label]')]
    tokens.forEach((token, at) => {
      const delay = at * stagger
      const way = (token.dataset.way ?? '').split(' ').map((point) => {
        const [x, y] = point.split(',')
        return { transform: `translate(${x}px, ${y}px)`, opacity: 1 }
      })
      play(token, [...way, { ...way.at(-1), opacity: 0 }], travel, delay)
      for (const part of [arrows[at], labels[at]])
        play(part, [{ opacity: 0 }, { opacity: 1 }], appear, delay)
    })
    const delay = Math.max(0, tokens.length - 1) * stagger + (tokens.length ? travel : 0)
    for (const id of changed)
      play(element.querySelector(`[data-piece="${id}"], [data-part="${id}"]`), [{ opacity: 0.15 }, { opacity: 1 }], appear, delay)
  }

  function play(element: Element | null | undefined, keyframes: Keyframe[], duration: number, delay: number) {
    if (element)
      running.push(element.animate(keyframes, { duration, delay, easing: ease, fill: 'backwards' }))
  }

  onBeforeUnmount(stop)
  return { start, stop }
}
