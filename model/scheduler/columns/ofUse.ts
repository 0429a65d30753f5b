import type { PodInfo } from '../nodeInfo.ts'
/**
 * Results that depend on one node and the pods on it: room, ports, and the scores by allocation.
 *
 * Models pkg/scheduler/framework/runtime/batch.go
 */
import type { Columns } from './columns.ts'
import { newCycle } from '../cycle.ts'
import { kept } from './columns.ts'

const plugins = ['NodeResourcesFit', 'NodePorts', 'NodeResourcesBalancedAllocation']

export interface OfUse {
  /** Node index → 1 where all filters pass. */
  passes: Uint8Array
  /** Node index → sum of the weighted scores, none of which is normalised. */
  scores: Float64Array
}

/** The results for a pod, kept for pods with the same requests and ports. */
export function ofUse(columns: Columns, pod: PodInfo): OfUse {
  const { profile: { at, weights }, snapshot } = columns
  const { nodes } = snapshot
  const key = JSON.stringify([pod.requests, pod.ports])
  const cycle = newCycle(pod, snapshot)
  const filters = at.filter.filter(plugin => plugins.includes(plugin.name)
    && !(at.preFilter.includes(plugin) && plugin.preFilter!(cycle) === 'Skip'))
  const scorers = at.score.filter(plugin => plugins.includes(plugin.name)
    && !(at.preScore.includes(plugin) && plugin.preScore!(cycle, nodes) === 'Skip'))
    .map(plugin => ({ plugin, weight: weights.get(plugin.name)! }))

  const work = ({ passes, scores }: OfUse, index: number) => {
    const node = nodes[index]!
    passes[index] = filters.every(plugin => !plugin.filter!(cycle, node)) ? 1 : 0
    let sum = 0
    for (const { plugin, weight } of scorers)
      sum += weight * plugin.score!(cycle, node)
    scores[index] = sum
  }
  const make = () => {
    const all = { passes: new Uint8Array(nodes.length), scores: new Float64Array(nodes.length) }
    for (let index = 0; index < nodes.length; index++)
      work(all, index)
    return all
  }
  return kept(columns, 'use', key, make, (all, { node }) => work(all, node))
}
