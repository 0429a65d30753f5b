/**
 * A request's way through the server, written as one straight function that asks for what it needs by yielding plain data.
 * Whoever runs it answers: at once from a store at hand (direct.ts), or by a message to etcd (server.ts). A request in flight
 * is then the list of answers so far: running the function again over that list brings it to where it stood.
 */
import type { RangeRequest, RangeResponse, TxnRequest, TxnResponse } from '../etcd/kv.ts'
import type { User } from './context.ts'
import type { Doc } from './status.ts'

/** The stages that a request passes, in their order. */
export type Stage = 'authentication' | 'authorization' | 'mutating-admission' | 'validation' | 'validating-admission' | 'storage'

/** What the server has found out about a request so far. */
export interface Known {
  user?: User
  /** Why it was allowed, in the authorizer's words; '' where it gives no reason. */
  reason?: string
  /** The object as it is now: what was sent, and what has been added. */
  object?: Doc
}

/** What a flow asks for. */
export type Effect
  = | { ask: 'stage', stage: Stage }
    | { ask: 'range', request: RangeRequest }
    | { ask: 'txn', request: TxnRequest }
    /** Objects of a watch cache, all or those of a namespace, or one. */
    | { ask: 'cached', resource: string, namespace?: string, name?: string }
    /** Wait (at most three seconds) until the cache has seen a revision; answers with the one that it has. */
    | { ask: 'fresh', resource: string, revision: number }
    /** Keys and objects of a cache as they were at a revision; undefined when it doesn't go back that far. */
    | { ask: 'snapshot', resource: string, revision: number }
    /** A watch is to be opened: answers with its id. */
    | { ask: 'watch', watch: WatchRequest }
    /** Nothing: it tells what it has found out. */
    | { ask: 'note', known: Known }
    /** Random characters: letters and digits as in generated names, or hexadecimal ones. */
    | { ask: 'random', length: number, hex?: boolean }

/** A watch as asked for. */
export interface WatchRequest {
  resource: string
  namespace: string
  labels: string
  fields: string
  /** Events after this one; undefined: the present state first, as ADDED. */
  after?: number
  bookmarks: boolean
  /** A bookmark marks the end of the initial events. */
  initialEventsEnd: boolean
  timeoutSeconds?: number
}

export type Flow<T> = Generator<Effect, T, any>

/** One object in a cache. */
export interface CachedObject {
  key: string
  object: Doc
}

export function* enter(stage: Stage): Flow<void> {
  yield { ask: 'stage', stage }
}

export function* note(known: Known): Flow<void> {
  yield { ask: 'note', known }
}

export function* range(request: RangeRequest): Flow<RangeResponse> {
  return yield { ask: 'range', request }
}

export function* txn(request: TxnRequest): Flow<TxnResponse> {
  return yield { ask: 'txn', request }
}

/** All objects of a resource (of a namespace) that the server's own cache holds, in the order of their keys. */
export function* cachedList(resource: string, namespace?: string): Flow<CachedObject[]> {
  return yield { ask: 'cached', resource, ...(namespace && { namespace }) }
}

export function* cachedOne(resource: string, namespace: string, name: string): Flow<Doc | undefined> {
  const found: CachedObject[] = yield { ask: 'cached', resource, ...(namespace && { namespace }), name }
  return found[0]?.object
}

export function* random(length: number, hex = false): Flow<string> {
  return yield { ask: 'random', length, ...(hex && { hex }) }
}

/** A random UUID. */
export function* uuid(): Flow<string> {
  const digits = yield* random(32, true)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`
}
