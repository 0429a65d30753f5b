/**
 * The API server in the simulation: requests, answers, events, and what it asks of etcd are messages.
 *
 * Models cmd/kube-apiserver/app/server.go
 */
import type { Context, Handler, Input, Simulation } from '../simulation.ts'
import type { ApiServerActor, RequestMessage, WatchEndMessage } from './actor-state.ts'
import type { ApiServerConfig, User } from './context.ts'
import { addActor, setLatency } from '../simulation.ts'
import { createActor, memberOf } from './actor-state.ts'
import { bootstrapObjects } from './bootstrap.ts'
import { feedsGone, listFromEtcd, retryFeed, takeList, takeWatchResponse } from './cache-feed.ts'
import { timestamp } from './context.ts'
import { watchersDue } from './fan-out.ts'
import { accept, giveUp, memberGone, resume, retry, stopWaiting, takeAnswer } from './in-flight.ts'
import { resourceTypes } from './registry/resources.ts'
import { createState } from './state.ts'

export interface ApiServerOptions {
  /** `kube-apiserver` by default. */
  name?: string
  /** The etcd members that it talks to; it stays with the first while that answers. */
  endpoints: string[]
  config?: Partial<ApiServerConfig>
  /** Users by the client's name, where that isn't plain from the name (see certificateOf). */
  users?: Record<string, User>
  /** ms since 1970 at the simulation's zero; a day in November 2026 by default. */
  epoch?: number
  /** How long each stage of a request takes, ms. */
  stageTime?: number
}

/** The simulation's zero: some day. */
const defaultEpoch = 1_795_359_600_000

/** Adds the server. It is ready when it has filled its caches (see isReady); requests that come before wait. */
export function addApiServer(simulation: Simulation, { name = 'kube-apiserver', endpoints, config = {}, users = {}, epoch = defaultEpoch, stageTime = 1 }: ApiServerOptions): string {
  addActor(simulation, name, 'apiserver', createActor(endpoints, { authorization: 'RBAC', anonymous: true, ...config }, users, epoch))
  setLatency(simulation, [name, name], stageTime)
  return name
}

/** Whether every cache is filled. */
export function isReady({ server, bootstrap, feeds }: ApiServerActor): boolean {
  return bootstrap === 0 && Object.keys(feeds).length > 0 && resourceTypes.every(({ resource }) => server.caches[resource])
}

/** The server's state in a simulation. */
export function apiServerOf(simulation: Simulation, name = 'kube-apiserver'): ApiServerActor {
  return simulation.actors[name]!.state as ApiServerActor
}

/** Memory is empty: first the objects that a cluster begins with, then the caches. */
function start(actor: ApiServerActor, context: Context): void {
  const { endpoints, options, users, epoch } = actor
  Object.assign(actor, createActor(endpoints, options, users, epoch))
  actor.server = { ...createState(options), caches: {} }
  const objects = bootstrapObjects(timestamp(epoch + context.now))
  actor.bootstrap = objects.length
  objects.forEach((_, index) => writeBootstrap(actor, index, context))
  context.setTimer('compaction', actor.server.config.compactionInterval)
}

function writeBootstrap(actor: ApiServerActor, index: number, context: Context): void {
  const { key, object } = bootstrapObjects(timestamp(actor.epoch + context.now))[index]!
  const request = { compare: [{ key, target: 'MOD', result: 'EQUAL', modRevision: 0 }], success: [{ put: { key, value: object } }] }
  context.send(memberOf(actor), 'Txn', { id: `bootstrap ${index}`, request }, { put: key })
}

/** @returns whether the answer belonged to a bootstrap write */
function takeBootstrap(actor: ApiServerActor, { id, error }: { id: unknown, error?: object }, context: Context): boolean {
  const [kind, index] = String(id).split(' ')
  if (kind !== 'bootstrap')
    return false
  if (error) {
    context.setTimer(`bootstrap ${index}`, 1_000, Number(index))
    return true
  }
  actor.bootstrap -= 1
  if (actor.bootstrap === 0)
    resourceTypes.forEach(({ resource }) => listFromEtcd(actor, resource, context))
  return true
}

/** Models staging/src/k8s.io/apiserver/pkg/storage/etcd3/compact.go: what was there one interval ago is compacted. */
function compaction(actor: ApiServerActor, context: Context): void {
  const revision = actor.compactTo
  context.send(memberOf(actor), 'Put', { id: 'compaction', request: { key: 'compact_rev_key', value: String(revision) } }, { key: 'compact_rev_key' })
  if (revision > 0) {
    context.send(memberOf(actor), 'Compaction', { id: 'compacted', request: { revision } }, { revision })
    for (const cache of Object.values(actor.server.caches))
      cache.compacted = revision
  }
  context.setTimer('compaction', actor.server.config.compactionInterval)
}

function takeMessage(actor: ApiServerActor, { message }: Input & { type: 'message' }, context: Context): void {
  const { kind, payload, from } = message
  switch (kind) {
    case 'Request':
      if (actor.serving)
        return accept(actor, from, payload as RequestMessage, context)
      actor.early.push({ client: from, message: payload as RequestMessage })
      return
    case 'CloseWatch': {
      const own = Object.entries(actor.clients).find(([, { client, id }]) => client === from && id === (payload as WatchEndMessage).id)
      if (own) {
        delete actor.clients[own[0]]
        delete actor.server.watchers[own[0]]
      }
      return
    }
    case 'Stage':
      return resume(actor, (payload as { key: string }).key, { value: undefined }, context)
    case 'WatchResponse':
      return takeWatchResponse(actor, payload as never, context)
    case 'PutResponse':
      actor.compactTo = payload.response?.header.revision ?? actor.compactTo
      return
    default:
      if (takeBootstrap(actor, payload, context) || takeList(actor, payload, context))
        return admitEarly(actor, context)
      takeAnswer(actor, payload, context)
  }
}

function admitEarly(actor: ApiServerActor, context: Context): void {
  if (!actor.serving && isReady(actor)) {
    actor.serving = true
    for (const { client, message } of actor.early.splice(0))
      accept(actor, client, message, context)
  }
}

function takeTimer(actor: ApiServerActor, { name, payload }: Input & { type: 'timer' }, context: Context): void {
  const [kind] = name.split(' ')
  switch (kind) {
    case 'watchers': return watchersDue(actor, context)
    case 'compaction': return compaction(actor, context)
    case 'feed': return retryFeed(actor, payload as string, context)
    case 'bootstrap': return writeBootstrap(actor, payload as number, context)
    case 'deadline': return giveUp(actor, payload as string, context)
    case 'retry': return retry(actor, payload as string, context)
    case 'fresh': return stopWaiting(actor, payload as string, context)
  }
}

function takeReset(actor: ApiServerActor, peer: string, context: Context): void {
  if (actor.endpoints.includes(peer)) {
    memberGone(actor, peer, context)
    feedsGone(actor, peer, context)
    if (actor.bootstrap > 0) {
      // Every bootstrap write is made again: one that was taken changes nothing the second time.
      Object.assign(actor, { bootstrap: bootstrapObjects('').length })
      bootstrapObjects('').forEach((_, index) => context.setTimer(`bootstrap ${index}`, 1_000, index))
    }
    return
  }
  for (const [id, { client }] of Object.entries(actor.clients)) {
    if (client === peer) {
      delete actor.clients[id]
      delete actor.server.watchers[id]
    }
  }
}

/** Behaves as an API server. */
export const handleApiServer: Handler<ApiServerActor> = (actor, input, context) => {
  if (input.type === 'start')
    start(actor, context)
  else if (input.type === 'message')
    takeMessage(actor, input, context)
  else if (input.type === 'timer')
    takeTimer(actor, input, context)
  else
    takeReset(actor, input.peer, context)
}
