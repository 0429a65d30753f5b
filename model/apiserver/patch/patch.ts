/**
 * The three patch types that kubectl and the controllers use; server-side apply is not modelled.
 *
 * Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go
 */
import type { Operation } from 'fast-json-patch'
import type { ApiRequest } from '../requests.ts'
import type { Doc } from '../status.ts'
import { applyOperation } from 'fast-json-patch'
import { badRequest, failure, notModelled } from '../status.ts'
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

function parse(body: unknown): unknown {
  if (typeof body !== 'string')
    return body
  try {
    const value: unknown = JSON.parse(body)
    return JSON.stringify(value).length === body.replace(/\s/g, '').length ? value : notModelled('a patch with duplicate keys')
  }
  catch {
    return notModelled('a patch that is no JSON')
  }
}

/** Reads type and body of a patch. @throws 415, 400, 501 */
export function readPatch({ headers = {}, body }: ApiRequest): Patch {
  const contentType = (headers['content-type'] ?? '').split(';')[0]!
  if (contentType.startsWith('application/apply-patch+'))
    notModelled('server-side apply')
  if (!(contentType in types))
    throw failure(415, '415: Unsupported Media Type', 'UnsupportedMediaType', {})
  const type = types[contentType as keyof typeof types]
  const value = parse(body)
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

/** Whether the last part of a path names a member that is missing from an object that is there. */
function missingMember(document: Doc, path: string): boolean {
  const parts = path.split('/').slice(1).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = parts.pop()!
  const parent = parts.reduce<any>((value, part) => value?.[part], document)
  return typeof parent === 'object' && parent !== null && !Array.isArray(parent) && !Object.hasOwn(parent, last)
}

function jsonPatch(object: Doc, operations: readonly Doc[]): Doc {
  let document = structuredClone(object)
  for (const operation of operations) {
    const { op, path, from = '/x' } = operation
    if (typeof path !== 'string' || !path.startsWith('/') || !String(from).startsWith('/') || /\/-\d/.test(`${path}${from}`) || /^\/metadata(?:$|\/managedFields)/.test(path))
      notModelled('this path of a JSON patch')
    // Upstream's library takes a replace of a missing member as an add.
    const taken = op === 'replace' && missingMember(document, path) ? { ...operation, op: 'add' } : operation
    try {
      document = applyOperation(document, structuredClone(taken) as Operation, true, true, true).newDocument
    }
    catch {
      throw failure(422, 'the server rejected our request due to an error in our request', 'Invalid', {})
    }
  }
  return document
}

/** The patched object, not yet decoded. */
export function applyPatch(object: Doc, patch: Patch, kind: string): Doc {
  if (patch.type === 'json')
    return jsonPatch(object, patch.operations)
  return patch.type === 'merge' ? mergePatch(object, patch.document) as Doc : strategicMerge(object, patch.document, kind)
}
