/** The server's own state: plain data, changed in place. */
import type { ApiServerConfig } from './context.ts'
import type { CachedObject, Effect } from './flow.ts'
import type { WatchCache } from './watch-cache.ts'
import type { Watcher, WatchEvent } from './watchers.ts'
import { administrator } from './context.ts'
import { resourceTypes } from './registry/resources.ts'
import { createWatchCache, objectNamed, objectsUnder, snapshotAt } from './watch-cache.ts'
import { openWatcher } from './watchers.ts'

/** Caches by resource, watchers by id. */
export interface ApiServerState {
  config: ApiServerConfig
  caches: Record<string, WatchCache>
  watchers: Record<string, Watcher>
  watches: number
}

export const defaultConfig: ApiServerConfig = {
  authorization: 'AlwaysAllow',
  anonymous: false,
  tokens: {},
  certificate: administrator,
  // Real caches begin with 100 events and grow while those are younger than a minute: more than any session has.
  cacheCapacity: 10_000,
  compactionInterval: 300_000,
}

/** A server whose caches are empty, over an etcd at this revision. */
export function createState(config: Partial<ApiServerConfig> = {}, revision = 1): ApiServerState {
  const full = { ...defaultConfig, ...config }
  return {
    config: full,
    caches: Object.fromEntries(resourceTypes.map(({ resource }) => [resource, createWatchCache(resource, revision, full.cacheCapacity)])),
    watchers: {},
    watches: 0,
  }
}

const letters = 'bcdfghjklmnpqrstvwxz2456789'

/** What a flow asks of the server itself, answered at once; undefined: it asks for etcd, for time, or passes a stage. */
export function answerLocally(state: ApiServerState, effect: Effect, now: number, draw: () => number, opened: (watcher: Watcher, events: WatchEvent[]) => void): { answer: unknown } | undefined {
  switch (effect.ask) {
    case 'cached': {
      const { namespace, name } = effect
      const cache = state.caches[effect.resource]!
      const found: CachedObject[] = name === undefined
        ? objectsUnder(cache, '').filter(({ object: { metadata } }) => !namespace || metadata.namespace === namespace)
        : objectNamed(cache, namespace, name)
      return { answer: found }
    }
    case 'snapshot':
      return { answer: snapshotAt(state.caches[effect.resource]!, effect.revision) }
    case 'random': {
      const alphabet = effect.hex ? '0123456789abcdef' : letters
      return { answer: Array.from({ length: effect.length }, () => alphabet[Math.floor(draw() * alphabet.length)]).join('') }
    }
    case 'note':
      return { answer: undefined }
    case 'watch': {
      const id = `watch-${++state.watches}`
      const { watcher, events } = openWatcher(id, effect.watch, state.caches[effect.watch.resource]!, now)
      state.watchers[id] = watcher
      opened(watcher, events)
      return { answer: id }
    }
    default:
      return undefined
  }
}
