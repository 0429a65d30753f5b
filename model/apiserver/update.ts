/**
 * PUT and PATCH: of an object, its status, a namespace's finalizers.
 *
 * Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/{update,patch}.go and pkg/registry/generic/registry/store.go (Update)
 */
import type { Target } from './context.ts'
import type { Flow } from './flow.ts'
import type { WriteOptions } from './options.ts'
import type { Patch } from './patch/patch.ts'
import type { ApiResponse, Doc } from './status.ts'
import { mutateOnUpdate } from './admission/plugins.ts'
import { refuseReserved } from './authorization.ts'
import { readBody, unknownFieldWarnings } from './bodies.ts'
import { enter } from './flow.ts'
import { writeOptions } from './options.ts'
import { applyPatch, readPatch } from './patch/patch.ts'
import { apiVersionOf } from './registry/resource-type.ts'
import { decode, DecodeError } from './schema/decode.ts'
import { badRequest, conflict, internal, notModelled, Refusal } from './status.ts'
import { deleteObject, expectRevision, guaranteedUpdate } from './storage.ts'
import { keepSystemFields, sign, validateChange, withDefaults } from './write.ts'

/** Ends an update by deleting the object: its last finalizer is gone. */
class Finalized extends Error {
  readonly object: Doc
  readonly old: Doc

  constructor(object: Doc, old: Doc) {
    super('finalized')
    this.object = object
    this.old = old
  }
}

/** @throws 400 when body and path don't name the same object */
function expectName({ type, info }: Target, { metadata }: Doc): void {
  if (!metadata.name || (metadata.namespace && metadata.namespace !== info.namespace && type.namespaced))
    notModelled('an object without its name, or of another namespace')
  if (metadata.name !== info.name)
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${info.name})`)
  if (type.namespaced)
    metadata.namespace = info.namespace
}

function* expectUid({ type, info }: Target, uid: string | undefined, old: Doc): Flow<void> {
  if (uid && uid !== old.metadata.uid) {
    yield* enter('storage')
    throw conflict(type, info.name, `StorageError: invalid object, Code: 4, Key: ${type.prefix}${type.namespaced ? `${info.namespace}/` : ''}${info.name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`)
  }
}

/** Times that the server sets are not the client's to change; upstream treats a changed one in ways that aren't imitated. */
function expectOwnTimes({ metadata }: Doc, old: Doc): void {
  if (metadata.creationTimestamp && metadata.creationTimestamp !== old.metadata.creationTimestamp)
    notModelled('another creationTimestamp')
  if (metadata.deletionTimestamp && metadata.deletionTimestamp !== old.metadata.deletionTimestamp && !old.metadata.deletionTimestamp)
    notModelled('a deletionTimestamp of one\'s own')
}

/** From what the client wants, decoded, to what is stored. */
function* change(target: Target, wanted: Doc, old: Doc, options: WriteOptions): Flow<Doc> {
  const { type, info } = target
  const resourceVersion = wanted.metadata.resourceVersion
  const next = withDefaults(target, wanted)
  yield* mutateOnUpdate(target, next)
  refuseReserved(target, next)
  if (resourceVersion && resourceVersion !== '0' && !/^\d+$/.test(resourceVersion))
    throw /^[a-z]+$/i.test(resourceVersion) ? internal(`strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`) : notModelled('this resourceVersion')
  yield* expectRevision(type, info.name, resourceVersion, old)
  if ((!resourceVersion || resourceVersion === '0') && !type.unconditionalUpdate)
    notModelled(`an update of ${type.resource} without resourceVersion`)
  expectOwnTimes(next, old)
  yield* enter('validation')
  const { finalizers } = next.spec ?? {}
  const object = keepSystemFields(target, next, old)
  if (info.subresource === 'finalize')
    object.spec = finalizers ? { finalizers } : {}
  validateChange(target, object, old)
  yield* enter('validating-admission')
  yield* enter('storage')
  const signed = sign(object, target, options, old)
  const released = info.subresource === 'finalize' && old.metadata.deletionTimestamp && !object.spec.finalizers?.length && !object.metadata.finalizers?.length
  if (released || (old.metadata.deletionTimestamp && old.metadata.deletionGracePeriodSeconds === 0 && !object.metadata.finalizers?.length && !options.dryRun))
    throw new Finalized(signed, old)
  return signed
}

function* finish(target: Target, make: (old: Doc) => Flow<Doc>, options: WriteOptions, warnings: string[]): Flow<ApiResponse> {
  const { type, info } = target
  const headers = () => warnings.length ? { headers: { warning: warnings } } : {}
  try {
    const { object } = yield* guaranteedUpdate(type, info.namespace, info.name, make, options.dryRun)
    return { status: 200, body: object, ...headers() }
  }
  catch (error) {
    if (!(error instanceof Finalized))
      throw error
    yield* deleteObject(type, info.namespace, error.old)
    const { metadata, ...rest } = error.object
    return { status: 200, body: { ...rest, metadata: { ...metadata, resourceVersion: error.old.metadata.resourceVersion } }, ...headers() }
  }
}

/** PUT. */
export function* update(target: Target): Flow<ApiResponse> {
  const { type, info, request } = target
  const options = writeOptions(request, info.query, 'UpdateOptions')
  const { object, warnings } = readBody(request, { kind: type.kind, apiVersion: apiVersionOf(type) }, options.fieldValidation)
  expectName(target, object)
  const uid = object.metadata.uid
  try {
    return yield* finish(target, function* (old) {
      yield* expectUid(target, uid, old)
      return yield* change(target, structuredClone(object), old, options)
    }, options, warnings)
  }
  catch (error) {
    // The uid is looked at before it is noticed that nothing is there.
    if (error instanceof Refusal && error.response.status === 404)
      yield* expectUid(target, uid, { metadata: { uid: '' } })
    throw error
  }
}

/** What a patch makes of an object, decoded; a wrong outcome is quoted whole by upstream, with managedFields. */
function patched({ type }: Target, old: Doc, patch: Patch, options: WriteOptions, warnings: string[]): Doc {
  const result = applyPatch(old, patch, type.kind)
  if (result.kind !== type.kind || result.apiVersion !== apiVersionOf(type) || typeof result.metadata !== 'object')
    notModelled('a patch that changes the kind')
  try {
    const { object, unknown } = decode(result, type.kind, apiVersionOf(type))
    if (unknown.length && (options.fieldValidation === 'Strict' || unknown.length > 1))
      notModelled('the text for a patch with unknown fields')
    warnings.splice(0, Infinity, ...unknownFieldWarnings(unknown, options.fieldValidation))
    return object
  }
  catch (error) {
    if (error instanceof DecodeError)
      notModelled('the text for a patch that doesn\'t fit the kind')
    throw error
  }
}

/** PATCH. */
export function* patch(target: Target): Flow<ApiResponse> {
  const { info, request } = target
  if (info.subresource === 'finalize')
    notModelled('a patch of finalizers')
  const read = readPatch(request, info.query)
  const options = writeOptions(request, info.query, 'PatchOptions')
  const warnings: string[] = []
  if (JSON.stringify(request.body)?.includes('managedFields'))
    notModelled('a patch of managedFields')
  const wantsRevision = JSON.stringify(request.body)?.includes('resourceVersion') ?? false
  return yield* finish(target, function* (old) {
    const wanted = patched(target, old, read(), options, warnings)
    if (!wantsRevision)
      wanted.metadata.resourceVersion = old.metadata.resourceVersion
    expectName(target, wanted)
    return yield* change(target, wanted, old, options)
  }, options, warnings)
}
