import type { Ref } from 'vue'
import { onBeforeUnmount, onMounted, ref } from 'vue'

/**
 * How much smaller something must be drawn to fit into a box; never larger than it is. Measured when the box's size changes, not
 * with every picture.
 *
 * @param box what it must fit into
 * @param size its own size, in pixels
 * @param size.width across
 * @param size.height down
 */
export function useFit(box: Ref<HTMLElement | null>, size: { width: number, height: number }): Ref<number> {
  const scale = ref(1)
  let observer: ResizeObserver | undefined

  function measure() {
    const { clientWidth = 0, clientHeight = 0 } = box.value ?? {}
    // A slide that is not displayed has no size: what was measured before stays.
    if (clientWidth && clientHeight)
      scale.value = Math.min(1, clientWidth / size.width, clientHeight / size.height)
  }

  onMounted(() => {
    measure()
    if (box.value) {
      observer = new ResizeObserver(measure)
      observer.observe(box.value)
    }
  })
  onBeforeUnmount(() => observer?.disconnect())
  return scale
}
