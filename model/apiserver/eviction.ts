/**
 * POST pods/NAME/eviction: a delete that asks the disruption budget first.
 *
 * Models pkg/registry/core/pod/storage/eviction.go
 */
import type { Target } from './context.ts'
import type { CachedObject, Flow } from './flow.ts'
import type { ApiResponse, Doc } from './status.ts'
import { labelSelector, selectorMatches } from '../selectors.ts'
import { namespaceLifecycle } from './admission/plugins.ts'
import { readBody } from './bodies.ts'
import { timestamp } from './context.ts'
import { deleteOne } from './delete.ts'
import { cachedList, enter } from './flow.ts'
import { deleteOptions, writeOptions } from './options.ts'
import { setCondition } from './pod-conditions.ts'
import { resourceNamed } from './registry/resources.ts'
import { normalise } from './schema/decode.ts'
import { created, failure, notFound, notModelled, retryLater } from './status.ts'
import { guaranteedUpdate, keyOf, readLive } from './storage.ts'

const refused = 'Cannot evict pod as it would violate the pod\'s disruption budget.'

/** Takes one disruption from the budget. @throws 429 when it has none */
function* spend(budget: Doc, pod: string, { now, info }: Target, dryRun: boolean): Flow<void> {
  const { name } = budget.metadata
  const cause = (message: string) => [{ reason: 'DisruptionBudget', message }]
  yield* guaranteedUpdate(resourceNamed('poddisruptionbudgets'), info.namespace, name, function* (current) {
    const { status, metadata } = current
    if ((status.observedGeneration ?? 0) < metadata.generation)
      throw retryLater(429, refused, 'TooManyRequests', 10, cause(`The disruption budget ${name} is still being processed by the server.`))
    if (status.disruptionsAllowed <= 0)
      throw failure(429, refused, 'TooManyRequests', { causes: cause(`The disruption budget ${name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`) })
    status.disruptionsAllowed -= 1
    status.disruptedPods = { ...status.disruptedPods, [pod]: timestamp(now) }
    if (status.disruptionsAllowed === 0) {
      const others = (status.conditions ?? []).filter((each: Doc) => each.type !== 'DisruptionAllowed')
      if (others.length || status.conditions)
        notModelled('a budget that has conditions')
      status.conditions = [{ type: 'DisruptionAllowed', status: 'False', observedGeneration: status.observedGeneration, lastTransitionTime: timestamp(now), reason: 'InsufficientPods', message: '' }]
    }
    return normalise(current)
  }, dryRun)
}

/** Whether the budget doesn't matter: the pod runs nothing that could be disrupted. */
function ignoresBudget({ status, metadata }: Doc): boolean {
  return ['Pending', 'Succeeded', 'Failed'].includes(status.phase) || metadata.deletionTimestamp
}

/** Evicts a pod. @throws 429, 404 */
export function* evict(target: Target): Flow<ApiResponse> {
  const { type, info, request, now } = target
  const options = writeOptions(request, info.query, 'CreateOptions')
  const { object: eviction } = readBody(request, { kind: 'Eviction', apiVersion: 'policy/v1' }, options.fieldValidation)
  const { metadata: { name, namespace }, deleteOptions: given } = eviction
  if (name !== info.name || (namespace && namespace !== info.namespace))
    notModelled('an eviction of another name')
  const deletion = deleteOptions({ ...request, body: given ?? { kind: 'DeleteOptions' } }, {})
  yield* enter('mutating-admission')
  yield* namespaceLifecycle(target, name)
  yield* enter('storage')
  const pod = yield* readLive(keyOf(type, info.namespace, name))
  if (!pod)
    throw notFound(type, name)
  const budgets: CachedObject[] = yield* cachedList('poddisruptionbudgets', info.namespace)
  const matching = budgets.map(({ object }) => object).filter(({ spec }) => selectorMatches(labelSelector(spec.selector), pod.metadata.labels))
  if (matching.length > 1)
    notModelled('a pod of two disruption budgets')
  const free = ignoresBudget(pod)
  const [budget] = matching
  if (budget && !free) {
    const ready = (pod.status.conditions ?? []).some((each: Doc) => each.type === 'Ready' && each.status === 'True')
    if (!ready)
      notModelled('the eviction of a pod that isn\'t ready')
    yield* spend(budget, name, target, options.dryRun)
  }
  if (options.dryRun || deletion.dryRun)
    return notModelled('a dry run of an eviction')
  if (Object.keys(deletion.preconditions).length || pod.metadata.deletionTimestamp)
    notModelled('an eviction with preconditions, or of a pod that is ending')
  yield* guaranteedUpdate(type, info.namespace, name, function* (current) {
    setCondition(current, { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' }, timestamp(now))
    return normalise(current)
  })
  yield* deleteOne(target, name, deletion)
  return created()
}
