import type { KubernetesObject, Pod } from '../objects.ts'
import type { Context, Handler, Input, Simulation } from '../simulation.ts'
/**
 * kube-scheduler as an actor of the simulation: a client of the API server like any other. It watches, decides and writes;
 * nobody calls it.
 *
 * Models cmd/kube-scheduler/app/server.go and pkg/scheduler/schedule_one.go
 */
import type { SchedulerConfig, SchedulerState, Shortcut, WatchedResource } from './scheduler.ts'
import type { WriteRequest } from './writes.ts'
import { addActor } from '../simulation.ts'
import { objectKey } from './cache.ts'
import { nextFlush } from './queue.ts'
import { bindingFailed, newScheduler, observe, scheduleOne } from './scheduler.ts'
import { bind, deleteVictim, disruptionStatus, failedSchedulingEvent, preemptedEvent, scheduledEvent, unschedulableStatus } from './writes.ts'

export interface KubeSchedulerOptions {
  config?: SchedulerConfig
  /** The API server's actor. */
  server?: string
  /** ms since 1970 at the simulation's zero. */
  epoch?: number
  /** How long one scheduling cycle takes, in ms. */
  cycleTime?: number
}

/** One watch. */
interface Watch {
  resource: WatchedResource
  /** Keys of the objects known before and not told of since: gone, if the list ends without them. */
  stale: Record<string, KubernetesObject>
  synced: boolean
}

/** Plain data. */
export interface KubeSchedulerActor extends Required<KubeSchedulerOptions> {
  scheduler: SchedulerState
  /** Request id → the watch that it opened. */
  watches: Record<number, Watch>
  /** Request id → the binding that it asks for. */
  bindings: Record<number, { pod: Pod, node: string }>
  requests: number
  events: number
  cycling: boolean
}

const paths: Record<WatchedResource, string> = {
  pods: '/api/v1/pods',
  nodes: '/api/v1/nodes',
  namespaces: '/api/v1/namespaces',
  services: '/api/v1/services',
  replicationControllers: '/api/v1/replicationcontrollers',
  replicaSets: '/apis/apps/v1/replicasets',
  statefulSets: '/apis/apps/v1/statefulsets',
  podDisruptionBudgets: '/apis/policy/v1/poddisruptionbudgets',
}
/** What the model's API server serves of these. */
const watched: WatchedResource[] = ['nodes', 'namespaces', 'services', 'replicaSets', 'podDisruptionBudgets', 'pods']
const startingWithList = '?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan'
const RETRY = 1000

/** Adds the scheduler to a simulation; its state is `kubeSchedulerOf`. */
export function addKubeScheduler(simulation: Simulation, options: KubeSchedulerOptions = {}, name = 'kube-scheduler'): void {
  const { config = {}, server = 'kube-apiserver', epoch = 1_795_359_600_000, cycleTime = 1 } = options
  addActor(simulation, name, 'scheduler', { config, server, epoch, cycleTime, ...fresh(config) } satisfies KubeSchedulerActor)
}

export function kubeSchedulerOf(simulation: Simulation, name = 'kube-scheduler'): KubeSchedulerActor {
  return simulation.actors[name]!.state as KubeSchedulerActor
}

/** What is only in memory. */
function fresh(config: SchedulerConfig): Omit<KubeSchedulerActor, keyof KubeSchedulerOptions> {
  return { scheduler: newScheduler(config), watches: {}, bindings: {}, requests: 0, events: 0, cycling: false }
}

function request(actor: KubeSchedulerActor, { method, path, headers, body }: WriteRequest | { method: 'GET', path: string, headers?: undefined, body?: undefined }, context: Context): number {
  const id = ++actor.requests
  const [resource, name] = path.split('?')[0]!.replace(/^\/(?:api|apis\/[^/]+)\/v1\//, '').replace(/^namespaces\/[^/]+\//, '').split('/')
  const verb = method === 'GET' ? 'watch' : method === 'POST' ? 'create' : method.toLowerCase()
  context.send(actor.server, 'Request', { id, request: { method, path, headers: { 'user-agent': 'kube-scheduler', ...headers }, ...body && { body } } }, { verb, resource: resource!, ...name && { name } })
  return id
}

function openWatch(actor: KubeSchedulerActor, resource: WatchedResource, context: Context): void {
  const { cluster } = actor.scheduler
  const known = resource === 'pods' || resource === 'nodes' ? cluster[resource] : cluster.others[resource]
  const id = request(actor, { method: 'GET', path: paths[resource] + startingWithList }, context)
  actor.watches[id] = { resource, stale: { ...known }, synced: false }
}

interface WatchEvent { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR', object: KubernetesObject }

function onWatchEvent(actor: KubeSchedulerActor, id: number, { type, object }: WatchEvent, context: Context): void {
  const watch = actor.watches[id]
  if (!watch)
    return
  if (type === 'ERROR') {
    delete actor.watches[id]
    openWatch(actor, watch.resource, context)
  }
  else if (type === 'BOOKMARK') {
    if (!object.metadata.annotations?.['k8s.io/initial-events-end'])
      return
    watch.synced = true
    for (const gone of Object.values(watch.stale))
      observe(actor.scheduler, watch.resource, 'DELETED', gone, context.now)
  }
  else {
    delete watch.stale[objectKey(object)]
    observe(actor.scheduler, watch.resource, type, object, context.now)
  }
}

function onResponse(actor: KubeSchedulerActor, id: number, { status, body }: { status: number, body?: unknown }, context: Context): void {
  const { pod, node } = actor.bindings[id] ?? {}
  const watch = actor.watches[id]
  delete actor.bindings[id]
  if (watch && status >= 400) {
    delete actor.watches[id]
    context.setTimer(`watch ${watch.resource}`, RETRY, watch.resource)
  }
  if (!pod || !node)
    return
  if (status < 300) {
    request(actor, scheduledEvent(pod, node, ...moment(actor, context)), context)
    return
  }
  const { message = '' } = body as { message?: string }
  bindingFailed(actor.scheduler, objectKey(pod), context.now)
  request(actor, failedSchedulingEvent(pod, `running Bind plugin "DefaultBinder": ${message}`, ...moment(actor, context)), context)
}

/** The time as objects have it, and the name of the next event. */
function moment(actor: KubeSchedulerActor, { now }: Context): [time: number, id: string] {
  const time = actor.epoch + now
  return [time, (BigInt(Math.trunc(time)) * 1_000_000n + BigInt(++actor.events)).toString(16)]
}

function cycle(actor: KubeSchedulerActor, context: Context, shortcut?: Shortcut): void {
  const outcome = scheduleOne(actor.scheduler, context.now, shortcut)
  if (!outcome)
    return
  const { pod } = outcome
  if (outcome.kind === 'assumed') {
    actor.bindings[request(actor, bind(pod, outcome.node), context)] = { pod, node: outcome.node }
    return
  }
  const { decision, victims, nominated } = outcome
  const time = actor.epoch + context.now
  for (const victim of victims.filter(({ metadata }) => !metadata.deletionTimestamp)) {
    request(actor, disruptionStatus(victim, time), context)
    request(actor, deleteVictim(victim), context)
    request(actor, preemptedEvent(victim, pod, nominated!, ...moment(actor, context)), context)
  }
  request(actor, failedSchedulingEvent(pod, decision.message!, ...moment(actor, context)), context)
  const status = unschedulableStatus(pod, decision.message!, nominated, time)
  if (status)
    request(actor, status, context)
}

/** Sets the next cycle going, if there is a pod to try; else waits for the next back-off to end. */
function goOn(actor: KubeSchedulerActor, context: Context): void {
  const { queue } = actor.scheduler
  const watches = Object.values(actor.watches)
  if (actor.cycling || watches.length < watched.length || !watches.every(({ synced }) => synced))
    return
  const next = nextFlush(queue)
  if (queue.active.length || queue.backoff.some(({ failed }) => !failed)) {
    actor.cycling = true
    context.setTimer('cycle', actor.cycleTime)
  }
  else if (next !== undefined) {
    context.setTimer('flush', Math.max(0, next - context.now))
  }
}

/** The server is gone: what was asked is not answered any more, and the watches begin anew. */
function reset(actor: KubeSchedulerActor, context: Context): void {
  for (const { pod } of Object.values(actor.bindings))
    bindingFailed(actor.scheduler, objectKey(pod), context.now)
  actor.bindings = {}
  actor.watches = {}
  for (const resource of watched)
    context.setTimer(`watch ${resource}`, RETRY, resource)
}

function handle(actor: KubeSchedulerActor, input: Input, context: Context, shortcut?: Shortcut): void {
  if (input.type === 'start') {
    Object.assign(actor, fresh(actor.config))
    watched.forEach(resource => openWatch(actor, resource, context))
  }
  else if (input.type === 'reset') {
    reset(actor, context)
  }
  else if (input.type === 'timer') {
    if (input.name === 'cycle') {
      actor.cycling = false
      cycle(actor, context, shortcut)
    }
    else if (input.name === 'flush') {
      actor.cycling = true
      context.setTimer('cycle', 0)
    }
    else {
      openWatch(actor, input.payload, context)
    }
  }
  else {
    const { kind, payload } = input.message
    if (kind === 'WatchEvent')
      onWatchEvent(actor, payload.id, payload.event, context)
    else if (kind === 'Response')
      onResponse(actor, payload.id, payload.response, context)
    else if (kind === 'WatchClosed' && actor.watches[payload.id])
      onWatchEvent(actor, payload.id, { type: 'ERROR', object: { metadata: {} } }, context)
  }
  goOn(actor, context)
}

/** The scheduler's behaviour; with a short cut (`byColumns`) it is made for thousands of nodes. */
export function kubeSchedulerHandler(shortcut?: Shortcut): Handler<KubeSchedulerActor> {
  return (actor, input, context) => handle(actor, input, context, shortcut)
}

/** Behaviour of the actors of this folder. */
export const schedulerHandlers = { scheduler: kubeSchedulerHandler() }
