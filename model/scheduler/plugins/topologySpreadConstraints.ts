import type { Labels, LabelSelector, TopologySpreadConstraint } from '../../objects.ts'
import type { Selector } from '../../selectors.ts'
import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
// Models pkg/scheduler/framework/plugins/podtopologyspread/common.go and plugins/helper/spread.go
import type { Snapshot } from '../snapshot.ts'
import { labelSelector, selectorFromLabels, selectorMatches } from '../../selectors.ts'
import { requiredNodes } from '../nodeSelector.ts'
import { keepsAway, untolerated } from '../tolerations.ts'

export interface PodTopologySpreadArgs {
  /** Used for pods that set none of their own; their selector is found from what the pod belongs to. */
  defaultConstraints?: TopologySpreadConstraint[]
  defaultingType?: 'System' | 'List'
}

export const HOSTNAME = 'kubernetes.io/hostname'

/** What a pod gets that sets no constraints, unless the profile says otherwise. */
export const systemConstraints: TopologySpreadConstraint[] = [
  { topologyKey: HOSTNAME, maxSkew: 3, whenUnsatisfiable: 'ScheduleAnyway' },
  { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5, whenUnsatisfiable: 'ScheduleAnyway' },
]

/** A constraint ready for use. */
export interface Constraint {
  topologyKey: string
  maxSkew: number
  minDomains: number
  selector: Selector
  /** Whether the node counts, by the constraint's policies on affinity and taints. */
  counts: (node: NodeInfo) => boolean
}

/** The constraint's own selector, if any, narrowed to pods that share the incoming pod's values of `matchLabelKeys`. */
function narrowed({ labelSelector: selector, matchLabelKeys = [] }: TopologySpreadConstraint, labels: Labels): Selector {
  const own = labelSelector(selector)
  const shared = Object.fromEntries(matchLabelKeys.filter(key => Object.hasOwn(labels, key)).map(key => [key, labels[key]!]))
  return own || Object.keys(shared).length ? [...selectorFromLabels(shared), ...own ?? []] : undefined
}

/** What the services and the owner of a pod select, merged; empty where nothing does. */
function selectorOfOwners({ pod, namespace, labels }: PodInfo, snapshot: Snapshot): Selector {
  const beside = <O extends { metadata: { namespace?: string } }>(objects: O[]) =>
    objects.filter(({ metadata }) => (metadata.namespace ?? 'default') === namespace)
  const merged: Labels = {}
  for (const { spec } of beside(snapshot.services)) {
    if (spec?.selector && selectorMatches(selectorFromLabels(spec.selector), labels))
      Object.assign(merged, spec.selector)
  }
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller)
  const owned = <O extends { metadata: { name?: string, namespace?: string } }>(objects: O[]) =>
    beside(objects).find(({ metadata }) => metadata.name === owner?.name)
  let ownerSelector: LabelSelector | undefined
  switch (`${owner?.apiVersion}/${owner?.kind}`) {
    case 'v1/ReplicationController':
      Object.assign(merged, owned(snapshot.replicationControllers)?.spec?.selector)
      break
    case 'apps/v1/ReplicaSet':
      ownerSelector = owned(snapshot.replicaSets)?.spec?.selector
      break
    case 'apps/v1/StatefulSet':
      ownerSelector = owned(snapshot.statefulSets)?.spec?.selector
      break
  }
  return [...selectorFromLabels(merged), ...labelSelector(ownerSelector) ?? []]
}

/** The constraints of one kind that hold for a pod: its own, or else the profile's defaults. */
export function constraintsFor(
  pod: PodInfo,
  snapshot: Snapshot,
  defaults: TopologySpreadConstraint[],
  action: TopologySpreadConstraint['whenUnsatisfiable'],
): Constraint[] {
  const { topologySpreadConstraints: own = [], tolerations } = pod.pod.spec
  const given = (own.length ? own : defaults).filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action)
  const common = own.length || !given.length ? undefined : selectorOfOwners(pod, snapshot)
  if (common && !common.length)
    return []
  const required = requiredNodes(pod.pod)
  return given.map((constraint) => {
    const { topologyKey, maxSkew, minDomains = 1, nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Ignore' } = constraint
    return {
      topologyKey,
      maxSkew,
      minDomains,
      selector: common ?? narrowed(constraint, pod.labels),
      counts: node => (nodeAffinityPolicy !== 'Honor' || required(node))
        && (nodeTaintsPolicy !== 'Honor' || !untolerated(node.node.spec?.taints, tolerations, keepsAway).length),
    }
  })
}

export function hasAllKeys(node: NodeInfo, constraints: Constraint[]): boolean {
  return constraints.every(({ topologyKey }) => Object.hasOwn(node.labels, topologyKey))
}

/** The node's pods that the selector matches: same namespace, not on their way out. An empty selector counts none. */
export function countMatching(node: NodeInfo, selector: Selector, namespace: string): number {
  if (!selector?.length)
    return 0
  return node.pods.filter(pod => pod.namespace === namespace && !pod.pod.metadata.deletionTimestamp
    && selectorMatches(selector, pod.labels)).length
}
