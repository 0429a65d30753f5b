import type { Labels, Node, Pod } from '../objects.ts'
/**
 * A pod and a node as the scheduler keeps them: parsed once, summed up.
 *
 * Models pkg/scheduler/framework/types.go (PodInfo, NodeInfo, HostPortInfo)
 */
import type { AffinityTerms } from './affinityTerms.ts'
import type { Amounts, PodRequests } from './podRequests.ts'
import { affinityTerms } from './affinityTerms.ts'
import { amountsOf, podRequests } from './podRequests.ts'

export interface HostPort {
  ip: string
  protocol: string
  port: number
}

export interface PodInfo {
  pod: Pod
  /** `namespace/name`. */
  key: string
  namespace: string
  labels: Labels
  priority: number
  requests: PodRequests
  ports: HostPort[]
  affinity: AffinityTerms
  antiAffinity: AffinityTerms
}

export interface NodeInfo {
  node: Node
  name: string
  labels: Labels
  allocatable: Amounts
  /** Sum of the pods' real requests. */
  requested: Amounts
  /** The same where an unspecified cpu or memory counts as 100m or 200Mi. */
  nonZeroRequested: Amounts
  /** Each once, however many pods have it: the first of them that goes frees it, as upstream. */
  ports: HostPort[]
  pods: PodInfo[]
}

/** `namespace/name` of an object; `default` where it says none. */
export function keyOf({ metadata }: Pod): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`
}

/** The ports that a pod takes on its node itself, sidecars included. */
function hostPorts(pod: Pod): HostPort[] {
  const sidecars = pod.spec.initContainers?.filter(container => container.restartPolicy === 'Always') ?? []
  return [...pod.spec.containers, ...sidecars].flatMap(({ ports = [] }) => ports).map(({ hostIP, protocol, hostPort, containerPort }) => ({
    ip: hostIP || '0.0.0.0',
    protocol: protocol || 'TCP',
    port: hostPort || (pod.spec.hostNetwork && containerPort) || 0,
  })).filter(({ port }) => port > 0)
}

/**
 * Reads a pod.
 *
 * @throws {QuantityError | SelectorError} with the path of the field that is wrong
 */
export function podInfo(pod: Pod): PodInfo {
  return {
    pod,
    key: keyOf(pod),
    namespace: pod.metadata.namespace ?? 'default',
    labels: pod.metadata.labels ?? {},
    priority: pod.spec.priority ?? 0,
    requests: podRequests(pod.spec),
    ports: hostPorts(pod),
    affinity: affinityTerms(pod, 'podAffinity'),
    antiAffinity: affinityTerms(pod, 'podAntiAffinity'),
  }
}

/**
 * Reads a node, without pods.
 *
 * @throws {QuantityError} with the path of the field that is wrong
 */
export function nodeInfo(node: Node): NodeInfo {
  const { allocatable, capacity } = node.status ?? {}
  return {
    node,
    name: node.metadata.name ?? '',
    labels: node.metadata.labels ?? {},
    allocatable: amountsOf(allocatable ?? capacity, `status.${allocatable ? 'allocatable' : 'capacity'}`),
    requested: {},
    nonZeroRequested: {},
    ports: [],
    pods: [],
  }
}

function count(node: NodeInfo, { requests }: PodInfo, sign: 1 | -1): void {
  for (const name in requests.real)
    node.requested[name] = (node.requested[name] ?? 0) + sign * requests.real[name]!
  for (const name of ['cpu', 'memory'])
    node.nonZeroRequested[name] = (node.nonZeroRequested[name] ?? 0) + sign * (requests.nonZero[name] ?? 0)
}

function without(ports: HostPort[], gone: HostPort[]): HostPort[] {
  return ports.filter(port => !gone.some(other => other.ip === port.ip && other.protocol === port.protocol && other.port === port.port))
}

/** Counts the pod on the node. */
export function addPod(node: NodeInfo, pod: PodInfo): void {
  node.pods.push(pod)
  if (pod.ports.length)
    node.ports = [...without(node.ports, pod.ports), ...pod.ports]
  count(node, pod, 1)
}

/** Takes the pod of that key off the node again; no such pod changes nothing. */
export function removePod(node: NodeInfo, key: string): void {
  const index = node.pods.findIndex(pod => pod.key === key)
  if (index < 0)
    return
  const [pod] = node.pods.splice(index, 1)
  if (pod!.ports.length)
    node.ports = without(node.ports, pod!.ports)
  count(node, pod!, -1)
}

/** A copy whose pods can be taken away without the original noticing. */
export function cloneNode(node: NodeInfo): NodeInfo {
  return { ...node, requested: { ...node.requested }, nonZeroRequested: { ...node.nonZeroRequested }, pods: [...node.pods] }
}
