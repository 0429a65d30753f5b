/**
 * A request's body → an object of the kind that the path asks for.
 *
 * Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/{create,update,rest}.go
 */
import type { FieldValidation } from './options.ts'
import type { ApiRequest, Expected } from './requests.ts'
import type { Doc } from './status.ts'
import { extensions } from './extensions.ts'
import { decode, DecodeError } from './schema/decode.ts'
import { badRequest, failure, notModelled } from './status.ts'

/** The object, and the warnings that go into the answer's headers. */
export interface Body { object: Doc, warnings: string[] }

const accepted = 'application/json, application/yaml, application/vnd.kubernetes.protobuf'

/** The words for unknown fields: an error in strict mode, warnings else. */
export function unknownFieldWarnings(unknown: readonly string[], mode: FieldValidation): string[] {
  return mode === 'Warn' ? unknown.map(path => `299 - ${JSON.stringify(`unknown field ${JSON.stringify(path)}`)}`) : []
}

/** Reads a body. @throws 400, 415, 501 */
export function readBody(request: ApiRequest, expected: Expected, mode: FieldValidation): Body {
  const type = request.headers?.['content-type'] ?? 'application/json'
  if (!accepted.split(', ').includes(type.split(';')[0]!))
    throw failure(415, `the body of the request was in an unknown format - accepted media types include: ${accepted}`, 'UnsupportedMediaType')
  if (type !== 'application/json')
    notModelled(`the content type ${type}`)
  const value = typeof request.body === 'string' ? extensions.parseText?.(request.body, expected) ?? notModelled('bodies as text') : request.body
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    notModelled('a body that is no object')
  if (JSON.stringify(value).length > 500_000)
    notModelled('a body of this size')
  const given = value as Doc
  const { kind = expected.kind, apiVersion = expected.apiVersion } = given
  if (typeof kind !== 'string' || typeof apiVersion !== 'string')
    notModelled('kind or apiVersion that is no text')
  const refused = (why: string) => badRequest(`${kind} in version "${apiVersion.split('/').at(-1)}" cannot be handled as a ${expected.kind}: ${why}`)
  if (apiVersion !== expected.apiVersion) {
    // Only a version of the core group that never was is sure to be unknown.
    if (expected.apiVersion !== 'v1' || kind !== expected.kind || !/^v\d+$/.test(apiVersion))
      notModelled(`the apiVersion ${apiVersion}`)
    throw refused(`no kind "${kind}" is registered for version "${apiVersion}" in scheme "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30"`)
  }
  if (kind !== expected.kind) {
    if (expected.apiVersion !== 'v1' || !['Pod', 'ConfigMap', 'Service', 'Node', 'Namespace'].includes(kind))
      notModelled(`the kind ${kind}`)
    throw refused(`converting (v1.${kind}) to (core.${expected.kind}): unknown conversion`)
  }
  try {
    const { object, unknown } = decode(given, kind, apiVersion)
    if (unknown.length && mode === 'Strict')
      throw new DecodeError(`strict decoding error: ${unknown.map(path => `unknown field ${JSON.stringify(path)}`).join(', ')}`)
    return { object, warnings: unknownFieldWarnings(unknown, mode) }
  }
  catch (error) {
    throw error instanceof DecodeError ? refused(error.message) : error
  }
}
