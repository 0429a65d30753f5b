/**
 * The scale subresource: how many replicas, and nothing else of the object.
 *
 * Models pkg/registry/apps/deployment/storage/storage.go (ScaleREST)
 */
import type { Target } from './context.ts'
import type { Flow } from './flow.ts'
import type { WriteOptions } from './options.ts'
import type { ApiResponse, Doc } from './status.ts'
import { readBody } from './bodies.ts'
import { invalidValue } from './field-error.ts'
import { enter } from './flow.ts'
import { get } from './list.ts'
import { writeOptions } from './options.ts'
import { applyPatch, readPatch } from './patch/patch.ts'
import { decode, DecodeError, normalise } from './schema/decode.ts'
import { badRequest, invalid, notModelled, Refusal } from './status.ts'
import { expectRevision, guaranteedUpdate } from './storage.ts'
import { sign, validateChange } from './write.ts'

const scaleKind = { kind: 'Scale', apiVersion: 'autoscaling/v1' }

function scaleOf({ metadata, spec, status }: Doc): Doc {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata
  const labels: Record<string, string> = spec.selector.matchLabels ?? {}
  if (spec.selector.matchExpressions)
    notModelled('the text of a selector with expressions')
  const selector = Object.keys(labels).sort().map(key => `${key}=${labels[key]}`).join(',')
  return normalise({ ...scaleKind, metadata: { name, namespace, uid, resourceVersion, creationTimestamp }, spec: { replicas: spec.replicas }, status: { replicas: status.replicas ?? 0, selector } })
}

/** GET scale. */
function* getScale(target: Target): Flow<ApiResponse> {
  const { status, body } = yield* get(target)
  return { status, body: scaleOf(body as Doc) }
}

function* scaleTo(target: Target, wish: (current: Doc) => Doc, options: WriteOptions): Flow<ApiResponse> {
  const { type, info } = target
  const { object } = yield* guaranteedUpdate(type, info.namespace, info.name, function* (old) {
    const scale = wish(scaleOf(old))
    const { name, uid, resourceVersion, namespace } = scale.metadata
    if (!name || (uid && uid !== old.metadata.uid) || (namespace && namespace !== info.namespace))
      notModelled('the scale of another object')
    if (name !== info.name)
      throw badRequest(`the name of the object (${name}) does not match the name on the URL (${info.name})`)
    yield* enter('validation')
    const { replicas = 0 } = scale.spec
    if (replicas < 0)
      throw invalid('Scale', 'autoscaling', info.name, [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')])
    yield* expectRevision(type, info.name, resourceVersion, old)
    const next = structuredClone(old)
    next.spec.replicas = replicas
    if (replicas !== old.spec.replicas)
      next.metadata.generation += 1
    validateChange({ ...target, info: { ...info, subresource: '' } }, next, old)
    yield* enter('storage')
    return sign(next, target, options, old)
  }, options.dryRun)
  return { status: 200, body: scaleOf(object) }
}

/** PUT scale. */
function* updateScale(target: Target): Flow<ApiResponse> {
  const { info, request } = target
  const options = writeOptions(request, info.query, 'UpdateOptions')
  const { object } = readBody(request, scaleKind, options.fieldValidation)
  yield* enter('mutating-admission')
  try {
    return yield* scaleTo(target, () => object, options)
  }
  catch (error) {
    if (object.metadata.uid && error instanceof Refusal && error.response.status === 404)
      notModelled('the scale of what isn\'t there any more')
    throw error
  }
}

/** PATCH scale. */
function* patchScale(target: Target): Flow<ApiResponse> {
  const { info, request } = target
  const patch = readPatch(request)
  const options = writeOptions(request, info.query, 'PatchOptions')
  const named = JSON.stringify(request.body)?.includes('resourceVersion')
  yield* enter('mutating-admission')
  return yield* scaleTo(target, (current) => {
    const result = applyPatch(current, patch(), 'Scale')
    try {
      const { object, unknown } = decode(result, 'Scale', scaleKind.apiVersion)
      if (unknown.length || result.kind !== 'Scale')
        notModelled('unknown fields of a scale')
      if (!named)
        object.metadata.resourceVersion = current.metadata.resourceVersion
      return object
    }
    catch (error) {
      if (error instanceof DecodeError)
        notModelled('the text for a patch that doesn\'t fit the kind')
      throw error
    }
  }, options)
}

/** What the subresource does, by method. */
export const scale = { GET: getScale, PUT: updateScale, PATCH: patchScale }
