/** Models plugin/pkg/admission/limitranger/admission.go */
import type { Quantity } from '../../quantity.ts'
import type { Target } from '../context.ts'
import type { CachedObject, Flow } from '../flow.ts'
import type { Doc } from '../status.ts'
import { addQuantities, compareQuantities, formatQuantity, parseQuantity } from '../../quantity.ts'
import { cachedList } from '../flow.ts'
import { forbidden, notModelled } from '../status.ts'

type Amounts = Record<string, string>

function* limitsOf(namespace: string): Flow<Doc[]> {
  const ranges: CachedObject[] = yield* cachedList('limitranges', namespace)
  if (ranges.length > 1)
    notModelled('two limit ranges in one namespace')
  return ranges[0]?.object.spec.limits ?? []
}

/** Gives containers the default requests and limits, and the pod an annotation that says so. */
export function* applyLimits(pod: Doc, namespace: string): Flow<void> {
  const item = (yield* limitsOf(namespace)).find(({ type }) => type === 'Container')
  if (!item)
    return
  const notes = (pod.spec.containers ?? []).flatMap((container: Doc) => (['requests', 'limits'] as const).flatMap((list) => {
    const defaults: Amounts = (list === 'requests' ? item.defaultRequest : item.default) ?? {}
    const given: Amounts = container.resources[list] ?? {}
    const set = Object.keys(defaults).filter(key => !(key in given)).sort()
    if (!set.length)
      return []
    container.resources[list] = { ...given, ...Object.fromEntries(set.map(key => [key, defaults[key]])) }
    return `${set.join(', ')} ${list.slice(0, -1)} for container ${container.name}`
  }))
  if (notes.length)
    pod.metadata.annotations = { ...pod.metadata.annotations, 'kubernetes.io/limit-ranger': `LimitRanger plugin set: ${notes.join('; ')}` }
}

const over = (a: string, b: string) => compareQuantities(parseQuantity(a), parseQuantity(b)) > 0

function minimum(type: string, key: string, bound: string, request?: string, limit?: string): string[] {
  const start = `minimum ${key} usage per ${type} is ${bound}`
  if (request === undefined)
    return [`${start}.  No request is specified`]
  if (over(bound, request))
    return [`${start}, but request is ${request}`]
  return limit !== undefined && over(bound, limit) ? [`${start}, but limit is ${limit}`] : []
}

function maximum(type: string, key: string, bound: string, request?: string, limit?: string): string[] {
  const start = `maximum ${key} usage per ${type} is ${bound}`
  if (limit === undefined)
    return [`${start}.  No limit is specified`]
  if (over(limit, bound))
    return [`${start}, but limit is ${limit}`]
  return request !== undefined && over(request, bound) ? [`${start}, but request is ${request}`] : []
}

function ratio(type: string, key: string, bound: string, request?: string, limit?: string): string[] {
  if (!request || !limit || parseQuantity(request).nano === 0n || parseQuantity(limit).nano === 0n)
    return notModelled('a ratio of what isn\'t there')
  const provided = Number(parseQuantity(limit).nano) / Number(parseQuantity(request).nano)
  return provided > Number(parseQuantity(bound).nano) / 1e9 ? [`${key} max limit to request ratio per ${type} is ${bound}, but provided ratio is ${provided.toFixed(6)}`] : []
}

function against(item: Doc, { requests = {}, limits = {} }: Doc): string[] {
  return ([['min', minimum], ['max', maximum], ['maxLimitRequestRatio', ratio]] as const).flatMap(([list, rule]) =>
    Object.entries((item[list] ?? {}) as Amounts).flatMap(([key, bound]) => rule(item.type, key, bound, requests[key], limits[key])))
}

/** A pod's sum of one list; a resource counts when any container names it. */
function sum(containers: Doc[], list: 'requests' | 'limits'): Amounts {
  const total = new Map<string, Quantity>()
  for (const { resources } of containers) {
    for (const [key, amount] of Object.entries((resources[list] ?? {}) as Amounts)) {
      const before = total.get(key)
      total.set(key, before ? addQuantities(before, parseQuantity(amount)) : parseQuantity(amount))
    }
  }
  return Object.fromEntries([...total].map(([key, amount]) => [key, formatQuantity(amount)]))
}

/** @throws 403 naming every limit that the pod breaks */
export function* validateLimits({ type, info }: Target, pod: Doc): Flow<void> {
  const containers: Doc[] = pod.spec.containers
  const broken = (yield* limitsOf(info.namespace)).flatMap(item => item.type === 'Container'
    ? containers.flatMap(({ resources }) => against(item, resources))
    : against(item, { requests: sum(containers, 'requests'), limits: sum(containers, 'limits') }))
  if (broken.length)
    throw forbidden(type, pod.metadata.name, broken.length > 1 ? `[${broken.join(', ')}]` : broken[0]!)
}
