/**
 * GET: one object or a list, from the watch cache or from etcd as the resourceVersion asks.
 *
 * Models staging/src/k8s.io/apiserver/pkg/storage/cacher/{cacher,delegator}.go and pkg/endpoints/handlers/get.go
 */
import type { Target } from './context.ts'
import type { FieldError } from './field-error.ts'
import type { CachedObject, Flow } from './flow.ts'
import type { ApiResponse, Doc, Refusal } from './status.ts'
import { prefixEnd } from '../etcd/kv.ts'
import { selectorMatches } from '../selectors.ts'
import { extensions } from './extensions.ts'
import { forbiddenField, unsupportedValue } from './field-error.ts'
import { cachedList, enter, range } from './flow.ts'
import { expectParameters } from './options.ts'
import { apiVersionOf } from './registry/resource-type.ts'
import { selectedName } from './requests.ts'
import { fieldsMatch, parseFieldSelector } from './selectors/field-selector.ts'
import { selectedLabels } from './selectors/selected-labels.ts'
import { badRequest, expired, internal, invalid, notFound, notModelled, tooLarge } from './status.ts'
import { keyOf, objectOf, readLive } from './storage.ts'

type Query = Record<string, string>

export const listParameters = ['labelSelector', 'fieldSelector', 'resourceVersion', 'resourceVersionMatch', 'limit', 'continue', 'timeoutSeconds', 'watch', 'sendInitialEvents', 'allowWatchBookmarks']
const parseError = (text: string) => `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`
/** Beyond 64 bits upstream's text is another. */
const revisionDigits = 18
export const badRevision = (text: string) => `resourceVersion: Invalid value: ${JSON.stringify(text)}: ${parseError(text)}`

/** Whether a text is a revision, or none. */
export function isRevision(text = ''): boolean {
  return text.length > revisionDigits ? notModelled('a resourceVersion so long') : /^\d*$/.test(text)
}

/** Whether an object is selected by the query's label and field selectors. @throws 400 */
export function selection({ type }: Target, query: Query): (object: Doc) => boolean {
  const labels = selectedLabels(query.labelSelector)
  const fields = parseFieldSelector(query.fieldSelector, type)
  return object => selectorMatches(labels, object.metadata.labels) && fieldsMatch(fields, object, type)
}

/** @throws 422 naming ListOptions */
export function refuseOptions(errors: FieldError[]): void {
  if (errors.length)
    throw errors.length > 1 ? notModelled('several wrong list options') : invalid('ListOptions', 'meta.k8s.io', '', errors)
}

function checkListOptions({ resourceVersion = '', resourceVersionMatch: match, continue: token, sendInitialEvents }: Query): void {
  if (sendInitialEvents !== undefined || (match && token))
    notModelled('these list options')
  if (!match)
    return
  const field = 'resourceVersionMatch'
  const errors: FieldError[] = []
  if (!resourceVersion)
    errors.push(forbiddenField(field, 'resourceVersionMatch is forbidden unless resourceVersion is provided'))
  if (!['Exact', 'NotOlderThan'].includes(match))
    errors.push(unsupportedValue(field, match, ['Exact', 'NotOlderThan', '']))
  if (match === 'Exact' && resourceVersion === '0')
    errors.push(forbiddenField(field, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'))
  refuseOptions(errors)
}

const encodeContinue = (revision: number, start: string): string => extensions.encodeContinue?.(revision, start) ?? notModelled('lists in pieces')

/** What a list reads: everything under a prefix, at a revision. */
interface Source { objects: CachedObject[], revision: number, fromCache: boolean }

const prefixOf = ({ type, info }: Target) => keyOf(type, info.namespace, '').replace(/\/\/$/, '/')

/** etcd's revision now. */
export function* currentRevision(target: Target): Flow<number> {
  const prefix = prefixOf(target)
  const { header } = yield* range({ key: prefix, rangeEnd: prefixEnd(prefix), limit: 1, keysOnly: true })
  return header.revision ?? 0
}

/** Waits for the cache to reach a revision. @throws 504 after three seconds */
export function* waitForCache({ type }: Target, revision: number): Flow<number> {
  const reached: number = yield { ask: 'fresh', resource: type.resource, revision }
  if (reached < revision)
    throw tooLarge(String(revision), reached)
  return reached
}

function* fromCache(target: Target, revision: number): Flow<Source> {
  const { type, info } = target
  return { objects: yield* cachedList(type.resource, info.namespace), revision, fromCache: true }
}

/** The state at a revision: the cache's snapshot, or etcd's history. @throws 410 */
function* at(target: Target, revision: number, tooOldAnswer: () => Refusal): Flow<Source> {
  const prefix = prefixOf(target)
  const snapshot: CachedObject[] | undefined = yield { ask: 'snapshot', resource: target.type.resource, revision }
  if (snapshot)
    return { objects: snapshot.filter(({ key }) => key.startsWith(prefix)), revision, fromCache: true }
  try {
    const { kvs } = yield* range({ key: prefix, rangeEnd: prefixEnd(prefix), revision })
    return { objects: kvs.map(kv => ({ key: kv.key, object: objectOf(kv) })), revision, fromCache: false }
  }
  catch (error) {
    throw (error as Error).message.includes('compacted') ? tooOldAnswer() : error
  }
}

const exactTooOld = () => expired('The resourceVersion for the provided list is too old.')

function limitOf(text = ''): number {
  if (text && !/^[+-]?\d+$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Math.max(0, Number(text))
}

function* sourceOf(target: Target, query: Query, start: string | undefined, tokenRevision: number | undefined, limit: number): Flow<Source> {
  const { resourceVersion: text = '', resourceVersionMatch: match } = query
  if (tokenRevision !== undefined && tokenRevision > 0)
    return yield* at(target, tokenRevision, () => extensions.continueTooOld!(start!))
  if (!text || tokenRevision === -1) {
    const revision = yield* currentRevision(target)
    yield* waitForCache(target, revision)
    return yield* fromCache(target, revision)
  }
  const revision = Number(text)
  if (revision > 0 && (match === 'Exact' || (limit && !match))) {
    yield* waitForCache(target, revision)
    return yield* at(target, revision, exactTooOld)
  }
  if (limit && match)
    notModelled('a limit with NotOlderThan')
  return yield* fromCache(target, yield* waitForCache(target, revision))
}

/** What a list selects, and its body. */
export function* listAll(target: Target, query: Query): Flow<{ selected: CachedObject[], body: Doc }> {
  const { type, info: { namespace } } = target
  const limitAsked = limitOf(query.limit)
  const matches = selection(target, query)
  checkListOptions(query)
  const { resourceVersion = '', continue: token, timeoutSeconds = '' } = query
  if (/\D/.test(timeoutSeconds))
    notModelled('this timeout')
  const continued = token ? extensions.decodeContinue?.(token) ?? notModelled('lists in pieces') : undefined
  if ((continued && resourceVersion === '0') || (limitAsked && query.resourceVersionMatch === 'NotOlderThan' && resourceVersion))
    notModelled('a page of this revision')
  if (continued && resourceVersion && resourceVersion !== '0')
    throw badRequest('specifying resource version is not allowed when using continue')
  if (!isRevision(resourceVersion))
    throw badRequest(`invalid resource version: ${badRevision(resourceVersion)}`)
  // A list at 0 comes whole from the cache, whatever the limit.
  const limit = resourceVersion === '0' && !continued ? 0 : limitAsked
  const { objects, revision, fromCache: cached } = yield* sourceOf(target, query, continued?.start, continued?.revision, limit)
  const prefix = prefixOf(target)
  // Where one name makes the key, that key alone is read: nothing is left for a next page.
  const single = !continued && (namespace || !type.namespaced) && selectedName(query)
  const candidates = single ? objects.filter(({ key }) => key === prefix + single) : continued ? objects.filter(({ key }) => key >= prefix + continued.start) : objects
  const selected: CachedObject[] = []
  let seen = 0
  for (const each of candidates) {
    seen++
    if (matches(each.object))
      selected.push(each)
    if (limit && selected.length === limit)
      break
  }
  const more = seen < candidates.length
  const plain = !query.labelSelector && !query.fieldSelector
  const metadata = {
    resourceVersion: String(revision),
    ...(more && { continue: encodeContinue(revision, `${cached ? '/' : ''}${selected.at(-1)!.key.slice(prefix.length)}\0`) }),
    ...(more && plain && { remainingItemCount: candidates.length - selected.length }),
  }
  // Items don't repeat what the list's kind says.
  const items = selected.map(({ object: { kind: _kind, apiVersion: _version, ...item } }) => item)
  return { selected, body: { kind: `${type.kind}List`, apiVersion: apiVersionOf(type), metadata, items } }
}

/** GET of a collection. */
export function* list(target: Target): Flow<ApiResponse> {
  expectParameters(target.info.query, listParameters)
  return { status: 200, body: (yield* listAll(target, target.info.query)).body }
}

/** GET of one object: from etcd, or from the cache when a resourceVersion is given. */
export function* get(target: Target): Flow<ApiResponse> {
  const { type, info } = target
  expectParameters(info.query, ['resourceVersion', 'watch', 'timeoutSeconds'])
  const text = info.query.resourceVersion
  if (text && !isRevision(text))
    throw internal(badRevision(text))
  yield* enter('storage')
  let object: Doc | undefined
  if (text) {
    yield* waitForCache(target, Number(text))
    const found: CachedObject[] = yield { ask: 'cached', resource: type.resource, namespace: info.namespace, name: info.name }
    object = found[0]?.object
  }
  else {
    object = yield* readLive(keyOf(type, info.namespace, info.name))
  }
  if (!object)
    throw notFound(type, info.name)
  return { status: 200, body: object }
}
