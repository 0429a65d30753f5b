import type { Container, Labels, Node, NodeStatus, Pod, PodSpec, ResourceList, Taint } from '../../../model/objects.ts'
import type { Decision, NodeVerdict } from '../../../model/scheduler/explanation.ts'
import type { ProfileConfig } from '../../../model/scheduler/profile.ts'
import type { ClusterObjects } from '../../../model/scheduler/snapshot.ts'
import { decide } from '../../../model/scheduler/decide.ts'
import { clusterSnapshot } from '../../../model/scheduler/snapshot.ts'
import '../../../model/scheduler/extras.ts'

/** A node of 4 CPUs and 8 GiB unless said otherwise, labelled with its name. */
export function node(name: string, { allocatable = {}, labels = {}, taints, unschedulable, status = {} }: {
  allocatable?: ResourceList
  labels?: Labels
  taints?: Taint[]
  unschedulable?: boolean
  status?: NodeStatus
} = {}): Node {
  return {
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: { taints, unschedulable },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...allocatable }, ...status },
  }
}

export function container(requests?: ResourceList, others: Partial<Container> = {}): Container {
  return { name: 'c', ...requests && { resources: { requests } }, ...others }
}

/** A pod of one container that asks for 100m and 100Mi unless said otherwise. */
export function pod(name: string, spec: Partial<PodSpec> = {}, metadata: Partial<Pod['metadata']> = {}): Pod {
  return { metadata: { name, ...metadata }, spec: { containers: [container({ cpu: '100m', memory: '100Mi' })], ...spec } }
}

export function decideOn(incoming: Pod, objects: ClusterObjects, profile?: ProfileConfig): Decision {
  return decide(incoming, clusterSnapshot(objects), profile)
}

/** Node name → what was found out about it. */
export function verdicts(decision: Decision): Record<string, NodeVerdict> {
  return Object.fromEntries(decision.nodes.map(verdict => [verdict.name, verdict]))
}

/** Node name → `plugin code: reasons` of the first failure, or `ok`. */
export function answers(decision: Decision): Record<string, string> {
  return Object.fromEntries(decision.nodes.map(({ name, firstFailure }) =>
    [name, firstFailure ? `${firstFailure.plugin} ${firstFailure.code === 'Unschedulable' ? 'U' : 'UU'}: ${firstFailure.reasons.join('; ')}` : 'ok']))
}

/** Node name → score of one plugin, at one stage. */
export function scores(decision: Decision, plugin: string, stage: 'raw' | 'normalized' | 'weighted' = 'raw'): Record<string, number | undefined> {
  return Object.fromEntries(decision.nodes.filter(({ feasible }) => feasible).map(verdict => [verdict.name, verdict[stage]?.[plugin]]))
}
