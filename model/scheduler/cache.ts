import type { KubernetesObject, Node, Pod } from '../objects.ts'
/**
 * What the scheduler knows of the cluster from its watches, with the pods that it has placed itself and not yet seen bound.
 *
 * Models pkg/scheduler/backend/cache/cache.go
 */
import type { PodInfo } from './nodeInfo.ts'
import type { Snapshot, Surroundings } from './snapshot.ts'
import { addPod, nodeInfo, podInfo, removePod } from './nodeInfo.ts'
import { snapshotOf, surroundings, takesRoom } from './snapshot.ts'

/** Plain data: everything else is made of it. Keys are `namespace/name`, or the name where there is no namespace. */
export interface ClusterState {
  pods: Record<string, Pod>
  nodes: Record<string, Node>
  others: { [Resource in keyof Surroundings]: Record<string, Surroundings[Resource][number]> }
  /** Pod → node, for pods placed and not yet seen bound. */
  assumed: Record<string, string>
  /** Pod → node, for pods that wait for their victims to leave. */
  nominated: Record<string, string>
}

export function newClusterState(): ClusterState {
  const others = { services: {}, replicaSets: {}, statefulSets: {}, replicationControllers: {}, podDisruptionBudgets: {}, namespaces: {} }
  return { pods: {}, nodes: {}, others, assumed: {}, nominated: {} }
}

export function objectKey({ metadata: { namespace, name = '' } }: KubernetesObject): string {
  return namespace ? `${namespace}/${name}` : name
}

/** Something made of the snapshot that wants to hear when a pod comes to a node or goes. */
export interface Follower<T> {
  value: T
  podMoved: (pod: PodInfo, node: string, by: 1 | -1) => void
}

/** What is made of a cluster state once and then kept in step with it. */
interface Derived {
  snapshot: Snapshot
  followers: Map<object, Follower<unknown>>
  /** Pod → what counts, and where. */
  counted: Map<string, { pod: PodInfo, node: string }>
}

const kept = new WeakMap<ClusterState, Derived>()

function nodeOf(state: ClusterState, key: string): string | undefined {
  const pod = state.pods[key]
  if (!pod)
    return undefined
  const node = pod.spec.nodeName || state.assumed[key]
  return node && takesRoom({ ...pod, spec: { ...pod.spec, nodeName: node } }) ? node : undefined
}

function derive(state: ClusterState): Derived {
  const values = Object.fromEntries(Object.entries(state.others).map(([resource, objects]) => [resource, Object.values(objects)]))
  const snapshot = snapshotOf(Object.values(state.nodes).map(nodeInfo), surroundings(values as Partial<Surroundings>))
  const derived: Derived = { snapshot, followers: new Map(), counted: new Map() }
  for (const key in state.pods)
    recount(state, derived, key)
  renominate(state, derived)
  return derived
}

function derivedOf(state: ClusterState): Derived {
  let derived = kept.get(state)
  if (!derived)
    kept.set(state, derived = derive(state))
  return derived
}

/** Moves a pod to where the state has it. */
function recount(state: ClusterState, { snapshot, followers, counted }: Derived, key: string): void {
  const before = counted.get(key)
  const name = nodeOf(state, key)
  const object = state.pods[key]
  if (before && before.node === name && before.pod.pod === object)
    return
  const shift = (pod: PodInfo, nodeName: string, by: 1 | -1) => {
    const node = snapshot.byName.get(nodeName)
    if (!node)
      return
    if (by > 0)
      addPod(node, pod)
    else
      removePod(node, key)
    followers.forEach(({ podMoved }) => podMoved(pod, nodeName, by))
  }
  if (before)
    shift(before.pod, before.node, -1)
  counted.delete(key)
  if (name !== undefined && object) {
    const pod = podInfo(object)
    counted.set(key, { pod, node: name })
    shift(pod, name, 1)
  }
}

function renominate(state: ClusterState, { snapshot }: Derived): void {
  snapshot.nominated.clear()
  for (const [key, node] of Object.entries(state.nominated)) {
    const pod = state.pods[key]
    if (pod && !pod.spec.nodeName)
      snapshot.nominated.set(node, [...snapshot.nominated.get(node) ?? [], podInfo(pod)])
  }
}

/** Tells what is made of the state that a pod has come, changed or gone. */
export function podChanged(state: ClusterState, key: string): void {
  const derived = kept.get(state)
  if (!derived)
    return
  recount(state, derived, key)
  renominate(state, derived)
}

/** Tells it that anything else has changed. */
export function surroundingsChanged(state: ClusterState): void {
  kept.delete(state)
}

/** The cluster as the state has it. It changes with the state. */
export function snapshotFrom(state: ClusterState): Snapshot {
  return derivedOf(state).snapshot
}

/** What follows the state under this key: made when it is first asked for, and again when nodes or surroundings change. */
export function follow<T>(state: ClusterState, key: object, make: (snapshot: Snapshot) => Follower<T>): T {
  const { followers, snapshot } = derivedOf(state)
  let follower = followers.get(key) as Follower<T> | undefined
  if (!follower)
    followers.set(key, follower = make(snapshot))
  return follower.value
}
