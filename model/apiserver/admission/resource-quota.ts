/** Models staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go and pkg/quota/v1/evaluator/core/pods.go */
import type { Quantity } from '../../quantity.ts'
import type { Target } from '../context.ts'
import type { CachedObject, Flow } from '../flow.ts'
import type { Doc } from '../status.ts'
import { addQuantities, compareQuantities, formatQuantity, parseQuantity } from '../../quantity.ts'
import { cachedList } from '../flow.ts'
import { resourceNamed } from '../registry/resources.ts'
import { forbidden, notModelled } from '../status.ts'
import { guaranteedUpdate } from '../storage.ts'

/** Which list of a container a quota's name counts, and which resource in it. */
function computeName(name: string): { list: 'requests' | 'limits', resource: string } | undefined {
  const parts = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(name)
  return parts ? { list: (parts[1] ?? 'requests') as 'requests' | 'limits', resource: parts[2]! } : undefined
}

/** What a new object uses of one quota's name; undefined: the quota doesn't count it. */
function usageOf(name: string, resource: string, object: Doc): Quantity | undefined {
  if (name === `count/${resource}` || (name === 'pods' && resource === 'pods'))
    return parseQuantity('1')
  const compute = resource === 'pods' && computeName(name)
  if (!compute)
    return undefined
  return (object.spec.containers as Doc[])
    .map(container => parseQuantity(container.resources[compute.list]?.[compute.resource] ?? '0'))
    .reduce(addQuantities)
}

function listed(amounts: readonly [string, Quantity][]): string {
  return amounts.map(([name, amount]) => `${name}=${formatQuantity(amount)}`).join(',')
}

/** A quota on cpu or memory obliges every container to say what it needs. */
function* expectSpecified({ type }: Target, object: Doc, quota: Doc): Flow<void> {
  const missing = Object.keys(quota.status.hard).sort().flatMap((name) => {
    const compute = computeName(name)
    const without = compute && (object.spec.containers as Doc[]).filter(container => !container.resources[compute.list]?.[compute.resource])
    return without?.length ? [`${name} for: ${without.map(container => container.name).join(',')}`] : []
  })
  if (missing.length > 1)
    notModelled('several things that a quota wants specified')
  if (missing.length)
    throw forbidden(type, object.metadata.name, `failed quota: ${quota.metadata.name}: must specify ${missing[0]}`)
}

/** Checks the namespace's quota and counts the new object. @throws 403 when it would be exceeded */
export function* chargeQuota(target: Target, object: Doc, dryRun: boolean): Flow<void> {
  const { type, info } = target
  if (!type.namespaced || type.resource === 'resourcequotas')
    return
  const quotas: CachedObject[] = yield* cachedList('resourcequotas', info.namespace)
  if (quotas.length > 1)
    notModelled('two quotas in one namespace')
  const quota = quotas[0]?.object
  const usage = Object.keys(quota?.status.hard ?? {}).sort().flatMap((name): [string, Quantity][] => {
    const used = usageOf(name, type.resource, object)
    return used && Object.hasOwn(quota!.status.used ?? {}, name) ? [[name, used]] : used ? notModelled('a quota without its use') : []
  })
  if (!quota || !usage.length)
    return
  if (dryRun)
    notModelled('a dry run against a quota')
  if (type.resource === 'pods')
    yield* expectSpecified(target, object, quota)
  yield* guaranteedUpdate(resourceNamed('resourcequotas'), info.namespace, quota.metadata.name, function* (current) {
    const { hard, used } = current.status
    const now = usage.map(([name, more]): [string, Quantity, Quantity] => [name, more, parseQuantity(used[name] ?? '0')])
    const exceeded = now.filter(([name, more, before]) => compareQuantities(addQuantities(before, more), parseQuantity(hard[name])) > 0)
    if (exceeded.length) {
      const requested = listed(exceeded.map(([name, more]) => [name, more]))
      const before = listed(exceeded.map(([name,, amount]) => [name, amount]))
      const limited = listed(exceeded.map(([name]) => [name, parseQuantity(hard[name])]))
      throw forbidden(type, object.metadata.name, `exceeded quota: ${current.metadata.name}, requested: ${requested}, used: ${before}, limited: ${limited}`)
    }
    current.status.used = { ...used, ...Object.fromEntries(now.map(([name, more, before]) => [name, formatQuantity(addQuantities(before, more))])) }
    return current
  })
}
