/**
 * The API server over an etcd at hand: every request is answered at once. For replays, tests and scripts; the same flows as in
 * the simulation (server.ts), without messages.
 */
import type { Server } from '../etcd/server.ts'
import type { ApiServerConfig } from './context.ts'
import type { Effect } from './flow.ts'
import type { ApiRequest } from './requests.ts'
import type { ApiServerState } from './state.ts'
import type { ApiResponse } from './status.ts'
import type { Watcher, WatchEvent } from './watchers.ts'
import { prefixEnd } from '../etcd/kv.ts'
import { compact, createServer, openStream, put, range, takeResponses, txn, watchCreate } from '../etcd/server.ts'
import { bootstrapObjects } from './bootstrap.ts'
import { timestamp } from './context.ts'
import { handleRequest } from './handle.ts'
import { resourceTypes } from './registry/resources.ts'
import { answerLocally, createState } from './state.ts'
import { progress, receive } from './watch-cache.ts'
import { eventFor, watcherDue } from './watchers.ts'
import './extras.ts'

/** Server and etcd together, and the events that watchers have not taken yet. */
export interface Direct {
  server: ApiServerState
  etcd: Server
  pending: Record<string, WatchEvent[]>
  /** State of the random numbers. */
  seed: number
  /** When the next compaction is due, ms, and up to which revision. */
  compactAt: number
  compactTo: number
}

const stream = 'kube-apiserver'

/** Models the linear congruential generator of Numerical Recipes: names and uids only have to differ. */
function draw(direct: Direct): number {
  direct.seed = (direct.seed * 1664525 + 1013904223) % 2 ** 32
  return direct.seed / 2 ** 32
}

/** A server over an empty etcd, with what a cluster starts with. `now` in ms since 1970. */
export function createDirect(config: Partial<ApiServerConfig> = {}, now = 0, seed = 1): Direct {
  const etcd = createServer()
  const server = createState(config, etcd.store.revision)
  const direct: Direct = { server, etcd, pending: {}, seed, compactAt: now + server.config.compactionInterval, compactTo: 0 }
  openStream(etcd, stream, now)
  resourceTypes.forEach(({ prefix }, index) => watchCreate(etcd, stream, { key: prefix, rangeEnd: prefixEnd(prefix), watchId: index + 1, prevKv: true }))
  for (const { key, object } of bootstrapObjects(timestamp(now)))
    put(etcd, { key, value: object })
  drain(direct)
  return direct
}

/** etcd's events into the caches, and on to the watchers. */
function drain(direct: Direct): void {
  for (const { watchId, events } of takeResponses(direct.etcd, stream)) {
    const cache = direct.server.caches[resourceTypes[watchId - 1]?.resource ?? '']
    for (const event of cache ? events : []) {
      const change = receive(cache!, event)
      for (const watcher of Object.values(direct.server.watchers)) {
        const own = watcher.resource === cache!.resource && eventFor(watcher, change)
        if (own)
          direct.pending[watcher.id]!.push(own)
      }
    }
  }
}

function answer(direct: Direct, effect: Effect, now: number): unknown {
  const local = answerLocally(direct.server, effect, now, () => draw(direct), (watcher, events) => {
    direct.pending[watcher.id] = [...events]
  })
  if (local)
    return local.answer
  switch (effect.ask) {
    case 'range':
      return range(direct.etcd, effect.request)
    case 'txn': {
      const response = txn(direct.etcd, effect.request)
      drain(direct)
      return response
    }
    case 'fresh': {
      const cache = direct.server.caches[effect.resource]!
      if (cache.revision < effect.revision)
        progress(cache, direct.etcd.store.revision)
      return cache.revision
    }
    default:
      return undefined
  }
}

/** Answers a request that arrives at `now`. A watch's events are there to be taken at once. */
export function handle(direct: Direct, request: ApiRequest, now: number): ApiResponse {
  pass(direct, now)
  const flow = handleRequest(request, direct.server.config, now)
  let step = flow.next()
  while (!step.done) {
    try {
      step = flow.next(answer(direct, step.value, now))
    }
    catch (error) {
      step = flow.throw(error)
    }
  }
  return step.value
}

/** What time brings: compactions, bookmarks, the ends of watches. */
export function pass(direct: Direct, now: number): void {
  const { server, etcd } = direct
  while (direct.compactAt <= now) {
    // The server compacts what was there one interval ago, and notes in a key of its own that it did.
    const previous = direct.compactTo
    put(etcd, { key: 'compact_rev_key', value: String(previous) })
    direct.compactTo = etcd.store.revision
    if (previous > etcd.store.compactRevision) {
      compact(etcd, { revision: previous })
      for (const cache of Object.values(server.caches))
        cache.compacted = previous
    }
    direct.compactAt += server.config.compactionInterval
  }
  for (const watcher of Object.values(server.watchers))
    direct.pending[watcher.id]!.push(...watcherDue(watcher, server.caches[watcher.resource]!, now))
}

/** The events that a watch has got and not taken, and whether it is closed. */
export function takeEvents(direct: Direct, id: string): { events: WatchEvent[], closed: boolean } {
  const watcher: Watcher | undefined = direct.server.watchers[id]
  return { events: direct.pending[id]?.splice(0) ?? [], closed: !watcher || watcher.closed }
}

/** The client goes away. */
export function closeWatch(direct: Direct, id: string): void {
  delete direct.server.watchers[id]
  delete direct.pending[id]
}
