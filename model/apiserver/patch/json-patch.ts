/**
 * JSON patch as the API server's own library does it, which takes a replace of a missing member as an add.
 *
 * Models github.com/evanphx/json-patch
 */
import type { Operation } from 'fast-json-patch'
import type { Doc } from '../status.ts'
import jsonpatch from 'fast-json-patch'
import { failure, notModelled } from '../status.ts'

/** Whether the last part of a path names a member that is missing from an object that is there. */
function missingMember(document: Doc, path: string): boolean {
  const parts = path.split('/').slice(1).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = parts.pop()!
  const parent = parts.reduce<any>((value, part) => value?.[part], document)
  return typeof parent === 'object' && parent !== null && !Array.isArray(parent) && !Object.hasOwn(parent, last)
}

/** Applies the operations one after the other. @throws 422 when one can't be; 501 for paths whose treatment isn't known */
export function jsonPatch(object: Doc, operations: readonly Doc[]): Doc {
  let document = structuredClone(object)
  for (const operation of operations) {
    const { op, path, from = '/x', value } = operation ?? {}
    const valued = op === 'add' || op === 'replace' || op === 'test'
    if ((valued && value === undefined) || (op === 'test' && value === null))
      notModelled('an operation without value')
    if (typeof path !== 'string' || !path.startsWith('/') || !String(from).startsWith('/') || /\/(?:-\d|0\d)/.test(`${path}${from}`) || (`${path}${from}`.includes('/-') && op !== 'add') || /^\/metadata(?:$|\/managedFields)/.test(path))
      notModelled('this path of a JSON patch')
    const taken = op === 'replace' && missingMember(document, path) ? { ...operation, op: 'add' } : operation
    try {
      document = jsonpatch.applyOperation(document, structuredClone(taken) as Operation, true, true, true).newDocument
    }
    catch {
      throw failure(422, 'the server rejected our request due to an error in our request', 'Invalid', {})
    }
  }
  return document
}
