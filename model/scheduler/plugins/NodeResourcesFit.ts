import type { Plugin, Status } from '../framework.ts'
import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
// Models pkg/scheduler/framework/plugins/noderesources/fit.go and resource_allocation.go
import type { Amounts } from '../podRequests.ts'
import type { ScoringStrategy, Usage } from './resourceScorers.ts'
import { unresolvable, unschedulable } from '../framework.ts'
import { resourceScorers } from './resourceScorers.ts'

export interface NodeResourcesFitArgs {
  scoringStrategy?: ScoringStrategy
  /** Extended resources that aren't looked at. */
  ignoredResources?: string[]
  /** The same by the part before the slash. */
  ignoredResourceGroups?: string[]
}

export const cpuAndMemory = [{ name: 'cpu', weight: 1 }, { name: 'memory', weight: 1 }]

/** Resources beside cpu, memory, ephemeral storage and pods that nodes count: extended ones, huge pages, attachable volumes. */
export function isScalarResource(name: string): boolean {
  return /^(?:hugepages|attachable-volumes)-/.test(name) || (name.includes('/') && !name.startsWith('requests.'))
}

function fitsByName(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || isScalarResource(name)
}

/** cpu, memory and ephemeral storage first, then the others by name. */
const order = ['cpu', 'memory', 'ephemeral-storage']

function inOrder(a: string, b: string): number {
  const rank = (name: string) => order.includes(name) ? order.indexOf(name) : order.length
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}

/** Every resource of which the node has too little left, `Too many pods` among them. */
export function insufficient(pod: PodInfo, node: NodeInfo, ignored: (resource: string) => boolean = () => false): Status | undefined {
  const reasons: string[] = []
  let never = false
  if (node.pods.length + 1 > (node.allocatable.pods ?? 0))
    reasons.push('Too many pods')
  for (const name of Object.keys(pod.requests.real).sort(inOrder)) {
    const request = pod.requests.real[name]!
    const allocatable = node.allocatable[name] ?? 0
    if (request <= 0 || !fitsByName(name) || ignored(name) || request <= allocatable - (node.requested[name] ?? 0))
      continue
    reasons.push(`Insufficient ${name}`)
    never ||= request > allocatable
  }
  if (!reasons.length)
    return undefined
  return never ? unresolvable(...reasons) : unschedulable(...reasons)
}

/**
 * What of each resource would be in use with the pod on the node, of those that the node has. An extended resource that
 * the pod doesn't ask for is left out.
 */
export function usages(resources: { name: string, weight?: number }[], request: Amounts, node: NodeInfo, cpuAndMemoryUsed: Amounts): Usage[] {
  const found: Usage[] = []
  for (const { name, weight } of resources) {
    const asked = request[name] ?? 0
    const capacity = node.allocatable[name] ?? 0
    if (capacity === 0 || !fitsByName(name) || (asked === 0 && isScalarResource(name)))
      continue
    const used = name === 'cpu' || name === 'memory' ? cpuAndMemoryUsed : node.requested
    found.push({ weight: weight || 1, capacity, asked, used: (used[name] ?? 0) + asked })
  }
  return found
}

/** Refuses nodes without room for what the pod requests, and scores by how full the node would be. */
export function nodeResourcesFit({ scoringStrategy = { type: 'LeastAllocated' }, ignoredResources = [], ignoredResourceGroups = [] }: NodeResourcesFitArgs = {}): Plugin {
  const resources = scoringStrategy.resources?.length ? scoringStrategy.resources : cpuAndMemory
  const score = resourceScorers[scoringStrategy.type]!(scoringStrategy)
  const ignored = (name: string) => isScalarResource(name)
    && (ignoredResources.includes(name) || ignoredResourceGroups.includes(name.split('/')[0]!))
  return {
    name: 'NodeResourcesFit',
    preFilter: () => undefined,
    filter: ({ pod }, node) => insufficient(pod, node, ignored),
    score: ({ pod }, node) => score(usages(resources, pod.requests.incoming, node, node.nonZeroRequested)),
  }
}
