/**
 * The watch cache: one a resource, fed by a single etcd watch, read by every list and watch of that resource.
 *
 * Models staging/src/k8s.io/apiserver/pkg/storage/cacher/watch_cache.go
 */
import type { Event } from '../etcd/kv.ts'
import type { CachedObject } from './flow.ts'
import type { Doc } from './status.ts'
import { atRevision, objectOf } from './storage.ts'

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One change. `object` is the new state; of a deletion the last state, at the revision of the deletion. */
export interface CacheEvent {
  type: EventType
  key: string
  revision: number
  object: Doc
  previous?: Doc
}

/** Plain data. `objects` is the present state; `base` the state at `baseRevision`, before the first of `events`. */
export interface WatchCache {
  resource: string
  /** The revision up to which it is known to be complete. */
  revision: number
  baseRevision: number
  base: Map<string, Doc>
  objects: Map<string, Doc>
  events: CacheEvent[]
  /** How many events it keeps. */
  capacity: number
  /** Snapshots before this revision were dropped with the server's own compaction. */
  compacted: number
}

/** An empty cache, or one filled with the listed objects at a revision. */
export function createWatchCache(resource: string, revision: number, capacity: number, objects: readonly CachedObject[] = []): WatchCache {
  const map = new Map(objects.map(({ key, object }) => [key, object]))
  return { resource, revision, baseRevision: revision, base: map, objects: new Map(map), events: [], capacity, compacted: 0 }
}

function applyTo(objects: Map<string, Doc>, { type, key, object }: CacheEvent): void {
  if (type === 'DELETED')
    objects.delete(key)
  else
    objects.set(key, object)
}

/** Takes an event of the etcd watch; answers what it means for the API. */
export function receive(cache: WatchCache, { type, kv }: Event): CacheEvent {
  const { key, modRevision: revision } = kv
  const previous = cache.objects.get(key)
  const event: CacheEvent = type === 'DELETE'
    ? { type: 'DELETED', key, revision, object: atRevision(previous!, revision), previous: previous! }
    : { type: previous ? 'MODIFIED' : 'ADDED', key, revision, object: objectOf(kv), ...(previous && { previous }) }
  applyTo(cache.objects, event)
  cache.events.push(event)
  cache.revision = Math.max(cache.revision, revision)
  if (cache.events.length > cache.capacity) {
    const oldest = cache.events.shift()!
    applyTo(cache.base, oldest)
    cache.baseRevision = cache.events[0]!.revision - 1
  }
  return event
}

/** The etcd watch told that nothing came up to this revision. */
export function progress(cache: WatchCache, revision: number): void {
  cache.revision = Math.max(cache.revision, revision)
}

function sorted(objects: Iterable<[string, Doc]>): CachedObject[] {
  return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, object]) => ({ key, object }))
}

/** Objects in the order of their keys, those under a prefix. */
export function objectsUnder(cache: WatchCache, prefix: string): CachedObject[] {
  return sorted([...cache.objects].filter(([key]) => key.startsWith(prefix)))
}

/** The object of a name (and a namespace, where it has one). */
export function objectNamed({ objects }: WatchCache, namespace: string | undefined, name: string): CachedObject[] {
  for (const [key, object] of objects) {
    if (object.metadata.name === name && (!namespace || object.metadata.namespace === namespace))
      return [{ key, object }]
  }
  return []
}

/** The state at a revision; undefined when the cache doesn't go back (or forth) that far. */
export function snapshotAt(cache: WatchCache, revision: number): CachedObject[] | undefined {
  if (revision < Math.max(cache.baseRevision, cache.compacted) || revision > cache.revision)
    return undefined
  const objects = new Map(cache.base)
  cache.events.filter(event => event.revision <= revision).forEach(event => applyTo(objects, event))
  return sorted(objects)
}

/** The events after a revision, or the oldest revision that may be asked for when that is too old. */
export function eventsAfter(cache: WatchCache, revision: number): CacheEvent[] | { oldest: number } {
  return revision < cache.baseRevision ? { oldest: cache.baseRevision } : cache.events.filter(event => event.revision > revision)
}
