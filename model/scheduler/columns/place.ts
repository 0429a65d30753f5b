import type { PodInfo } from '../nodeInfo.ts'
import type { PodTopologySpreadArgs } from '../plugins/topologySpreadConstraints.ts'
/**
 * Where a pod goes, without the explanation: the same choice as the plain path, from kept results.
 *
 * Models pkg/scheduler/schedule_one.go (schedulePod) and pkg/scheduler/framework/runtime/batch.go
 */
import type { Columns } from './columns.ts'
import { constraintsFor, systemConstraints } from '../plugins/topologySpreadConstraints.ts'
import { feasibleNodesToFind, heapRoot } from '../selectHost.ts'
import { affinityOf, affinityScores, allowsAffinity } from './affinity.ts'
import { ofNode } from './ofNode.ts'
import { ofUse } from './ofUse.ts'
import { allowsSpread, spreadOf, spreadScores } from './spread.ts'

export interface Placement {
  /** The node's name; undefined where no node is feasible. */
  node?: string
  /** How many nodes were tried: the next search begins so much further on. */
  tried: number
}

/** Whether kept results can answer for this pod: nobody is nominated, and the pod pins no node by its field. */
export function canPlace({ snapshot }: Columns, { pod: { spec, status } }: PodInfo): boolean {
  return !snapshot.nominated.size && !status?.nominatedNodeName
    && !spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.some(({ matchFields }) => matchFields)
}

/** The pod's traits on which its relations to other pods depend. */
function traits({ namespace, labels, pod: { metadata, spec } }: PodInfo): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller)
  return JSON.stringify([namespace, labels, spec.affinity, spec.nodeSelector, spec.tolerations, spec.topologySpreadConstraints, owner])
}

/**
 * Places a pod.
 *
 * @param columns the cluster
 * @param pod a pod for which `canPlace` says yes
 * @param start where in the node list the search begins
 */
export function place(columns: Columns, pod: PodInfo, start: number): Placement {
  const { profile: { at, weights, plugins, percentageOfNodesToScore }, snapshot } = columns
  const { nodes } = snapshot
  const argsOf = (name: string) => plugins.find(plugin => plugin.name === name)?.args ?? {}
  const filtersBy = (name: string) => at.filter.some(plugin => plugin.name === name)
  const key = traits(pod)

  const { defaultConstraints = [], defaultingType = 'System' }: PodTopologySpreadArgs = argsOf('PodTopologySpread')
  const system = defaultingType === 'System'
  const defaults = system ? systemConstraints : defaultConstraints
  const hard = filtersBy('PodTopologySpread') ? constraintsFor(pod, snapshot, defaults, 'DoNotSchedule') : []
  const soft = weights.has('PodTopologySpread') ? constraintsFor(pod, snapshot, defaults, 'ScheduleAnyway') : []
  const affinity = affinityOf(columns, pod, key, argsOf('InterPodAffinity'))

  const object = ofNode(columns, pod)
  const use = ofUse(columns, pod)
  const spread = hard.length ? allowsSpread(spreadOf(columns, pod, key, hard, false, true)) : undefined
  const relations = filtersBy('InterPodAffinity') ? allowsAffinity(affinity, columns, pod) : undefined

  const wanted = at.score.length ? feasibleNodesToFind(nodes.length, percentageOfNodesToScore) : 1
  const found = new Int32Array(Math.min(wanted, nodes.length))
  let count = 0
  let tried = 0
  for (; tried < nodes.length; tried++) {
    const node = start + tried < nodes.length ? start + tried : start + tried - nodes.length
    if (!object.passes[node] || !use.passes[node] || (spread && !spread(node)) || (relations && !relations(node)))
      continue
    if (count === wanted)
      break
    found[count++] = node
  }
  if (!count)
    return { tried }
  const feasible = found.subarray(0, count)
  const totals = new Float64Array(count)
  for (let i = 0; i < count; i++)
    totals[i] = use.scores[feasible[i]!]!
  const add = (scores: ArrayLike<number>, weight: number) => {
    for (let i = 0; i < count; i++)
      totals[i]! += weight * scores[i]!
  }
  for (const { plugin, weight, raw } of object.scores) {
    const scores: number[] = []
    for (let i = 0; i < count; i++)
      scores.push(raw[feasible[i]!]!)
    plugin.normalizeScore?.({} as never, scores, [])
    add(scores, weight)
  }
  if (soft.length) {
    const requireAll = !system || !!pod.pod.spec.topologySpreadConstraints?.length
    add(spreadScores(spreadOf(columns, pod, key, soft, true, requireAll), feasible), weights.get('PodTopologySpread')!)
  }
  const scores = weights.has('InterPodAffinity') ? affinityScores(affinity, feasible) : undefined
  if (scores)
    add(scores, weights.get('InterPodAffinity')!)
  return { node: nodes[feasible[heapRoot(totals)]!]!.name, tried }
}
