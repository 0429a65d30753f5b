import type { Ref } from 'vue'
import { onBeforeUnmount } from 'vue'

/** Milliseconds: one message's way, the time after which the next one sets out, and the most that all of them wait for each other. */
const travel = 340
const stagger = 170
const mostStagger = 510
/** Milliseconds in which something appears. */
const appear = 220
const ease = 'cubic-bezier(0.3, 0, 0.2, 1)'

/**
 * The way from one frame to the next, on top of the next frame's finished picture: tokens travel along the arrows, then what
 * changed appears. Transforms and opacity only. Stopping it at any moment leaves the picture as it is drawn.
 *
 * All animations of a step begin and end together, their delays being keyframes: each beginning and each end of one is a frame of
 * the main thread, and between them the compositor is alone.
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
    const apart = Math.min(stagger, mostStagger / Math.max(1, tokens.length - 1))
    const arrived = tokens.length ? (tokens.length - 1) * apart + travel : 0
    const total = arrived + appear
    const play = (element: Element | undefined | null, keyframes: Keyframe[]) => element && running.push(element.animate(keyframes, total))
    const fadeIn = (at: number, from = 0): Keyframe[] => [
      { opacity: from, offset: 0 },
      { opacity: from, offset: at / total, easing: ease },
      { opacity: 1, offset: (at + appear) / total },
      { opacity: 1, offset: 1 },
    ]
    tokens.forEach((token, nth) => {
      play(token, wayOf(token, nth * apart / total, (nth * apart + travel) / total))
      play(arrows[nth], fadeIn(nth * apart))
      play(labels[nth], fadeIn(nth * apart))
    })
    for (const id of changed)
      play(element.querySelector(`[data-piece="${id}"], [data-part="${id}"]`), fadeIn(arrived, 0.35))
  }

  onBeforeUnmount(stop)
  return { start, stop }
}

/** Keyframes of a token that is seen only between two moments, both as shares of the whole motion; as fast on each part of its way. */
function wayOf(token: HTMLElement, from: number, to: number): Keyframe[] {
  const points = (token.dataset.way ?? '').split(' ').map(point => point.split(',').map(Number) as [number, number])
  const lengths = points.map(([x, y], at) => Math.hypot(x - points[Math.max(0, at - 1)]![0], y - points[Math.max(0, at - 1)]![1]))
  const whole = lengths.reduce((sum, length) => sum + length, 0) || 1
  const last = points.length - 1
  let gone = 0
  const way = points.map(([x, y], at): Keyframe => ({
    transform: `translate(${x}px, ${y}px)`,
    opacity: 1,
    offset: from + (to - from) * (gone += lengths[at]!) / whole,
    easing: at === last ? 'step-start' : last === 1 ? ease : 'linear',
  }))
  return [{ ...way[0], opacity: 0, offset: 0, easing: 'step-end' }, ...way, { ...way[last], opacity: 0, offset: 1, easing: 'linear' }]
}
