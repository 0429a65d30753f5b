/**
 * Kubernetes Status objects: every error that the API server answers, with its text, reason and code.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go
 */
import type { FieldError } from './field-error.ts'

/** A JSON object whose shape the schema knows, not TypeScript. */
export type Doc = Record<string, any>

/** What the API server answers: the body is JSON, or text for the few paths outside the API. */
export interface ApiResponse {
  status: number
  body: Doc | string
  /** Headers that matter (`retry-after`, `content-type` when not JSON); `warning` may stand several times. */
  headers?: Record<string, string | string[]>
  /** A watch was opened: its id, to be used with the server's watchers. */
  watch?: string
}

/** What one resource is called in errors: `deployments` of group `apps`, kind `Deployment`. */
export interface Named {
  resource: string
  group: string
  kind: string
}

/** Thrown inside a request's flow to end it with this answer. */
export class Refusal extends Error {
  readonly response: ApiResponse

  constructor(response: ApiResponse) {
    super(typeof response.body === 'string' ? response.body : response.body.message)
    this.name = 'Refusal'
    this.response = response
  }
}

/** A failure Status. `reason` and `details` are left out when absent, as on the wire. */
export function failure(code: number, message: string, reason?: string, details?: Doc, metadata: Doc = {}): Refusal {
  return new Refusal({
    status: code,
    body: { kind: 'Status', apiVersion: 'v1', metadata, status: 'Failure', message, ...(reason && { reason }), ...(details && { details }), code },
  })
}

/** The model's own answer to what it doesn't imitate: 501, never a guess. */
export function notModelled(what: string): never {
  throw failure(501, `not modelled: ${what}`, 'NotModelled')
}

/** `details` of an error about one object. */
function about(named: Named, name: string): Doc {
  return { ...(name && { name }), ...(named.group && { group: named.group }), kind: named.resource }
}

function qualified({ resource, group }: Named): string {
  return group ? `${resource}.${group}` : resource
}

export const badRequest = (message: string) => failure(400, message, 'BadRequest')
/** An error without a reason: what escapes from below the API machinery. */
export const internal = (message: string) => failure(500, message)
export const unauthorized = () => failure(401, 'Unauthorized', 'Unauthorized')

export function notFound(named: Named, name: string): Refusal {
  return failure(404, `${qualified(named)} "${name}" not found`, 'NotFound', about(named, name))
}

export function alreadyExists(named: Named, name: string, beingDeleted = false): Refusal {
  return failure(409, `${beingDeleted ? 'object is being deleted: ' : ''}${qualified(named)} "${name}" already exists`, 'AlreadyExists', about(named, name))
}

export function conflict(named: Named, name: string, why: string): Refusal {
  return failure(409, `Operation cannot be fulfilled on ${qualified(named)} "${name}": ${why}`, 'Conflict', about(named, name))
}

export const modified = 'the object has been modified; please apply your changes to the latest version and try again'

export function forbidden(named: Named, name: string, why: string, causes?: Doc[]): Refusal {
  const subject = name ? `${qualified(named)} "${name}"` : qualified(named)
  return failure(403, `${subject} is forbidden: ${why}`, 'Forbidden', { ...about(named, name), ...(causes && { causes }) })
}

/** 422 with a cause per field error; equal texts stand once in the message. `kind` may be an options type of meta.k8s.io. */
export function invalid(kind: string, group: string, name: string, errors: readonly FieldError[]): Refusal {
  const texts = [...new Set(errors.map(error => `${error.field}: ${error.text}`))]
  const message = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
  const causes = errors.map(({ reason, text, field }) => ({ reason, message: text, field }))
  return failure(422, `${group ? `${kind}.${group}` : kind} "${name}" is invalid: ${message}`, 'Invalid', { ...(name && { name }), ...(group && { group }), kind, causes })
}

export const methodNotAllowed = () => failure(405, 'the server does not allow this method on the requested resource', 'MethodNotAllowed', {})
export const noSuchResource = () => failure(404, 'the server could not find the requested resource', 'NotFound', {})

/** The answer to a delete of an object that is gone at once. */
export function deleted(named: Named, name: string, uid: string): ApiResponse {
  return { status: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { ...about(named, name), uid } } }
}

/** The answer of binding and eviction. */
export function created(): ApiResponse {
  return { status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } }
}

/** An answer with `retry-after`, in seconds, in the header and in the details. */
export function retryLater(code: number, message: string, reason: string, seconds: number, causes?: Doc[]): Refusal {
  const refusal = failure(code, message, reason, { ...(causes && { causes }), retryAfterSeconds: seconds })
  refusal.response.headers = { 'retry-after': String(seconds) }
  return refusal
}

/** A revision from the future: refused after three seconds of waiting for the cache to reach it. */
export function tooLarge(asked: string, current: number): Refusal {
  return retryLater(504, `Timeout: Too large resource version: ${asked}, current: ${current}`, 'Timeout', 1, [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }])
}

/** 410 as an HTTP answer. */
export function expired(message: string, continueToken?: string): Refusal {
  return failure(410, message, 'Expired', undefined, continueToken ? { continue: continueToken } : {})
}

/** 410 as a watch's last event, over HTTP 200. */
export function tooOld(asked: number, oldest: number): Doc {
  return expired(`too old resource version: ${asked} (${oldest})`).response.body as Doc
}
