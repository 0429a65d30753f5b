/**
 * The three patch types that kubectl and the controllers use; server-side apply is not modelled.
 *
 * Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go
 */
import type { ApiRequest } from '../requests.ts'
import type { Doc } from '../status.ts'
import { extensions } from '../extensions.ts'
import { requiredValue } from '../field-error.ts'
import { badRequest, failure, invalid, notModelled } from '../status.ts'
import { strategicMerge } from './strategic-merge.ts'

const types = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
} as const

/** A patch as it came in. */
export type Patch
  = | { type: 'json', operations: Doc[] }
    | { type: 'merge' | 'strategic', document: Doc }

function parse(body: unknown, type: Patch['type']): unknown {
  if (typeof body !== 'string')
    return body
  try {
    const value: unknown = JSON.parse(body)
    return JSON.stringify(value) === body.replace(/\s/g, '') ? value : notModelled('a patch with duplicate keys')
  }
  catch (error) {
    // The one error that Go and V8 call the same.
    if (body && type !== 'strategic' && (error as Error).message === 'Unexpected end of JSON input')
      throw badRequest('error decoding patch: unexpected end of JSON input')
    return notModelled('a patch that is no JSON')
  }
}

/** Reads the type of a patch; what is returned reads its body, once the object is known to be there. @throws 415, 501; then 400, 501 */
export function readPatch({ headers = {}, body }: ApiRequest, query: Record<string, string> = {}): () => Patch {
  const contentType = (headers['content-type'] ?? '').split(';')[0]!
  if (contentType === 'application/apply-patch+yaml' && !Object.keys(query).length)
    throw invalid('PatchOptions', 'meta.k8s.io', '', [requiredValue('fieldManager', 'is required for apply patch')])
  if (contentType.startsWith('application/apply-patch+'))
    notModelled('server-side apply')
  if (!(contentType in types))
    throw failure(415, '415: Unsupported Media Type', 'UnsupportedMediaType', {})
  const type = types[contentType as keyof typeof types]
  return () => readDocument(type, body)
}

function readDocument(type: typeof types[keyof typeof types], body: unknown): Patch {
  const value = parse(body, type)
  if (type === 'json') {
    if (!Array.isArray(value))
      throw typeof value === 'object' && value !== null ? badRequest('error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp') : failure(501, 'not modelled: this JSON patch')
    return { type, operations: value }
  }
  if (value === null && type === 'merge')
    throw badRequest('Invalid JSON Patch')
  if (Array.isArray(value) && type === 'merge')
    throw badRequest('error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}')
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    notModelled('a patch that is no object')
  return { type, document: value as Doc }
}

/** Models evanphx/json-patch: `null` deletes, objects merge, all else replaces. */
function mergePatch(object: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch))
    return patch
  const result: Doc = typeof object === 'object' && object !== null && !Array.isArray(object) ? { ...object } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null)
      delete result[key]
    else
      result[key] = mergePatch(result[key], value)
  }
  return result
}

/** The patched object, not yet decoded. */
export function applyPatch(object: Doc, patch: Patch, kind: string): Doc {
  if (patch.type === 'json')
    return extensions.jsonPatch?.(object, patch.operations) ?? notModelled('JSON patches')
  return patch.type === 'merge' ? mergePatch(object, patch.document) as Doc : strategicMerge(object, patch.document, kind)
}
