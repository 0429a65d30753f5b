/**
 * Each watch cache is filled by one list and fed by one watch of etcd. A watch that breaks goes on at another member from where
 * it was; when that doesn't succeed for half a minute, or its past is compacted, the cache is filled anew and its watchers end.
 *
 * Models staging/src/k8s.io/client-go/tools/cache/reflector.go as the cacher uses it
 */
import type { RangeResponse } from '../etcd/kv.ts'
import type { WatchResponse } from '../etcd/watch.ts'
import type { Context } from '../simulation.ts'
import type { ApiServerActor, Feed } from './actor-state.ts'
import { prefixEnd } from '../etcd/kv.ts'
import { summarise } from '../etcd/summary.ts'
import { memberOf, nextMember } from './actor-state.ts'
import { endWatch, fanOut } from './fan-out.ts'
import { wakeFresh } from './in-flight.ts'
import { resourceNamed } from './registry/resources.ts'
import { objectOf } from './storage.ts'
import { createWatchCache, progress, receive } from './watch-cache.ts'

/** Before a broken list or watch is tried again, and after which time without a watch the cache is given up, in ms. */
const retryAfter = 1_000
const giveUpAfter = 30_000

const streamOf = (resource: string, { number }: Feed) => `${resource} ${number}`

/** Reads everything of a resource from etcd, to fill its cache. */
export function listFromEtcd(actor: ApiServerActor, resource: string, context: Context): void {
  const { prefix } = resourceNamed(resource)
  const feed: Feed = { phase: 'listing', number: ++actor.numbers, endpoint: memberOf(actor) }
  actor.feeds[resource] = feed
  const payload = { id: `list ${resource} ${feed.number}`, request: { key: prefix, rangeEnd: prefixEnd(prefix) } }
  context.send(feed.endpoint, 'Range', payload, summarise('Range', payload))
}

/** etcd's answer to such a list. @returns whether it was one */
export function takeList(actor: ApiServerActor, { id, response, error }: { id: unknown, response?: RangeResponse, error?: object }, context: Context): boolean {
  const [kind, resource = '', number] = String(id).split(' ')
  if (kind !== 'list')
    return false
  const feed = actor.feeds[resource]
  if (feed?.number !== Number(number))
    return true
  if (error) {
    nextMember(actor)
    context.setTimer(`feed ${resource}`, retryAfter, resource)
    return true
  }
  const objects = response!.kvs.map(kv => ({ key: kv.key, object: objectOf(kv) }))
  actor.server.caches[resource] = createWatchCache(resource, response!.header.revision!, actor.server.config.cacheCapacity, objects)
  watchEtcd(actor, resource, context)
  return true
}

function watchEtcd(actor: ApiServerActor, resource: string, context: Context): void {
  const { prefix } = resourceNamed(resource)
  const { lostAt } = actor.feeds[resource] ?? {}
  const feed: Feed = { phase: 'watching', number: ++actor.numbers, endpoint: memberOf(actor), ...(lostAt !== undefined && { lostAt }) }
  actor.feeds[resource] = feed
  const create = { key: prefix, rangeEnd: prefixEnd(prefix), startRevision: actor.server.caches[resource]!.revision + 1, prevKv: true, progressNotify: true }
  const payload = { stream: streamOf(resource, feed), create, requireLeader: true }
  context.send(feed.endpoint, 'Watch', payload, { watch: prefix, startRevision: create.startRevision })
}

/** The watch of a resource is broken. */
function lose(actor: ApiServerActor, resource: string, context: Context): void {
  const feed = actor.feeds[resource]!
  feed.phase = 'lost'
  feed.lostAt ??= context.now
  context.setTimer(`feed ${resource}`, retryAfter, resource)
}

/** Nothing that the cache holds can be relied on: its watchers must begin anew. */
function startAnew(actor: ApiServerActor, resource: string, context: Context): void {
  delete actor.server.caches[resource]
  for (const watcher of Object.values(actor.server.watchers).filter(each => each.resource === resource))
    endWatch(actor, watcher.id, context)
  listFromEtcd(actor, resource, context)
}

/** The time has come to try again. */
export function retryFeed(actor: ApiServerActor, resource: string, context: Context): void {
  const feed = actor.feeds[resource]
  if (!feed || feed.phase === 'listing')
    return listFromEtcd(actor, resource, context)
  if (context.now - (feed.lostAt ?? context.now) >= giveUpAfter)
    return startAnew(actor, resource, context)
  nextMember(actor)
  watchEtcd(actor, resource, context)
}

/** What etcd tells a watch: events into the cache and on to the watchers, progress, or the end. */
export function takeWatchResponse(actor: ApiServerActor, { stream, response, error }: { stream: string, response?: WatchResponse, error?: object }, context: Context): void {
  const [resource = ''] = stream.split(' ')
  const feed = actor.feeds[resource]
  const cache = actor.server.caches[resource]
  if (!feed || !cache || streamOf(resource, feed) !== stream)
    return
  if (error)
    return lose(actor, resource, context)
  if (response!.canceled)
    return response!.compactRevision ? startAnew(actor, resource, context) : lose(actor, resource, context)
  delete feed.lostAt
  for (const event of response!.events)
    fanOut(actor, resource, receive(cache, event), context)
  if (!response!.events.length && !response!.created)
    progress(cache, response!.header.revision ?? 0)
  wakeFresh(actor, resource, context)
}

/** A member is gone, and with it the lists and watches that ran there. */
export function feedsGone(actor: ApiServerActor, peer: string, context: Context): void {
  for (const [resource, feed] of Object.entries(actor.feeds).filter(([, { endpoint }]) => endpoint === peer)) {
    if (feed.phase === 'watching')
      lose(actor, resource, context)
    else if (feed.phase === 'listing')
      context.setTimer(`feed ${resource}`, retryAfter, resource)
  }
}
