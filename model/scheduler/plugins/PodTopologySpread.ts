// Models pkg/scheduler/framework/plugins/podtopologyspread/plugin.go, filtering.go and scoring.go
import type { Cycle, Plugin } from '../framework.ts'
import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
import type { Constraint, PodTopologySpreadArgs } from './topologySpreadConstraints.ts'
import { selectorMatches } from '../../selectors.ts'
import { divide, MAX_NODE_SCORE, unresolvable, unschedulable } from '../framework.ts'
import { constraintsFor, countMatching, hasAllKeys, HOSTNAME, systemConstraints } from './topologySpreadConstraints.ts'

interface FilterState {
  constraints: Constraint[]
  /** For each constraint: topology value → matching pods. */
  counts: Map<string, number>[]
}

interface ScoreState {
  constraints: Constraint[]
  counts: Map<string, number>[]
  /** ln(number of topology values + 2), for each constraint. */
  weights: number[]
  ignored: Set<NodeInfo>
}

const mismatch = `node(s) didn't match pod topology spread constraints`

function update({ pod, filterState }: Cycle, other: PodInfo, node: NodeInfo, by: 1 | -1): void {
  const { constraints, counts } = filterState.get('PodTopologySpread') as FilterState
  if (other.namespace !== pod.namespace || !hasAllKeys(node, constraints))
    return
  constraints.forEach(({ selector, topologyKey, counts: includes }, index) => {
    if (!selectorMatches(selector, other.labels) || !includes(node))
      return
    const value = node.labels[topologyKey]!
    counts[index]!.set(value, (counts[index]!.get(value) ?? 0) + by)
  })
}

/** What a topology value adds to a node's raw score: fewer pods, lower, better. */
export function scoreForCount(count: number, maxSkew: number, weight: number): number {
  return count * weight + maxSkew - 1
}

/** Keeps matching pods spread over topology domains: hard constraints filter, soft ones score. */
export function podTopologySpread({ defaultConstraints = [], defaultingType = 'System' }: PodTopologySpreadArgs = {}): Plugin {
  const system = defaultingType === 'System'
  const defaults = system ? systemConstraints : defaultConstraints
  return {
    name: 'PodTopologySpread',

    preFilter({ pod, snapshot, filterState }) {
      const constraints = constraintsFor(pod, snapshot, defaults, 'DoNotSchedule')
      if (!constraints.length)
        return 'Skip'
      const counts = constraints.map(() => new Map<string, number>())
      for (const node of snapshot.nodes) {
        if (!hasAllKeys(node, constraints))
          continue
        constraints.forEach(({ topologyKey, selector, counts: includes }, index) => {
          if (!includes(node))
            return
          const value = node.labels[topologyKey]!
          counts[index]!.set(value, (counts[index]!.get(value) ?? 0) + countMatching(node, selector, pod.namespace))
        })
      }
      filterState.set('PodTopologySpread', { constraints, counts } satisfies FilterState)
      return undefined
    },

    cloneState(state) {
      const { constraints, counts } = state as FilterState
      return { constraints, counts: counts.map(count => new Map(count)) } satisfies FilterState
    },
    addPod: (cycle, other, node) => update(cycle, other, node, 1),
    removePod: (cycle, other, node) => update(cycle, other, node, -1),

    filter({ pod, filterState }, node) {
      const { constraints, counts } = filterState.get('PodTopologySpread') as FilterState
      for (const [index, { topologyKey, selector, minDomains, maxSkew }] of constraints.entries()) {
        const value = node.labels[topologyKey]
        if (value === undefined)
          return unresolvable(`${mismatch} (missing required label)`)
        const domains = counts[index]!
        const least = domains.size < minDomains ? 0 : Math.min(...domains.values())
        const self = selectorMatches(selector, pod.labels) ? 1 : 0
        if ((domains.get(value) ?? 0) + self - least > maxSkew)
          return unschedulable(mismatch)
      }
      return undefined
    },

    preScore({ pod, snapshot, scoreState }, nodes) {
      const constraints = constraintsFor(pod, snapshot, defaults, 'ScheduleAnyway')
      if (!constraints.length)
        return 'Skip'
      const requireAll = !system || !!pod.pod.spec.topologySpreadConstraints?.length
      const qualifies = (node: NodeInfo) => !requireAll || hasAllKeys(node, constraints)
      const ignored = new Set(nodes.filter(node => !qualifies(node)))
      const counts = constraints.map(({ topologyKey }) => topologyKey === HOSTNAME
        ? new Map<string, number>()
        : new Map(nodes.filter(node => !ignored.has(node)).map(node => [node.labels[topologyKey] ?? '', 0])))
      for (const node of snapshot.nodes) {
        if (!qualifies(node))
          continue
        constraints.forEach(({ topologyKey, selector, counts: includes }, index) => {
          const value = node.labels[topologyKey] ?? ''
          const count = counts[index]!.get(value)
          if (count !== undefined && includes(node))
            counts[index]!.set(value, count + countMatching(node, selector, pod.namespace))
        })
      }
      const weights = constraints.map(({ topologyKey }, index) =>
        Math.log((topologyKey === HOSTNAME ? nodes.length - ignored.size : counts[index]!.size) + 2))
      scoreState.set('PodTopologySpread', { constraints, counts, weights, ignored } satisfies ScoreState)
      return undefined
    },

    score({ pod, scoreState }, node) {
      const { constraints, counts, weights, ignored } = scoreState.get('PodTopologySpread') as ScoreState
      if (ignored.has(node))
        return 0
      let score = 0
      constraints.forEach(({ topologyKey, selector, maxSkew }, index) => {
        const value = node.labels[topologyKey]
        if (value === undefined)
          return
        const count = topologyKey === HOSTNAME ? countMatching(node, selector, pod.namespace) : counts[index]!.get(value)!
        score += scoreForCount(count, maxSkew, weights[index]!)
      })
      return Math.round(score)
    },

    normalizeScore({ scoreState }, scores, nodes) {
      const { ignored } = scoreState.get('PodTopologySpread') as ScoreState
      const counted = scores.filter((_, index) => !ignored.has(nodes[index]!))
      const least = Math.min(...counted)
      const most = Math.max(...counted)
      nodes.forEach((node, index) => {
        if (ignored.has(node))
          scores[index] = 0
        else
          scores[index] = most === 0 ? MAX_NODE_SCORE : divide(most + least - scores[index]!, MAX_NODE_SCORE, most)
      })
    },
  }
}
