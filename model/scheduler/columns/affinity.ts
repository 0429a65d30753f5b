import type { PodInfo } from '../nodeInfo.ts'
import type { InterPodAffinityArgs, OwnTerms } from '../plugins/InterPodAffinity.ts'
/**
 * Affinity between pods by columns: what each group of existing pods adds to topology domains, kept up to date pod by pod.
 *
 * Models pkg/scheduler/framework/plugins/interpodaffinity/filtering.go and scoring.go
 */
import type { Columns, Group } from './columns.ts'
import { filterCounts, matchesAll, ownTerms, scorePoints } from '../plugins/InterPodAffinity.ts'
import { domainsOf, kept } from './columns.ts'

type Table = 'wanted' | 'unwanted' | 'refusing' | 'points'

/** Amounts by domain of one topology key. */
interface Tally {
  /** Node index → number of its domain; −1 without the label. */
  domain: Int32Array
  amounts: Float64Array
}

export interface Affinity {
  own: OwnTerms
  tables: Record<Table, Map<string, Tally>>
  /** How many pods are wanted anywhere. */
  wanted: number
  /** What one pod of a group adds. */
  parts: Map<Group, { as: Table, key: string, by: number }[]>
}

/** The tables for a pod. */
export function affinityOf(columns: Columns, pod: PodInfo, key: string, { hardPodAffinityWeight = 1, ignorePreferredTermsOfExistingPods = false }: InterPodAffinityArgs): Affinity {
  const add = (affinity: Affinity, group: Group, node: number, times: number) => {
    let parts = affinity.parts.get(group)
    if (!parts) {
      const { own } = affinity
      const ignored = ignorePreferredTermsOfExistingPods && !own.near.length && !own.far.length
      parts = [
        ...filterCounts(own, pod, group.pod).map(({ as, key }) => ({ as, key, by: 1 })),
        ...ignored ? [] : scorePoints(own, pod, group.pod, hardPodAffinityWeight).map(({ key, points }) => ({ as: 'points' as const, key, by: points })),
      ]
      affinity.parts.set(group, parts)
    }
    for (const { as, key, by } of parts) {
      let tally = affinity.tables[as].get(key)
      if (!tally) {
        const { of, count } = domainsOf(columns, key)
        affinity.tables[as].set(key, tally = { domain: of, amounts: new Float64Array(count) })
      }
      if (tally.domain[node]! < 0)
        continue
      tally.amounts[tally.domain[node]!]! += by * times
      if (as === 'wanted')
        affinity.wanted += times
    }
  }
  const make = (): Affinity => {
    const affinity: Affinity = {
      own: ownTerms(pod, columns.snapshot),
      tables: { wanted: new Map(), unwanted: new Map(), refusing: new Map(), points: new Map() },
      wanted: 0,
      parts: new Map(),
    }
    for (const group of columns.groups.values())
      group.onNode.forEach((count, node) => add(affinity, group, node, count))
    return affinity
  }
  return kept(columns, 'affinity', key, make, (affinity, { group, node, by }) => add(affinity, group, node, by))
}

function amountAt(table: Map<string, Tally>, key: string, node: number): number {
  const tally = table.get(key)
  return tally && tally.domain[node]! >= 0 ? tally.amounts[tally.domain[node]!]! : 0
}

/** The filter: node index → whether the pod may go there; undefined where it may go anywhere. */
export function allowsAffinity({ own, tables, wanted }: Affinity, columns: Columns, pod: PodInfo): ((node: number) => boolean) | undefined {
  const refusing = [...tables.refusing.keys()]
  if (!own.affinity.length && !own.antiAffinity.length && !refusing.length)
    return undefined
  const first = wanted === 0 && matchesAll(own.affinity, pod)
  const near = own.affinity.map(({ topologyKey }) => ({ key: topologyKey, domain: domainsOf(columns, topologyKey).of }))
  return node => near.every(({ key, domain }) => domain[node]! >= 0 && (first || amountAt(tables.wanted, key, node) > 0))
    && !own.antiAffinity.some(({ topologyKey }) => amountAt(tables.unwanted, topologyKey, node) > 0)
    && !refusing.some(key => amountAt(tables.refusing, key, node) > 0)
}

/** The normalised scores, 0 to 100, of the feasible nodes; undefined where all score the same. */
export function affinityScores({ tables: { points } }: Affinity, feasible: Int32Array): Float64Array | undefined {
  if (!points.size)
    return undefined
  const scores = new Float64Array(feasible.length)
  for (const { domain, amounts } of points.values()) {
    for (let i = 0; i < feasible.length; i++) {
      const at = domain[feasible[i]!]!
      if (at >= 0)
        scores[i]! += amounts[at]!
    }
  }
  let least = Infinity
  let most = -Infinity
  for (const score of scores) {
    least = Math.min(least, score)
    most = Math.max(most, score)
  }
  if (most === least)
    return undefined
  for (let i = 0; i < scores.length; i++)
    scores[i] = Math.trunc(100 * ((scores[i]! - least) / (most - least)))
  return scores
}
