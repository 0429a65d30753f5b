import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
import type { Constraint } from '../plugins/topologySpreadConstraints.ts'
/**
 * Topology spread by columns: counts by domain, kept up to date pod by pod.
 *
 * Models pkg/scheduler/framework/plugins/podtopologyspread/filtering.go and scoring.go
 */
import type { Columns, Group } from './columns.ts'
import { selectorMatches } from '../../selectors.ts'
import { scoreForCount } from '../plugins/PodTopologySpread.ts'
import { hasAllKeys, HOSTNAME } from '../plugins/topologySpreadConstraints.ts'
import { domainsOf, kept } from './columns.ts'

/** One constraint's counts. */
interface Counted {
  constraint: Constraint
  /** Node index → number of its domain; −1 without the label. */
  domain: Int32Array
  /** Node index → 1 where the node's pods count. */
  includes: Uint8Array
  /** Domain → 1 where a node of it is included. */
  known: Uint8Array
  /** Domain → matching pods; for hostnames in scores, the node's own, included or not. */
  counts: Float64Array
  matches: Map<Group, boolean>
  self: 0 | 1
}

export interface Spread {
  constraints: Counted[]
  /** Node index → 1 where the node has every key, or needs none. */
  qualifies: Uint8Array
}

function add({ constraint, domain, includes, counts, matches }: Counted, group: Group, pod: PodInfo, node: number, by: number): void {
  let matching = matches.get(group)
  if (matching === undefined) {
    const { namespace, labels, pod: { metadata } } = group.pod
    matching = namespace === pod.namespace && !metadata.deletionTimestamp
      && !!constraint.selector?.length && selectorMatches(constraint.selector, labels)
    matches.set(group, matching)
  }
  if (matching && includes[node] && domain[node]! >= 0)
    counts[domain[node]!]! += by
}

/**
 * The counts for a pod's constraints. Soft ones are for scoring: then each hostname counts its own pods whatever the
 * policies say. If all are required, a node without all keys counts for none.
 */
export function spreadOf(columns: Columns, pod: PodInfo, key: string, constraints: Constraint[], soft: boolean, requireAll: boolean): Spread {
  const { nodes } = columns.snapshot
  const make = (): Spread => {
    const qualifies = Uint8Array.from(nodes, node => !requireAll || hasAllKeys(node, constraints) ? 1 : 0)
    const counted = constraints.map((constraint): Counted => {
      const { of, count } = domainsOf(columns, constraint.topologyKey)
      const own = soft && constraint.topologyKey === HOSTNAME
      const includes = own ? new Uint8Array(nodes.length).fill(1) : Uint8Array.from(nodes, (node: NodeInfo, index) => qualifies[index] && constraint.counts(node) ? 1 : 0)
      const known = new Uint8Array(count)
      of.forEach((domain, index) => {
        if (domain >= 0 && includes[index])
          known[domain] = 1
      })
      return {
        constraint,
        domain: of,
        includes,
        known,
        counts: new Float64Array(count),
        matches: new Map(),
        self: selectorMatches(constraint.selector, pod.labels) ? 1 : 0,
      }
    })
    for (const group of columns.groups.values()) {
      for (const each of counted)
        group.onNode.forEach((count, node) => add(each, group, pod, node, count))
    }
    return { constraints: counted, qualifies }
  }
  return kept(columns, soft ? 'soft' : 'hard', key, make, ({ constraints: all }, { node, group, by }) =>
    all.forEach(each => add(each, group, pod, node, by)))
}

/** The filter: node index → whether no constraint is hurt. */
export function allowsSpread({ constraints }: Spread): (node: number) => boolean {
  const limits = constraints.map(({ constraint: { minDomains, maxSkew }, known, counts, domain, self }) => {
    let least = Infinity
    let domains = 0
    for (let i = 0; i < counts.length; i++) {
      if (known[i]) {
        domains++
        least = Math.min(least, counts[i]!)
      }
    }
    return { domain, counts, most: maxSkew - self + (domains < minDomains ? 0 : least) }
  })
  return (node) => {
    for (const { domain, counts, most } of limits) {
      if (domain[node]! < 0 || counts[domain[node]!]! > most)
        return false
    }
    return true
  }
}

/** The normalised scores, 0 to 100, of the feasible nodes. */
export function spreadScores({ constraints, qualifies }: Spread, feasible: Int32Array): Float64Array {
  const scored = feasible.filter(node => qualifies[node])
  const weights = constraints.map(({ constraint: { topologyKey }, domain }) => {
    if (topologyKey === HOSTNAME)
      return Math.log(scored.length + 2)
    const values = new Set<number>()
    for (const node of scored)
      values.add(domain[node]!)
    return Math.log(values.size + 2)
  })
  const raw = new Float64Array(feasible.length)
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < feasible.length; i++) {
    const node = feasible[i]!
    if (!qualifies[node])
      continue
    let sum = 0
    for (let c = 0; c < constraints.length; c++) {
      const { domain, counts, constraint: { maxSkew } } = constraints[c]!
      if (domain[node]! >= 0)
        sum += scoreForCount(counts[domain[node]!]!, maxSkew, weights[c]!)
    }
    raw[i] = Math.round(sum)
    least = Math.min(least, raw[i]!)
    most = Math.max(most, raw[i]!)
  }
  for (let i = 0; i < feasible.length; i++) {
    if (qualifies[feasible[i]!])
      raw[i] = most === 0 ? 100 : Math.trunc(100 * (most + least - raw[i]!) / most)
  }
  return raw
}
