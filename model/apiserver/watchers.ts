/**
 * Open watches: which events of a cache each gets, and when its bookmarks and its end are due.
 *
 * Models staging/src/k8s.io/apiserver/pkg/storage/cacher/cache_watcher.go
 */
import type { WatchRequest } from './flow.ts'
import type { Doc } from './status.ts'
import type { CacheEvent, EventType, WatchCache } from './watch-cache.ts'
import { selectorMatches } from '../selectors.ts'
import { apiVersionOf } from './registry/resource-type.ts'
import { resourceNamed } from './registry/resources.ts'
import { decode } from './schema/decode.ts'
import { fieldsMatch, parseFieldSelector } from './selectors/field-selector.ts'
import { selectedLabels } from './selectors/selected-labels.ts'
import { tooOld } from './status.ts'
import { atRevision, keyOf } from './storage.ts'
import { eventsAfter, objectsUnder } from './watch-cache.ts'

/** An event as a watcher gets it. */
export interface WatchEvent {
  type: EventType | 'BOOKMARK' | 'ERROR'
  object: Doc
}

/** One open watch. `reached` is the revision that its client is known to be at. */
export interface Watcher extends WatchRequest {
  id: string
  prefix: string
  reached: number
  /** Events up to this one were not asked for. */
  from: number
  bookmarkAt?: number
  closesAt?: number
  closed: boolean
}

/** How long between bookmarks, and how long before the end the last one comes, in ms. */
const bookmarkInterval = 60_000
const lastBookmark = 2_000

function selects({ resource, labels, fields }: Watcher, object: Doc): boolean {
  const type = resourceNamed(resource)
  return selectorMatches(selectedLabels(labels), object.metadata.labels) && fieldsMatch(parseFieldSelector(fields, type), object, type)
}

/** What a change of the cache is to this watcher: entering its selection is ADDED, leaving it is DELETED. */
export function eventFor(watcher: Watcher, { type, key, revision, object, previous }: CacheEvent): WatchEvent | undefined {
  if (watcher.closed || revision <= watcher.from || !key.startsWith(watcher.prefix))
    return undefined
  const before = previous !== undefined && selects(watcher, previous)
  const after = type !== 'DELETED' && selects(watcher, object)
  if (!before && !after)
    return undefined
  watcher.reached = revision
  if (!after)
    return { type: 'DELETED', object: atRevision(previous!, revision) }
  return { type: before ? 'MODIFIED' : 'ADDED', object }
}

/** A bookmark: an otherwise empty object that tells a revision. */
function bookmark({ resource }: Watcher, revision: number, initialEventsEnd = false): WatchEvent {
  const type = resourceNamed(resource)
  const { object } = decode({}, type.kind, apiVersionOf(type))
  const annotations = initialEventsEnd && { annotations: { 'k8s.io/initial-events-end': 'true' } }
  return { type: 'BOOKMARK', object: { ...object, metadata: { resourceVersion: String(revision), ...annotations } } }
}

function nextBookmark(watcher: Watcher, now: number): void {
  if (!watcher.bookmarks)
    return
  const last = watcher.closesAt === undefined ? Infinity : watcher.closesAt - lastBookmark
  const due = Math.min(now + bookmarkInterval, last > now ? last : Infinity)
  delete watcher.bookmarkAt
  if (due < Infinity)
    watcher.bookmarkAt = due
}

/** Opens a watch on a cache: the watcher, and the events that it gets at once. */
export function openWatcher(id: string, request: WatchRequest, cache: WatchCache, now: number): { watcher: Watcher, events: WatchEvent[] } {
  const { resource, namespace, after, timeoutSeconds, initialEventsEnd } = request
  const prefix = keyOf(resourceNamed(resource), namespace, '').replace(/\/\/$/, '/')
  const watcher: Watcher = {
    ...request,
    id,
    prefix,
    from: after ?? cache.revision,
    reached: after ?? cache.revision,
    closed: false,
    ...(timeoutSeconds && { closesAt: now + timeoutSeconds * 1000 }),
  }
  nextBookmark(watcher, now)
  if (after === undefined) {
    const present = objectsUnder(cache, prefix).filter(({ object }) => selects(watcher, object)).map(({ object }): WatchEvent => ({ type: 'ADDED', object }))
    return { watcher, events: [...present, ...(initialEventsEnd ? [bookmark(watcher, cache.revision, true)] : [])] }
  }
  const history = eventsAfter(cache, after)
  if ('oldest' in history) {
    watcher.closed = true
    return { watcher, events: [{ type: 'ERROR', object: tooOld(after, history.oldest) }] }
  }
  return { watcher, events: history.flatMap(event => eventFor(watcher, event) ?? []) }
}

/** What time alone brings a watcher: a bookmark, if there is something to tell, and its end. */
export function watcherDue(watcher: Watcher, cache: WatchCache, now: number): WatchEvent[] {
  const events: WatchEvent[] = []
  while (!watcher.closed && watcher.bookmarkAt !== undefined && watcher.bookmarkAt <= now) {
    if (cache.revision > watcher.reached) {
      events.push(bookmark(watcher, cache.revision))
      watcher.reached = cache.revision
    }
    nextBookmark(watcher, watcher.bookmarkAt)
  }
  if (watcher.closesAt !== undefined && watcher.closesAt <= now)
    watcher.closed = true
  return events
}
