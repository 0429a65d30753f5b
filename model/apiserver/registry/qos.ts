/** Models pkg/apis/core/helper/qos/qos.go */
import type { Doc } from '../status.ts'
import { compareQuantities, parseQuantity } from '../../quantity.ts'

const zero = parseQuantity('0')

/** How well a pod is served when its node runs short: by what its containers request, and whether that is also their limit. */
export function qosClass({ containers = [] }: Doc): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const counted = ['cpu', 'memory']
  const positive = (list: Record<string, string> = {}) => counted.filter(name => name in list && compareQuantities(parseQuantity(list[name]!), zero) > 0)
  const resources = (containers ?? []).map((container: Doc) => container.resources)
  if (resources.every(({ requests, limits }: Doc) => !positive(requests).length && !positive(limits).length))
    return 'BestEffort'
  const guaranteed = resources.every(({ requests = {}, limits = {} }: Doc) => counted.every(name =>
    positive(limits).includes(name) && compareQuantities(parseQuantity(requests[name] ?? limits[name]), parseQuantity(limits[name])) === 0))
  return guaranteed ? 'Guaranteed' : 'Burstable'
}
