import type { ClicksInfo } from '@slidev/types'
import type { ComputedRef } from 'vue'
import { useSlideContext } from '@slidev/client'
import { computed, onMounted, onUnmounted, shallowRef, useId } from 'vue'

/**
 * Takes `count` clicks of the slide at hand and tells how many of them were made: 0 … count.
 * @param count how many clicks
 * @param at where they begin, as `at` of Slidev's own `v-click`
 */
export function useSteps(count: number, at: string | number = '+1'): ComputedRef<number> {
  const { $clicksContext } = useSlideContext()
  const id = useId()
  const info = shallowRef<ClicksInfo | null>(null)
  if (count > 0) {
    onMounted(() => {
      info.value = $clicksContext.calculateSince(at, count)
      $clicksContext.register(id, info.value)
    })
    onUnmounted(() => $clicksContext.unregister(id))
  }
  return computed(() => info.value ? Math.min(count, Math.max(0, info.value.currentOffset.value + 1)) : 0)
}
