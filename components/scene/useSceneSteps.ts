import type { ClicksInfo } from '@slidev/types'
import { useSlideContext } from '@slidev/client'
import { computed, onMounted, onUnmounted, shallowRef, useId } from 'vue'

/**
 * Ties the steps of a scene to the slide's clicks: the first frame stands before the scene's first click, each click is one
 * step. The step is in the URL (`?clicks=`) as the clicks are.
 *
 * @param count how many frames there are; fixed for the life of the component
 * @param at Slidev's `at`: at which click the scene begins, `+1` by default
 */
export function useSceneSteps(count: number, at: string | number | undefined) {
  const { $clicksContext } = useSlideContext()
  const last = count - 1
  const info = shallowRef<ClicksInfo | null>(null)
  const id = useId()

  // In onMounted and not before: registered in setup, a scene takes its clicks before every v-click of the slide.
  onMounted(() => {
    info.value = $clicksContext.calculateSince(at as string | undefined, last)
    $clicksContext.register(id, info.value)
  })
  onUnmounted(() => $clicksContext.unregister(id))

  const step = computed(() => info.value
    ? Math.min(Math.max(info.value.currentOffset.value + 1, 0), last)
    : last)

  function go(target: number) {
    if (info.value)
      $clicksContext.current = info.value.start - 1 + Math.min(Math.max(target, 0), last)
  }

  return { step, go }
}
