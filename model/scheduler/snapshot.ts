import type { Labels, Namespace, Node, Pod, PodDisruptionBudget, ReplicaSet, ReplicationController, Service, StatefulSet } from '../objects.ts'
/**
 * The cluster at one moment, as the plugins see it.
 *
 * Models pkg/scheduler/backend/cache/snapshot.go
 */
import type { NodeInfo, PodInfo } from './nodeInfo.ts'
import { addPod, nodeInfo, podInfo } from './nodeInfo.ts'
import { inTreeOrder } from './nodeTree.ts'

/** The objects beside nodes and pods that a decision may depend on. */
export interface Surroundings {
  services: Service[]
  replicaSets: ReplicaSet[]
  statefulSets: StatefulSet[]
  replicationControllers: ReplicationController[]
  podDisruptionBudgets: PodDisruptionBudget[]
  namespaces: Namespace[]
}

export interface Snapshot extends Surroundings {
  /** In the order of the node tree: the order of search. */
  nodes: NodeInfo[]
  /** In the order given. */
  byName: Map<string, NodeInfo>
  /** Namespace name → labels. */
  namespaceLabels: Map<string, Labels>
  /** Node name → pods waiting for that node while their victims leave. */
  nominated: Map<string, PodInfo[]>
}

export interface ClusterObjects extends Partial<Surroundings> {
  nodes: Node[]
  /** Pods with a node; those without are left out, as are Succeeded and Failed ones. */
  pods?: Pod[]
}

/** Whether the pod takes room on its node. */
export function takesRoom(pod: Pod): boolean {
  return !!pod.spec.nodeName && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed'
}

/** What surrounds nodes and pods, with nothing left out; Go writes an empty list as null. */
export function surroundings(given: Partial<Surroundings>): Surroundings {
  const { services, replicaSets, statefulSets, replicationControllers, podDisruptionBudgets, namespaces } = given
  return {
    services: services ?? [],
    replicaSets: replicaSets ?? [],
    statefulSets: statefulSets ?? [],
    replicationControllers: replicationControllers ?? [],
    podDisruptionBudgets: podDisruptionBudgets ?? [],
    namespaces: namespaces ?? [],
  }
}

/** A snapshot of nodes already read. */
export function snapshotOf(nodes: Iterable<NodeInfo>, others: Surroundings, nominated = new Map<string, PodInfo[]>()): Snapshot {
  const byName = new Map([...nodes].map(node => [node.name, node]))
  return {
    ...others,
    nodes: inTreeOrder(byName.values()),
    byName,
    namespaceLabels: new Map(others.namespaces.map(({ metadata }) => [metadata.name ?? '', metadata.labels ?? {}])),
    nominated,
  }
}

/**
 * A snapshot of plain objects.
 *
 * @throws {QuantityError | SelectorError} naming the object and the field
 */
export function clusterSnapshot(objects: ClusterObjects): Snapshot {
  const nodes = new Map((objects.nodes ?? []).map(node => [node.metadata.name, nodeInfo(node)]))
  for (const pod of objects.pods ?? []) {
    const node = nodes.get(pod.spec.nodeName)
    if (node && takesRoom(pod))
      addPod(node, podInfo(pod))
  }
  return snapshotOf(nodes.values(), surroundings(objects))
}
