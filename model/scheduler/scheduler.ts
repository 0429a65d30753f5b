import type { KubernetesObject, Node, Pod } from '../objects.ts'
/**
 * The scheduler's loop: what its watches tell it, the next pod, the decision, and what it asks of the API server.
 *
 * Models pkg/scheduler/scheduler.go, eventhandlers.go and schedule_one.go
 */
import type { ClusterState } from './cache.ts'
import type { Decision } from './explanation.ts'
import type { PodInfo } from './nodeInfo.ts'
import type { Profile, ProfileConfig } from './profile.ts'
import type { QueuedPod, SchedulingQueue } from './queue.ts'
import type { ClusterEvent } from './queueingHints.ts'
import type { Surroundings } from './snapshot.ts'
import { newClusterState, objectKey, podChanged, snapshotFrom, surroundingsChanged } from './cache.ts'
import { decide } from './decision.ts'
import { podInfo } from './nodeInfo.ts'
import { schedulerProfile } from './profile.ts'
import { dequeuePod, enqueuePod, movePods, newQueue, nextPod, retryLater, waitForChange } from './queue.ts'
import { worthTrying } from './queueingHints.ts'

export interface SchedulerConfig extends ProfileConfig {
  /** Which decisions are kept with their explanation: all, or those that found no node. */
  explain?: 'all' | 'failures'
}

/** Plain data. */
export interface SchedulerState {
  config: SchedulerConfig
  cluster: ClusterState
  queue: SchedulingQueue
  /** Pods whose binding is under way. */
  binding: Record<string, QueuedPod>
  /** Where in the node list the next search begins. */
  start: number
  /** Pod → the last decision about it. */
  decisions: Record<string, Decision>
}

export function newScheduler(config: SchedulerConfig = {}): SchedulerState {
  return { config, cluster: newClusterState(), queue: newQueue(), binding: {}, start: 0, decisions: {} }
}

const profiles = new WeakMap<SchedulerConfig, Profile>()

/** The profile of a state, made once. */
export function profileOf({ config }: SchedulerState): Profile {
  let profile = profiles.get(config)
  if (!profile)
    profiles.set(config, profile = schedulerProfile(config))
  return profile
}

export type WatchedResource = 'pods' | 'nodes' | keyof Surroundings

/** Takes in one event of a watch (or one object of a list, as ADDED), at a time in ms. */
export function observe(state: SchedulerState, resource: WatchedResource, type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject, now: number): void {
  if (resource === 'pods') {
    observePod(state, type, object as Pod, now)
  }
  else if (resource === 'nodes') {
    observeNode(state, type, object as Node, now)
  }
  else {
    const objects = state.cluster.others[resource] as Record<string, KubernetesObject>
    if (type === 'DELETED')
      delete objects[objectKey(object)]
    else
      objects[objectKey(object)] = object
    surroundingsChanged(state.cluster)
  }
}

function move(state: SchedulerState, event: ClusterEvent, now: number): void {
  const { plugins } = profileOf(state)
  movePods(state.queue, ({ key, plugins: names }) => {
    const pod = state.cluster.pods[key]
    return !!pod && worthTrying(podInfo(pod), plugins.filter(({ name }) => names.includes(name)), event)
  }, now)
}

/** What matters of a node; a heartbeat changes none of it. */
function matters({ metadata, spec, status }: Node): string {
  return JSON.stringify([metadata.labels, spec?.taints, spec?.unschedulable, status?.allocatable, status?.images, status?.declaredFeatures])
}

function observeNode(state: SchedulerState, type: string, node: Node, now: number): void {
  const { nodes } = state.cluster
  const name = node.metadata.name!
  const before = nodes[name]
  if (type === 'DELETED')
    delete nodes[name]
  else
    nodes[name] = node
  if (type !== 'DELETED' && before && matters(before) === matters(node))
    return
  surroundingsChanged(state.cluster)
  move(state, type === 'DELETED' ? { kind: 'nodeDeleted', node } : { kind: 'node', node, before }, now)
}

function isOver({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

function observePod(state: SchedulerState, type: string, pod: Pod, now: number): void {
  const { cluster, queue } = state
  const key = objectKey(pod)
  const before = cluster.pods[key]
  const gone = type === 'DELETED' || isOver(pod)
  if (gone)
    delete cluster.pods[key]
  else
    cluster.pods[key] = pod
  if (gone || pod.spec.nodeName) {
    dequeuePod(queue, key)
    delete cluster.assumed[key]
    delete cluster.nominated[key]
    delete state.binding[key]
  }
  podChanged(cluster, key)
  if (gone && (before ?? pod).spec.nodeName)
    move(state, { kind: 'assignedPodDeleted', pod }, now)
  else if (!gone && pod.spec.nodeName)
    move(state, { kind: 'assignedPod', pod, before: before?.spec.nodeName ? before : undefined }, now)
  else if (!gone)
    observePending(state, pod, before, now)
}

/** A pod without a node: new ones are queued, changed ones tried again, those of other schedulers and gated ones left alone. */
function observePending({ queue, config, binding }: SchedulerState, pod: Pod, before: Pod | undefined, now: number): void {
  const key = objectKey(pod)
  const ours = (pod.spec.schedulerName ?? 'default-scheduler') === (config.schedulerName ?? 'default-scheduler')
  const changed = before && JSON.stringify([before.spec, before.metadata.labels]) !== JSON.stringify([pod.spec, pod.metadata.labels])
  if (!ours || pod.spec.schedulingGates?.length || pod.metadata.deletionTimestamp || binding[key]) {
    dequeuePod(queue, key)
    return
  }
  const known = [queue.active, queue.backoff, queue.unschedulable].some(pods => pods.some(queued => queued.key === key))
  if (!known)
    enqueuePod(queue, key, pod.spec.priority ?? 0, now)
  else if (changed)
    movePods(queue, queued => queued.key === key, now)
}

/** What came of one attempt. */
export type Outcome
  = | { kind: 'assumed', pod: Pod, node: string, decision?: Decision }
    | { kind: 'unschedulable', pod: Pod, decision: Decision, victims: Pod[], nominated?: string }

/** A way to the same choice without its explanation; undefined where it can't tell. */
export type Shortcut = (cluster: ClusterState, profile: Profile, pod: PodInfo, start: number) => { node?: string, tried: number } | undefined

/**
 * Tries the next pod of the queue, if there is one; an assumed pod is to be bound. The short cut is taken where only
 * failures are to be explained.
 */
export function scheduleOne(state: SchedulerState, now: number, shortcut?: Shortcut): Outcome | undefined {
  const queued = nextPod(state.queue, now)
  const pod = queued && state.cluster.pods[queued.key]
  if (!pod)
    return undefined
  const { cluster } = state
  const profile = profileOf(state)
  const info = podInfo(pod)
  const nodes = Object.keys(cluster.nodes).length
  const advance = (tried: number) => {
    state.start = nodes ? (state.start + tried) % nodes : 0
  }
  const assume = (node: string, decision?: Decision): Outcome => {
    cluster.assumed[queued.key] = node
    delete cluster.nominated[queued.key]
    state.binding[queued.key] = queued
    podChanged(cluster, queued.key)
    return { kind: 'assumed', pod, node, ...decision && { decision } }
  }

  const all = state.config.explain !== 'failures'
  const short = all ? undefined : shortcut?.(cluster, profile, info, state.start)
  if (short?.node !== undefined) {
    advance(short.tried)
    return assume(short.node)
  }
  const decision = decide(info, snapshotFrom(cluster), profile, state.start)
  advance(decision.search.tried)
  if (all || !decision.schedulable)
    state.decisions[queued.key] = decision
  // Where the real order is random and recordings leave the choice open, the first of the best is taken.
  const chosen = decision.chosen ?? decision.best[0]
  if (chosen !== undefined)
    return assume(chosen, decision)
  return fail(state, queued, pod, decision, now)
}

function fail({ cluster, queue }: SchedulerState, queued: QueuedPod, pod: Pod, decision: Decision, now: number): Outcome {
  const plugins = new Set(decision.nodes.map(({ firstFailure }) => firstFailure?.plugin).filter(name => name))
  decision.preFilter.onlyNodesBy?.forEach(name => plugins.add(name))
  waitForChange(queue, queued, [...plugins] as string[], now)
  const nominated = decision.preemption?.nominated[0]
  const candidate = decision.preemption?.candidates.find(({ node }) => node === nominated)
  if (nominated)
    cluster.nominated[queued.key] = nominated
  else if (decision.preemption?.eligible)
    delete cluster.nominated[queued.key]
  podChanged(cluster, queued.key)
  const victims = (candidate?.victims ?? []).map(key => cluster.pods[key]!)
  return { kind: 'unschedulable', pod, decision, victims, ...nominated && { nominated } }
}

/** The API server refused the binding: the pod's room is given back, and the pod is tried again later. */
export function bindingFailed(state: SchedulerState, key: string, now: number): void {
  const queued = state.binding[key]
  delete state.binding[key]
  delete state.cluster.assumed[key]
  podChanged(state.cluster, key)
  if (queued && state.cluster.pods[key])
    retryLater(state.queue, queued, now)
}
