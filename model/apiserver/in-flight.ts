/** Requests in flight: each is driven until it has to wait, for a stage, for etcd, or for a cache. */
import type { Context } from '../simulation.ts'
import type { Summary } from '../trace.ts'
import type { Answer, ApiServerActor, InFlight, RequestMessage } from './actor-state.ts'
import type { Effect, Flow, Known } from './flow.ts'
import type { ApiRequest } from './requests.ts'
import type { ApiResponse } from './status.ts'
import { summarise } from '../etcd/summary.ts'
import { certificateOf, memberOf, nextMember } from './actor-state.ts'
import { sendEvents, setWatcherTimer } from './fan-out.ts'
import { handleRequest } from './handle.ts'
import { requestInfo } from './requests.ts'
import { answerLocally } from './state.ts'
import { failure, internal, Refusal, retryLater } from './status.ts'

/** How long a request may take before it is given up, and how long a call is retried after, in ms. */
const writeTimeout = 34_000
const readTimeout = 60_000
const retryInterval = 500
/** How long a read waits for its cache, in ms. */
const freshTimeout = 3_000

function describe(request: ApiRequest): Summary {
  const { verb, resource, subresource, namespace, name, path } = requestInfo(request)
  return { verb, ...(resource ? { resource: subresource ? `${resource}/${subresource}` : resource } : { path }), ...(namespace && { namespace }), ...(name && { name }) }
}

/** A request arrives. */
export function accept(actor: ApiServerActor, client: string, { id, request }: RequestMessage, context: Context): void {
  const key = `request-${++actor.numbers}`
  // A client's name goes with what it writes, unless it says otherwise.
  const signed = { ...request, headers: { 'user-agent': client, ...request.headers } }
  const flight: InFlight = { key, client, id, request: signed, summary: describe(request), arrived: context.now, log: [] }
  actor.flights[key] = flight
  context.setTimer(`deadline ${key}`, request.method === 'GET' ? readTimeout : writeTimeout, key)
  drive(actor, flight, context)
}

function answer(actor: ApiServerActor, flight: InFlight, response: ApiResponse, context: Context): void {
  delete actor.flights[flight.key]
  for (const timer of ['deadline', 'retry', 'fresh'])
    context.clearTimer(`${timer} ${flight.key}`)
  const { body } = response
  const told = typeof body === 'string' ? {} : body.kind === 'Status' ? { ...(body.reason && { reason: body.reason }) } : { ...(body.metadata?.resourceVersion && { resourceVersion: body.metadata.resourceVersion }) }
  context.send(flight.client, 'Response', { id: flight.id, response }, { ...flight.summary, status: response.status, ...told })
}

/** The request took too long. */
export function giveUp(actor: ApiServerActor, key: string, context: Context): void {
  const flight = actor.flights[key]
  if (flight)
    answer(actor, flight, failure(504, 'Timeout: request did not complete within requested timeout - context deadline exceeded', 'Timeout', {}).response, context)
}

interface Run {
  flow: Flow<ApiResponse>
  /** How many of the flight's answers it has been given. */
  given: number
  step: IteratorResult<Effect, ApiResponse>
}

/** Flows that stand where their flights stand, so that they needn't be run again from the start. Not state: a flight without one is run over its log. */
const runs = new WeakMap<InFlight, Run>()

function begin(actor: ApiServerActor, { client, request, arrived }: InFlight): Run {
  const config = { ...actor.server.config, certificate: certificateOf(actor, client) }
  const flow = handleRequest(request, config, actor.epoch + arrived)
  return { flow, given: 0, step: flow.next() }
}

/** Gives a run the next answer of the flight's log. */
function give(run: Run, { log }: InFlight): void {
  const entry = log[run.given++]!
  run.step = 'error' in entry ? run.flow.throw(new Error(entry.error)) : run.flow.next(entry.value)
}

/** What the server has found out about a client's request in flight, up to where it stands. */
export function knownOf(actor: ApiServerActor, client: string): Known {
  const known: Known = {}
  const flight = Object.values(actor.flights).find(each => each.client === client)
  if (!flight)
    return known
  // A run of its own, so that nothing that is handed out changes later.
  const run = begin(actor, flight)
  while (run.given < flight.log.length) {
    const effect = run.step.value as Effect
    if (effect.ask === 'note')
      Object.assign(known, effect.known)
    give(run, flight)
  }
  return known
}

/** Runs the request's flow on over what it was answered, until it must wait. */
function drive(actor: ApiServerActor, flight: InFlight, context: Context): void {
  const opened: (() => void)[] = []
  try {
    const run = runs.get(flight) ?? begin(actor, flight)
    runs.set(flight, run)
    while (run.given < flight.log.length)
      give(run, flight)
    while (!run.step.done) {
      const effect = run.step.value
      const uninitialised = effect.ask === 'watch' && !actor.server.caches[effect.watch.resource]
      if (uninitialised) {
        run.step = run.flow.throw(retryLater(429, 'storage is (re)initializing', 'TooManyRequests', 2))
        continue
      }
      const local = answerLocally(actor.server, effect, actor.epoch + context.now, context.random, (watcher, events) => {
        actor.clients[watcher.id] = { client: flight.client, id: flight.id }
        opened.push(() => sendEvents(actor, watcher, events, context))
      })
      if (!local)
        return wait(actor, flight, effect, context)
      flight.log.push({ value: local.answer })
      give(run, flight)
    }
    answer(actor, flight, run.step.value, context)
    opened.forEach(send => send())
    setWatcherTimer(actor, context)
  }
  catch (error) {
    answer(actor, flight, (error instanceof Refusal ? error : internal((error as Error).message)).response, context)
  }
}

function wait(actor: ApiServerActor, flight: InFlight, effect: Effect, context: Context): void {
  if (effect.ask === 'stage') {
    flight.stage = effect.stage
    context.send(context.name, 'Stage', { key: flight.key }, { stage: effect.stage, client: flight.client, ...flight.summary })
  }
  else if (effect.ask === 'range' || effect.ask === 'txn') {
    ask(actor, flight, effect.ask === 'range' ? 'Range' : 'Txn', effect.request, context)
  }
  else if (effect.ask === 'fresh') {
    flight.fresh = { resource: effect.resource, revision: effect.revision }
    if ((actor.server.caches[effect.resource]?.revision ?? 0) >= effect.revision)
      return wakeFresh(actor, effect.resource, context)
    const feed = actor.feeds[effect.resource]
    if (feed?.phase === 'watching')
      context.send(feed.endpoint, 'Watch', { stream: `${effect.resource} ${feed.number}`, progress: true }, { progress: effect.resource })
    context.setTimer(`fresh ${flight.key}`, freshTimeout, flight.key)
  }
}

function ask(actor: ApiServerActor, flight: InFlight, call: 'Range' | 'Txn', request: object, context: Context): void {
  const number = ++actor.numbers
  const endpoint = memberOf(actor)
  flight.asked = { call, request: request as never, endpoint, number }
  const payload = { id: number, request }
  context.send(endpoint, call, payload, summarise(call, payload))
}

/** Goes on with the request that waited for this. */
export function resume(actor: ApiServerActor, key: string, entry: Answer, context: Context): void {
  const flight = actor.flights[key]
  if (!flight)
    return
  flight.log.push(entry)
  delete flight.asked
  delete flight.fresh
  drive(actor, flight, context)
}

/** The requests whose cache has come as far as they wait for. */
export function wakeFresh(actor: ApiServerActor, resource: string, context: Context): void {
  const revision = actor.server.caches[resource]?.revision ?? 0
  for (const flight of Object.values(actor.flights)) {
    if (flight.fresh?.resource === resource && flight.fresh.revision <= revision) {
      context.clearTimer(`fresh ${flight.key}`)
      resume(actor, flight.key, { value: revision }, context)
    }
  }
}

/** The cache didn't come that far in time. */
export function stopWaiting(actor: ApiServerActor, key: string, context: Context): void {
  const resource = actor.flights[key]?.fresh?.resource
  const cache = resource && actor.server.caches[resource]
  if (cache)
    resume(actor, key, { value: cache.revision }, context)
}

/** Reads are tried again until the request's own time is over, and so are creates; an update is answered with etcd's error. */
function retries(flight: InFlight): boolean {
  return flight.asked?.call === 'Range' || flight.request.method === 'POST'
}

/** etcd's answer to a call of a request. @returns whether it was one */
export function takeAnswer(actor: ApiServerActor, { id, response, error }: { id: number, response?: unknown, error?: { message: string } }, context: Context): boolean {
  const flight = Object.values(actor.flights).find(({ asked }) => asked?.number === id)
  if (!flight)
    return false
  if (!error)
    resume(actor, flight.key, { value: response }, context)
  else if (retries(flight) && !error.message.includes('compacted'))
    context.setTimer(`retry ${flight.key}`, retryInterval, flight.key)
  else
    resume(actor, flight.key, { error: error.message }, context)
  return true
}

/** Asks again. */
export function retry(actor: ApiServerActor, key: string, context: Context): void {
  const flight = actor.flights[key]
  if (flight?.asked)
    ask(actor, flight, flight.asked.call, flight.asked.request, context)
}

/** A member is gone: what was asked of it is asked of the next, but a write may have been taken. */
export function memberGone(actor: ApiServerActor, peer: string, context: Context): void {
  if (memberOf(actor) === peer)
    nextMember(actor)
  for (const flight of Object.values(actor.flights).filter(({ asked }) => asked?.endpoint === peer)) {
    if (retries(flight))
      context.setTimer(`retry ${flight.key}`, retryInterval, flight.key)
    else
      resume(actor, flight.key, { error: 'rpc error: code = Unavailable desc = error reading from server: EOF' }, context)
  }
}
