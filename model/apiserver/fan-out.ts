/** From a watch cache to its watchers: one message an event and watcher. */
import type { Context } from '../simulation.ts'
import type { ApiServerActor } from './actor-state.ts'
import type { CacheEvent } from './watch-cache.ts'
import type { Watcher, WatchEvent } from './watchers.ts'
import { eventFor, watcherDue } from './watchers.ts'

/** Sends events to the client that opened the watch. */
export function sendEvents(actor: ApiServerActor, watcher: Watcher, events: readonly WatchEvent[], context: Context): void {
  const { client, id } = actor.clients[watcher.id]!
  for (const event of events) {
    const { name, resourceVersion } = event.object.metadata ?? {}
    context.send(client, 'WatchEvent', { id, event }, { type: event.type, resource: watcher.resource, ...(name && { name }), ...(resourceVersion && { resourceVersion }), ...(event.object.code && { code: event.object.code }) })
  }
  if (watcher.closed)
    endWatch(actor, watcher.id, context)
}

/** Ends a watch from the server's side. */
export function endWatch(actor: ApiServerActor, id: string, context: Context): void {
  const owner = actor.clients[id]
  const watcher = actor.server.watchers[id]
  delete actor.server.watchers[id]
  delete actor.clients[id]
  if (owner && watcher)
    context.send(owner.client, 'WatchClosed', { id: owner.id }, { resource: watcher.resource })
}

/** A change of a cache goes to every watcher that it concerns. */
export function fanOut(actor: ApiServerActor, resource: string, change: CacheEvent, context: Context): void {
  for (const watcher of Object.values(actor.server.watchers)) {
    const event = watcher.resource === resource && eventFor(watcher, change)
    if (event)
      sendEvents(actor, watcher, [event], context)
  }
}

/** The server's clock for watchers is the wall clock. */
const wallClock = (actor: ApiServerActor, context: Context) => actor.epoch + context.now

/** Sets the timer for the next bookmark or end of a watch. */
export function setWatcherTimer(actor: ApiServerActor, context: Context): void {
  const due = Math.min(...Object.values(actor.server.watchers).flatMap(({ bookmarkAt = Infinity, closesAt = Infinity }) => [bookmarkAt, closesAt]))
  if (due < Infinity)
    context.setTimer('watchers', Math.max(0, due - wallClock(actor, context)))
}

/** Bookmarks that are due, and watches whose time is over. */
export function watchersDue(actor: ApiServerActor, context: Context): void {
  for (const watcher of Object.values(actor.server.watchers)) {
    const cache = actor.server.caches[watcher.resource]
    if (cache)
      sendEvents(actor, watcher, watcherDue(watcher, cache, wallClock(actor, context)), context)
  }
  setWatcherTimer(actor, context)
}
