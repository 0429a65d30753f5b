import type { Cycle, Plugin } from '../framework.ts'
import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
/**
 * Results that depend on the node object alone: whether it will do, and what it scores before normalising.
 *
 * Models pkg/scheduler/framework/runtime/batch.go
 */
import type { Columns } from './columns.ts'
import { newCycle } from '../cycle.ts'
import { kept } from './columns.ts'

const plugins = ['NodeUnschedulable', 'NodeName', 'TaintToleration', 'NodeAffinity', 'NodeDeclaredFeatures', 'ImageLocality']

/** Raw scores of one plugin; absent where all nodes have the same, which changes no order. */
export interface RawScores {
  plugin: Plugin
  weight: number
  raw: Float64Array
}

export interface OfNode {
  /** Node index → 1 where all filters pass. */
  passes: Uint8Array
  scores: RawScores[]
}

/** Whether nodes of one kind may fare differently, because their names count. */
function looksAtNames({ pod: { spec } }: PodInfo, { profile: { plugins: all } }: Columns): boolean {
  const added = all.find(({ name }) => name === 'NodeAffinity')?.args
  const asked = JSON.stringify([spec.nodeSelector, spec.affinity?.nodeAffinity, added])
  return !!spec.nodeName || asked.includes('kubernetes.io/hostname') || asked.includes('matchFields')
}

function work(columns: Columns, pod: PodInfo): OfNode {
  const { profile: { at, weights }, snapshot, kinds, samples } = columns
  const cycle: Cycle = newCycle(pod, snapshot)
  const named = looksAtNames(pod, columns)
  const nodes = named ? snapshot.nodes : samples
  const spread = <A extends Uint8Array | Float64Array>(column: A, values: number[]): A => {
    for (let i = 0; i < column.length; i++)
      column[i] = values[named ? i : kinds[i]!]!
    return column
  }
  const filters = at.filter.filter(plugin => plugins.includes(plugin.name)
    && !(at.preFilter.includes(plugin) && plugin.preFilter!(cycle) === 'Skip'))
  const passes = (node: NodeInfo) => filters.every(plugin => !plugin.filter!(cycle, node))
  const scores = at.score.filter(plugin => plugins.includes(plugin.name)
    && !(at.preScore.includes(plugin) && plugin.preScore!(cycle, snapshot.nodes) === 'Skip')).flatMap((plugin) => {
    const values = nodes.map(node => plugin.score!(cycle, node))
    return values.every(value => value === values[0])
      ? []
      : [{ plugin, weight: weights.get(plugin.name)!, raw: spread(new Float64Array(kinds.length), values) }]
  })
  return { passes: spread(new Uint8Array(kinds.length), nodes.map(node => passes(node) ? 1 : 0)), scores }
}

/** The results for a pod, worked out once for all pods that look alike to these plugins. */
export function ofNode(columns: Columns, pod: PodInfo): OfNode {
  const { nodeName, tolerations, nodeSelector, affinity, containers, initContainers, volumes } = pod.pod.spec
  const seen = (all: typeof containers = []) => all.map(({ image, restartPolicyRules }) => [image, restartPolicyRules])
  const key = JSON.stringify([nodeName, tolerations, nodeSelector, affinity?.nodeAffinity, seen(containers), seen(initContainers), volumes?.map(({ image }) => image)])
  return kept(columns, 'node', key, () => work(columns, pod), () => {})
}
