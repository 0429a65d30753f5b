/** The API server as an actor of the simulation: its state, and the messages that it takes and sends. */
import type { RangeRequest, TxnRequest } from '../etcd/kv.ts'
import type { Summary } from '../trace.ts'
import type { ApiServerConfig, User } from './context.ts'
import type { Stage } from './flow.ts'
import type { ApiRequest } from './requests.ts'
import type { ApiServerState } from './state.ts'
import type { ApiResponse } from './status.ts'
import type { WatchEvent } from './watchers.ts'
import { createState } from './state.ts'

/**
 * Messages to the server: `Request` (answered by `Response`, and for a watch by `WatchEvent`s until `WatchClosed`), `CloseWatch`.
 * `id` is the client's own.
 */
export interface RequestMessage { id: number, request: ApiRequest }
export interface ResponseMessage { id: number, response: ApiResponse }
export interface WatchEventMessage { id: number, event: WatchEvent }
export interface WatchEndMessage { id: number }

/** What a flow was answered: a value, or an error of etcd. */
export type Answer = { value: unknown } | { error: string }

/** A request in flight. Its flow run over `log` stands where the request stands. */
export interface InFlight {
  key: string
  client: string
  id: number
  request: ApiRequest
  /** What the trace says of it. */
  summary: Summary
  /** ms of the virtual clock. */
  arrived: number
  log: Answer[]
  stage?: Stage
  /** What it waits for from etcd, and from which member. */
  asked?: { call: 'Range' | 'Txn', request: RangeRequest | TxnRequest, endpoint: string, number: number }
  /** The revision of a cache that it waits for. */
  fresh?: { resource: string, revision: number }
}

/** Where the etcd watch of one resource stands. */
export interface Feed {
  phase: 'listing' | 'watching' | 'lost'
  /** Counts lists and watches, so that an answer of an older one is known as such. */
  number: number
  endpoint: string
  /** When the watch was lost, ms. */
  lostAt?: number
}

/** State of the actor: plain data. */
export interface ApiServerActor {
  endpoints: string[]
  endpoint: number
  /** ms since 1970 at the simulation's zero. */
  epoch: number
  options: Partial<ApiServerConfig>
  /** The user that a client is by its certificate, by the client's name. */
  users: Record<string, User>
  server: ApiServerState
  flights: Record<string, InFlight>
  feeds: Record<string, Feed>
  /** Bootstrap writes that are not answered. */
  bootstrap: number
  /** Whether all caches have been filled. */
  serving: boolean
  /** Requests that came before that. */
  early: { client: string, message: RequestMessage }[]
  /** Whose watch it is, by the watch's id. */
  clients: Record<string, { client: string, id: number }>
  numbers: number
  /** The revision that the next compaction goes up to. */
  compactTo: number
}

/** A server that talks to these etcd members. */
export function createActor(endpoints: string[], options: Partial<ApiServerConfig>, users: Record<string, User>, epoch: number): ApiServerActor {
  return { endpoints, endpoint: 0, epoch, options, users, server: createState(options), flights: {}, feeds: {}, bootstrap: 0, serving: false, early: [], clients: {}, numbers: 0, compactTo: 0 }
}

/** The member that is asked now. */
export const memberOf = (actor: ApiServerActor): string => actor.endpoints[actor.endpoint]!

/** The next one, when that didn't answer. */
export function nextMember(actor: ApiServerActor): void {
  actor.endpoint = (actor.endpoint + 1) % actor.endpoints.length
}

/** Who a client is by its certificate: components by the names that kubeadm gives them. */
export function certificateOf(actor: ApiServerActor, client: string): User {
  const [component = '', node] = client.split('/')
  const groups = ['system:authenticated']
  const known = actor.users[client] ?? actor.users[component]
  if (known)
    return known
  if (component === 'kubelet')
    return { name: `system:node:${node ?? ''}`, groups: ['system:nodes', ...groups] }
  return /^(?:kube-|cloud-)/.test(component) ? { name: `system:${component}`, groups } : { name: 'kubernetes-admin', groups: ['system:masters', ...groups] }
}
