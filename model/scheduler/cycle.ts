/**
 * One scheduling cycle over a snapshot: PreFilter, Filter, PostFilter, PreScore, Score, in the plain way.
 *
 * Models pkg/scheduler/schedule_one.go and pkg/scheduler/framework/runtime/framework.go
 */
import type { Rejection } from './explanation.ts'
import type { Cycle, Plugin } from './framework.ts'
import type { NodeInfo, PodInfo } from './nodeInfo.ts'
import type { Profile } from './profile.ts'
import type { Snapshot } from './snapshot.ts'
import { addPod, cloneNode } from './nodeInfo.ts'
import { feasibleNodesToFind } from './selectHost.ts'

export function newCycle(pod: PodInfo, snapshot: Snapshot): Cycle {
  return { pod, snapshot, filterState: new Map(), scoreState: new Map() }
}

export interface PreFiltered {
  /** Names of plugins whose filters don't run. */
  skipped: Set<string>
  rejected?: Rejection
  /** The only nodes to be tried, and which plugins say so. */
  onlyNodes?: Set<string>
  onlyNodesBy: string[]
}

/** Runs PreFilter up to the first rejection. */
export function runPreFilter(cycle: Cycle, plugins: Plugin[]): PreFiltered {
  const skipped = new Set<string>()
  const onlyNodesBy: string[] = []
  let onlyNodes: Set<string> | undefined
  for (const plugin of plugins) {
    const answer = plugin.preFilter!(cycle)
    if (answer === 'Skip') {
      skipped.add(plugin.name)
    }
    else if (answer && 'status' in answer) {
      return { skipped: new Set(), onlyNodesBy: [], rejected: { plugin: plugin.name, ...answer.status } }
    }
    else if (answer) {
      const before = onlyNodes
      onlyNodes = new Set(answer.nodeNames.filter(name => !before || before.has(name)))
      onlyNodesBy.push(plugin.name)
    }
  }
  return { skipped, onlyNodes, onlyNodesBy }
}

/** The first filter's no. */
export function runFilters(cycle: Cycle, plugins: Plugin[], node: NodeInfo): Rejection | undefined {
  for (const plugin of plugins) {
    const status = plugin.filter!(cycle, node)
    if (status)
      return { plugin: plugin.name, ...status }
  }
  return undefined
}

/**
 * Filters twice where pods of the same or higher priority are nominated for the node: once as if they ran there already,
 * for the room they take, and once without, for what they might be wanted for.
 */
export function filterWithNominated(cycle: Cycle, filters: Plugin[], plugins: Plugin[], node: NodeInfo): Rejection | undefined {
  const waiting = cycle.snapshot.nominated.get(node.name)
    ?.filter(({ priority, key }) => priority >= cycle.pod.priority && key !== cycle.pod.key)
  if (waiting?.length) {
    const crowded = cloneNode(node)
    const filterState = new Map(cycle.filterState)
    const asIf: Cycle = { ...cycle, filterState }
    for (const plugin of plugins) {
      if (plugin.cloneState && filterState.has(plugin.name))
        filterState.set(plugin.name, plugin.cloneState(filterState.get(plugin.name)))
    }
    for (const pod of waiting) {
      addPod(crowded, pod)
      for (const plugin of plugins) {
        if (filterState.has(plugin.name))
          plugin.addPod?.(asIf, pod, crowded)
      }
    }
    const failure = runFilters(asIf, filters, crowded)
    if (failure)
      return failure
  }
  return runFilters(cycle, filters, node)
}

/** What the search for feasible nodes found. */
export interface Search {
  preFiltered: PreFiltered
  /** The filters that ran. */
  filters: Plugin[]
  /** In the order in which they were found. */
  feasible: NodeInfo[]
  statuses: Map<string, Rejection>
  /** How many feasible nodes would have been enough. */
  wanted: number
}

/**
 * PreFilter and Filter, from a place in the list on, until enough feasible nodes are found. The node that the pod is
 * nominated for is tried first, and is enough.
 */
export function findFeasibleNodes(cycle: Cycle, { at, plugins, percentageOfNodesToScore }: Profile, start: number): Search {
  const preFiltered = runPreFilter(cycle, at.preFilter)
  const filters = at.filter.filter(({ name }) => !preFiltered.skipped.has(name))
  const { onlyNodes, rejected } = preFiltered
  const { nodes } = cycle.snapshot
  const nominated = cycle.snapshot.byName.get(cycle.pod.pod.status?.nominatedNodeName ?? '')
  if (nominated && !rejected && !filterWithNominated(cycle, filters, plugins, nominated))
    return { preFiltered, filters, feasible: [nominated], statuses: new Map(), wanted: 1 }
  const eligible = rejected ? [] : onlyNodes ? nodes.filter(({ name }) => onlyNodes.has(name)) : nodes
  const wanted = at.score.length ? feasibleNodesToFind(eligible.length, percentageOfNodesToScore) : 1
  const feasible: NodeInfo[] = []
  const statuses = new Map<string, Rejection>()
  for (let i = 0; i < eligible.length; i++) {
    const node = eligible[(start + i) % eligible.length]!
    const failure = filterWithNominated(cycle, filters, plugins, node)
    if (failure)
      statuses.set(node.name, failure)
    else if (feasible.length === wanted)
      break
    else
      feasible.push(node)
  }
  return { preFiltered, filters, feasible, statuses, wanted }
}

export interface Scores {
  skipped: string[]
  /** Plugin name → one number a node, in the nodes' order. */
  raw: Map<string, number[]>
  normalized: Map<string, number[]>
  weighted: Map<string, number[]>
  totals: number[]
}

/** Scores the feasible nodes. */
export function runScores(cycle: Cycle, profile: Profile, nodes: NodeInfo[]): Scores {
  const skipped = profile.at.preScore.filter(plugin => plugin.preScore!(cycle, nodes) === 'Skip').map(({ name }) => name)
  const scores: Scores = { skipped, raw: new Map(), normalized: new Map(), weighted: new Map(), totals: nodes.map(() => 0) }
  if (!profile.at.score.length)
    scores.totals.fill(1)
  for (const plugin of profile.at.score) {
    if (skipped.includes(plugin.name))
      continue
    const raw = nodes.map(node => plugin.score!(cycle, node))
    const normalized = [...raw]
    plugin.normalizeScore?.(cycle, normalized, nodes)
    const weighted = normalized.map(score => score * profile.weights.get(plugin.name)!)
    weighted.forEach((score, index) => scores.totals[index]! += score)
    scores.raw.set(plugin.name, raw)
    scores.normalized.set(plugin.name, normalized)
    scores.weighted.set(plugin.name, weighted)
  }
  return scores
}
