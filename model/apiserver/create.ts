/**
 * POST: a new object.
 *
 * Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go and pkg/registry/generic/registry/store.go (Create)
 */
import type { Target } from './context.ts'
import type { Flow } from './flow.ts'
import type { ApiResponse, Doc } from './status.ts'
import { mutateOnCreate, validateOnCreate } from './admission/plugins.ts'
import { refuseReserved } from './authorization.ts'
import { readBody } from './bodies.ts'
import { timestamp } from './context.ts'
import { extensions } from './extensions.ts'
import { enter, note, random, uuid } from './flow.ts'
import { writeOptions } from './options.ts'
import { apiVersionOf } from './registry/resource-type.ts'
import { alreadyExists, badRequest, internal, notModelled, Refusal } from './status.ts'
import { atRevision, createKey, keyOf, readLive } from './storage.ts'
import { sign, validateNew, withDefaults } from './write.ts'

/** Fills in what only the server knows. */
function* systemFields({ type, info, now }: Target, object: Doc): Flow<void> {
  const { metadata } = object
  if (!metadata.name && metadata.generateName)
    metadata.name = `${metadata.generateName}${yield* random(5)}`
  if (type.namespaced)
    metadata.namespace = info.namespace
  delete metadata.deletionTimestamp
  delete metadata.deletionGracePeriodSeconds
  delete metadata.generation
  metadata.uid = yield* uuid()
  metadata.creationTimestamp = timestamp(now)
  if (type.generationOf)
    metadata.generation = 1
}

/** Handles a create. */
export function* create(target: Target): Flow<ApiResponse> {
  const { type, info, request } = target
  const options = writeOptions(request, info.query, 'CreateOptions')
  const { object: given, warnings } = readBody(request, { kind: type.kind, apiVersion: apiVersionOf(type) }, options.fieldValidation)
  if (given.metadata.namespace && given.metadata.namespace !== (type.namespaced ? info.namespace : ''))
    throw type.namespaced ? badRequest('the namespace of the provided object does not match the namespace sent on the request') : notModelled('a namespace where there is none')
  const wantedRevision = given.metadata.resourceVersion
  if (given.metadata.managedFields || (given.metadata.generation && !type.generationOf))
    notModelled('managedFields or generation in a new object')
  let object = withDefaults(target, given)
  yield* mutateOnCreate(target, object)
  yield* note({ object })
  refuseReserved(target, object)
  yield* enter('validation')
  yield* systemFields(target, object)
  type.prepareForCreate?.(object)
  const release = extensions.allocate && (yield* extensions.allocate(target, object, options.dryRun))
  try {
    object = withDefaults(target, object)
    yield* note({ object })
    validateNew(target, object)
    yield* validateOnCreate(target, object, options.dryRun)
    yield* enter('storage')
    if (wantedRevision && wantedRevision !== '0')
      throw internal('resourceVersion should not be set on objects to be created')
    const key = keyOf(type, info.namespace, object.metadata.name)
    const signed = sign(object, target, options)
    if (options.dryRun && (yield* readLive(key)))
      throw alreadyExists(type, object.metadata.name)
    const stored = options.dryRun ? atRevision(signed, undefined) : yield* createKey(type, key, signed)
    return { status: 201, body: stored, ...(warnings.length && { headers: { warning: warnings } }) }
  }
  catch (error) {
    if (error instanceof Refusal && release)
      yield* release(error)
    throw error
  }
}
