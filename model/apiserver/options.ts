/**
 * The options of a request: from its query, and for deletes from its body.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go
 */
import type { FieldError } from './field-error.ts'
import type { ApiRequest } from './requests.ts'
import type { Doc } from './status.ts'
import { forbiddenField, invalidValue, unsupportedValue } from './field-error.ts'
import { decode, DecodeError } from './schema/decode.ts'
import { badRequest, failure, invalid, notModelled } from './status.ts'

type Query = Record<string, string>

/** @throws 501 for a query parameter that the model doesn't know at this place */
export function expectParameters(query: Query, known: readonly string[]): void {
  const other = Object.keys(query).find(key => !known.includes(key))
  if (other)
    notModelled(`the query parameter ${other}`)
}

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

export interface WriteOptions {
  dryRun: boolean
  fieldValidation: FieldValidation
  /** Who writes, in metadata.managedFields. */
  manager: string
}

function dryRunErrors(value: string | undefined): FieldError[] {
  return value === undefined || value === 'All' ? [] : [unsupportedValue('dryRun', [value], ['All'])]
}

/** The name under which a client's writes are known: `fieldManager`, or what comes before the slash in its User-Agent. */
function managerOf({ headers = {} }: ApiRequest, query: Query): string {
  return query.fieldManager || (headers['user-agent'] ?? 'unknown').split('/')[0]!
}

/** Options of create, update and patch. @throws 422 naming CreateOptions, UpdateOptions or PatchOptions */
export function writeOptions(request: ApiRequest, query: Query, kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions'): WriteOptions {
  expectParameters(query, ['dryRun', 'fieldValidation', 'fieldManager', ...(kind === 'PatchOptions' ? ['force'] : [])])
  const { dryRun, fieldValidation = '', fieldManager = '', force } = query
  if (fieldManager.length > 128)
    notModelled('a long field manager')
  const errors = [
    ...(force === undefined ? [] : [forbiddenField('force', 'may not be specified for non-apply patch')]),
    ...dryRunErrors(dryRun),
    ...(['', 'Ignore', 'Strict', 'Warn'].includes(fieldValidation) ? [] : [unsupportedValue('fieldValidation', fieldValidation, ['', 'Ignore', 'Strict', 'Warn'])]),
  ]
  if (errors.length > 1)
    notModelled('several wrong options')
  if (errors.length)
    throw invalid(kind, 'meta.k8s.io', '', errors)
  return { dryRun: dryRun === 'All', fieldValidation: (fieldValidation || 'Warn') as FieldValidation, manager: managerOf(request, query) }
}

export interface DeleteOptions {
  dryRun: boolean
  /** Seconds; absent: the object's own. */
  gracePeriodSeconds?: number
  preconditions: { uid?: string, resourceVersion?: string }
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan'
}

function deleteBody(body: unknown): Doc {
  let given = body
  if (typeof given === 'string') {
    try {
      given = JSON.parse(given)
    }
    catch {
      notModelled('delete options that are no JSON')
    }
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    notModelled('these delete options')
  const { kind = 'DeleteOptions', apiVersion = 'v1' } = given as Doc
  if (kind !== 'DeleteOptions' || !['v1', 'meta.k8s.io/v1'].includes(apiVersion))
    notModelled('another kind as delete options')
  try {
    const { object, unknown } = decode(given as Doc, 'DeleteOptions', apiVersion)
    return unknown.length ? notModelled('unknown delete options') : object
  }
  catch (error) {
    throw error instanceof DecodeError ? badRequest(error.message) : error
  }
}

const policies = ['Foreground', 'Background', 'Orphan']

/** Options of a delete: the body's, or without one the query's. @throws 422 naming DeleteOptions */
export function deleteOptions({ body, headers }: ApiRequest, query: Query, more: readonly string[] = []): DeleteOptions {
  expectParameters(query, ['gracePeriodSeconds', 'propagationPolicy', 'dryRun', ...more])
  const { gracePeriodSeconds: grace, propagationPolicy, dryRun } = query
  const hasBody = body !== undefined && body !== null && body !== ''
  if (hasBody && [grace, propagationPolicy, dryRun].some(each => each !== undefined))
    notModelled('delete options in body and query')
  if ((hasBody && (headers?.['content-type'] ?? 'application/json') !== 'application/json') || propagationPolicy === '')
    notModelled('delete options of this form')
  if (grace !== undefined && !/^-?\d+$/.test(grace))
    notModelled('a grace period that is no number')
  const options = hasBody
    ? deleteBody(body)
    : { ...(grace !== undefined && { gracePeriodSeconds: Number(grace) }), ...(propagationPolicy && { propagationPolicy }), ...(dryRun !== undefined && { dryRun: [dryRun] }) } as Doc
  const policy = options.propagationPolicy
  const errors = [
    ...(policy && options.orphanDependents !== undefined ? [invalidValue('propagationPolicy', policy, 'orphanDependents and deletionPropagation cannot be both set')] : []),
    ...(policy && !policies.includes(policy) ? [unsupportedValue('propagationPolicy', policy, [...policies, 'nil'])] : []),
    ...dryRunErrors(options.dryRun?.[0]),
  ]
  if (errors.length)
    throw errors.length > 1 ? failure(501, 'not modelled: several wrong options') : invalid('DeleteOptions', 'meta.k8s.io', '', errors)
  if (options.orphanDependents !== undefined || (options.dryRun?.length ?? 0) > 1)
    notModelled('orphanDependents')
  return { dryRun: options.dryRun?.[0] === 'All', preconditions: options.preconditions ?? {}, ...(options.gracePeriodSeconds !== undefined && { gracePeriodSeconds: options.gracePeriodSeconds }), ...(policy && { propagationPolicy: policy }) }
}
