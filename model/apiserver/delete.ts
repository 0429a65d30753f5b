/**
 * DELETE: at once, with grace, or held by finalizers.
 *
 * Models staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go (Delete) and pkg/registry/rest/delete.go
 */
import type { Target } from './context.ts'
import type { CachedObject, Flow } from './flow.ts'
import type { DeleteOptions } from './options.ts'
import type { ApiResponse, Doc } from './status.ts'
import { admitDelete } from './admission/plugins.ts'
import { timestamp } from './context.ts'
import { extensions } from './extensions.ts'
import { enter } from './flow.ts'
import { listAll } from './list.ts'
import { deleteOptions } from './options.ts'
import { same } from './registry/resource-type.ts'
import { normalise } from './schema/decode.ts'
import { conflict, deleted, notFound, notModelled, Refusal } from './status.ts'
import { deleteObject, guaranteedUpdate, keyOf, readLive } from './storage.ts'

const foreground = 'foregroundDeletion'
const orphan = 'orphan'

/** @throws 409 when the object isn't the one that the client means */
function expectPreconditions({ type }: Target, { uid, resourceVersion }: DeleteOptions['preconditions'], { metadata }: Doc): void {
  const named = { ...type, resource: type.kind }
  if (uid !== undefined && uid !== metadata.uid)
    throw conflict(named, metadata.name, `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`)
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    throw conflict(named, metadata.name, `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`)
}

/** The finalizers after this delete: who looks after the dependents depends on the propagation policy. */
function finalizersAfter(finalizers: string[] = [], policy: DeleteOptions['propagationPolicy']): string[] {
  const kept = finalizers.filter(each => each !== foreground && each !== orphan)
  if (!policy)
    return finalizers
  return policy === 'Foreground' ? [...kept, foreground] : policy === 'Orphan' ? [...kept, orphan] : kept
}

/** Seconds that a pod gets to end: none before it has a node, or after its containers have ended. */
function graceOf({ spec, status }: Doc, wanted: number | undefined): number {
  if (!spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded')
    return 0
  const period = wanted ?? spec.terminationGracePeriodSeconds ?? 0
  return period < 0 ? 1 : period
}

/** Marks a pod as ending; `pending`: it was, and nothing gets shorter. Changes the object in place. */
function endGracefully(pod: Doc, wanted: number | undefined, now: number): 'pending' | number {
  const { metadata } = pod
  if (metadata.deletionTimestamp) {
    const before = metadata.deletionGracePeriodSeconds
    if (wanted === undefined || wanted >= before)
      return 'pending'
    if (wanted < 0)
      notModelled('a negative grace period for a pod that is ending')
    metadata.deletionTimestamp = timestamp(Date.parse(metadata.deletionTimestamp) + (wanted - before) * 1000)
    metadata.deletionGracePeriodSeconds = wanted
    return wanted
  }
  const period = graceOf(pod, wanted)
  metadata.deletionTimestamp = timestamp(now + period * 1000)
  metadata.deletionGracePeriodSeconds = period
  metadata.generation += 1
  return period
}

/** Marks any other object as being deleted, while finalizers hold it. */
function markAsDeleting({ metadata }: Doc, now: number): void {
  if (metadata.deletionTimestamp)
    return
  metadata.deletionTimestamp = timestamp(now)
  metadata.deletionGracePeriodSeconds = 0
  if (metadata.generation)
    metadata.generation += 1
}

/** How the first step of a delete ended. */
type Step = { held: Doc } | { proceed: true }

/** The update before the deletion itself, if one is due: grace, finalizers. */
function* prepare(target: Target, old: Doc, options: DeleteOptions): Flow<Step> {
  const { type, now } = target
  const pods = type.resource === 'pods'
  const touched = !same(finalizersAfter(old.metadata.finalizers, options.propagationPolicy), old.metadata.finalizers ?? [])
  if (!pods && !touched && !old.metadata.finalizers?.length)
    return { proceed: true }
  let outcome: 'pending' | 'now' | 'held' = 'now'
  const { object } = yield* guaranteedUpdate(type, old.metadata.namespace ?? '', old.metadata.name, function* (object) {
    expectPreconditions(target, options.preconditions, object)
    const grace = pods ? endGracefully(object, options.gracePeriodSeconds, now) : undefined
    if (grace === 'pending') {
      outcome = 'pending'
      return object
    }
    const finalizers = finalizersAfter(object.metadata.finalizers, options.propagationPolicy)
    const { finalizers: _, ...metadata } = object.metadata
    const next = { ...object, metadata: { ...metadata, ...(finalizers.length && { finalizers }) } }
    if (!pods && finalizers.length)
      markAsDeleting(next, now)
    outcome = finalizers.length || (grace ?? 0) > 0 ? 'held' : 'now'
    // Without finalizers and grace there is nothing to write first.
    return !pods && !finalizers.length ? object : normalise(next)
  })
  return outcome === 'now' ? { proceed: true } : { held: object }
}

/** Deletes one object. The answer's object is the last state, at the revision of the deletion if it is gone. */
export function* deleteOne(target: Target, name: string, options: DeleteOptions): Flow<{ object: Doc, gone: boolean }> {
  const { type, info } = target
  const old = yield* readLive(keyOf(type, info.namespace, name))
  if (!old)
    throw notFound(type, name)
  if (type.resource === 'namespaces')
    return yield* deleteNamespace(target, old, options)
  expectPreconditions(target, options.preconditions, old)
  if (options.dryRun && (type.answersDeleted || old.metadata.finalizers?.length || options.propagationPolicy))
    notModelled('a dry run of this delete')
  if (options.dryRun)
    return { object: old, gone: true }
  const step = yield* prepare(target, old, options)
  if ('held' in step)
    return { object: step.held, gone: false }
  const now = type.resource === 'pods' ? yield* readLive(keyOf(type, info.namespace, name)) : old
  if (!now)
    throw notFound(type, name)
  const object = yield* deleteObject(type, info.namespace, now)
  if (extensions.releaseAddresses)
    yield* extensions.releaseAddresses(target, object)
  return { object, gone: true }
}

/** A namespace ends in two steps: first it is Terminating, and goes when its finalizer is taken away. */
function* deleteNamespace({ type, now }: Target, old: Doc, options: DeleteOptions): Flow<{ object: Doc, gone: boolean }> {
  if (!old.spec.finalizers?.length || old.metadata.finalizers?.length || options.dryRun || options.propagationPolicy)
    notModelled('this delete of a namespace')
  const { uid, resourceVersion } = options.preconditions
  if (uid !== undefined && uid !== old.metadata.uid)
    throw conflict(type, old.metadata.name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`)
  if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion)
    throw conflict(type, old.metadata.name, `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${old.metadata.resourceVersion}`)
  const { object } = yield* guaranteedUpdate(type, '', old.metadata.name, function* (namespace) {
    namespace.metadata.deletionTimestamp ??= timestamp(now)
    namespace.status.phase = 'Terminating'
    return normalise(namespace)
  })
  return { object, gone: false }
}

/** DELETE of one object. */
export function* remove(target: Target): Flow<ApiResponse> {
  const { type, info, request } = target
  const options = deleteOptions(request, info.query)
  yield* admitDelete(target, info.name)
  yield* enter('storage')
  const { object, gone } = yield* deleteOne(target, info.name, options)
  return gone && !type.answersDeleted ? deleted(type, info.name, object.metadata.uid) : { status: 200, body: object }
}

/** DELETE of all objects that a list selects: one after the other, answered with that list. */
export function* removeCollection(target: Target): Flow<ApiResponse> {
  const { type, info, request } = target
  const options = deleteOptions(request, info.query, ['labelSelector', 'fieldSelector'])
  yield* enter('storage')
  const { selected, body }: { selected: CachedObject[], body: Doc } = yield* listAll(target, info.query)
  if (selected.length && (type.answersDeleted || options.dryRun))
    notModelled(`a deletion of several ${type.resource} at once`)
  for (const { object } of selected) {
    try {
      yield* deleteOne({ ...target, info: { ...info, namespace: object.metadata.namespace ?? '' } }, object.metadata.name, options)
    }
    catch (error) {
      if (!(error instanceof Refusal) || error.response.status !== 404)
        throw error
    }
  }
  return { status: 200, body }
}
