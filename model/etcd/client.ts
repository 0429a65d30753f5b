// Models client/v3: watch.go (resuming) and retry.go, as an actor of the simulation
import type { Context, Handler, Input } from '../simulation.ts'
import type { Event } from './kv.ts'
import type { WatchMessage } from './streams.ts'
import type { WatchCreateRequest, WatchResponse } from './watch.ts'
import { etcdError } from './errors.ts'
import { summarise } from './summary.ts'

/** What became of a call: the member's response or refusal; neither where the connection broke before an answer. */
export interface Outcome {
  id: number
  kind: string
  request: any
  endpoint: string
  /** ms. */
  sent: number
  /** ms; absent while there is no answer. */
  answered?: number
  response?: any
  error?: { code: number, message: string }
}

/** A watch that goes on at another member when its own is gone, from the revision after the last that it saw. */
export interface ClientWatch {
  create: WatchCreateRequest
  endpoint: string
  /** Counts how often it was opened: each time on a stream of its own. */
  opened: number
  /** Attempts to open it that failed, since it last was open. */
  failures: number
  /** Where it resumes; 0 until anything is known. */
  nextRevision: number
  events: Event[]
  /** What it asked for is compacted up to here: it is over, its owner must list anew. */
  compactRevision?: number
  /** Why it was refused, or ended (no leader): it is over. */
  cancelReason?: string
  requireLeader: boolean
}

/** A client of the cluster: plain data. */
export interface Client {
  endpoints: string[]
  calls: number
  outcomes: Outcome[]
  watches: Record<string, ClientWatch>
}

/** A message that has the client do something: make a call (and give it up after `timeout` ms), or open (close) a watch of a name of its own. */
export type ClientOrder
  = | { call: string, request: object, endpoint?: string, requireLeader?: boolean, timeout?: number }
    | { watch: string, create: WatchCreateRequest, endpoint?: string, requireLeader?: boolean }
    | { close: string }

/** Before a broken watch is opened anew, ms: at first, and after the first, second, … attempt that failed (as gRPC backs off). */
const [firstRetry, laterRetry, retryGrowth, lastRetry] = [100, 1000, 1.6, 120_000]

export function createClient(endpoints: string[]): Client {
  return { endpoints, calls: 0, outcomes: [], watches: {} }
}

/** Behaves as a client: takes orders from whoever isn't a member, keeps the outcomes. */
export const handleClientActor: Handler<Client> = (client, input, context) => {
  if (input.type === 'reset') {
    lose(client, input.peer, context)
  }
  else if (input.type === 'timer') {
    if (input.name.startsWith('call '))
      giveUp(client, input.payload, context)
    else
      open(client, input.payload, context)
  }
  else if (input.type === 'message') {
    const { from, kind, payload } = input.message
    if (!client.endpoints.includes(from))
      carryOut(client, payload, context)
    else if (kind === 'WatchResponse')
      takeWatchResponse(client, input)
    else
      takeAnswer(client, payload, context)
  }
}

function carryOut(client: Client, order: ClientOrder, context: Context): void {
  if ('call' in order) {
    const id = ++client.calls
    const { call, request, requireLeader = false, timeout, endpoint = client.endpoints[id % client.endpoints.length]! } = order
    client.outcomes.push({ id, kind: call, request, endpoint, sent: context.now })
    const payload = { id, request, requireLeader }
    context.send(endpoint, call, payload, summarise(call, payload))
    if (timeout)
      context.setTimer(`call ${id}`, timeout, id)
  }
  else if ('watch' in order) {
    const { watch, create, requireLeader = false, endpoint = client.endpoints[0]! } = order
    client.watches[watch] = { create, endpoint, opened: 0, failures: 0, nextRevision: create.startRevision ?? 0, events: [], requireLeader }
    open(client, watch, context)
  }
  else {
    const watch = client.watches[order.close]!
    context.send(watch.endpoint, 'Watch', { stream: streamOf(order.close, watch), close: true }, { close: true })
    delete client.watches[order.close]
  }
}

function streamOf(name: string, watch: ClientWatch): string {
  return `${name} ${watch.opened}`
}

function open(client: Client, name: string, context: Context): void {
  const watch = client.watches[name]
  if (!watch)
    return
  watch.opened += 1
  const create = { ...watch.create, startRevision: watch.nextRevision }
  const payload: WatchMessage = { stream: streamOf(name, watch), create, requireLeader: watch.requireLeader }
  context.send(watch.endpoint, 'Watch', payload, summarise('Watch', payload))
}

/** The connection to a member broke: what it had not answered stays unknown, its watches move on. */
function lose(client: Client, endpoint: string, context: Context): void {
  for (const outcome of client.outcomes) {
    if (outcome.endpoint === endpoint && outcome.answered === undefined)
      outcome.answered = context.now
  }
  for (const [name, watch] of Object.entries(client.watches)) {
    if (watch.endpoint === endpoint && !isOver(watch))
      move(client, name, watch, context)
  }
}

function isOver(watch: ClientWatch): boolean {
  return watch.compactRevision !== undefined || watch.cancelReason !== undefined
}

/** Opens a watch anew, at the next member. */
function move(client: Client, name: string, watch: ClientWatch, context: Context): void {
  watch.endpoint = client.endpoints[(client.endpoints.indexOf(watch.endpoint) + 1) % client.endpoints.length]!
  const delay = watch.failures === 0 ? firstRetry : Math.min(laterRetry * retryGrowth ** (watch.failures - 1), lastRetry)
  watch.failures += 1
  context.setTimer(`watch ${name}`, delay, name)
}

function takeAnswer(client: Client, payload: Outcome, context: Context): void {
  const outcome = client.outcomes[payload.id - 1]!
  if (outcome.answered !== undefined)
    return
  const { response, error } = payload
  Object.assign(outcome, { answered: context.now }, error ? { error } : { response })
  context.clearTimer(`call ${outcome.id}`)
}

function giveUp(client: Client, id: number, context: Context): void {
  const outcome = client.outcomes[id - 1]!
  if (outcome.answered !== undefined)
    return
  const { code, message } = etcdError('deadlineExceeded')
  Object.assign(outcome, { answered: context.now, error: { code, message } })
  context.send(outcome.endpoint, 'Cancel', { id }, { id })
}

function takeWatchResponse(client: Client, { message }: Input & { type: 'message' }): void {
  const { stream, response, error } = message.payload as { stream: string, response?: WatchResponse, error?: { message: string } }
  const [name, watch] = Object.entries(client.watches).find(([name, watch]) => streamOf(name, watch) === stream) ?? []
  if (!name || !watch || message.from !== watch.endpoint)
    return
  if (error) {
    watch.cancelReason = error.message
    return
  }
  const { header, events, created, canceled, compactRevision, cancelReason } = response!
  if (canceled) {
    Object.assign(watch, compactRevision ? { compactRevision } : { cancelReason: cancelReason ?? '' })
    return
  }
  if (created)
    watch.failures = 0
  if (created && watch.nextRevision === 0)
    watch.nextRevision = header.revision! + 1
  if (events.length > 0) {
    watch.events.push(...events)
    watch.nextRevision = events.at(-1)!.kv.modRevision + 1
  }
  else if (!created) {
    watch.nextRevision = Math.max(watch.nextRevision, header.revision! + 1)
  }
}
