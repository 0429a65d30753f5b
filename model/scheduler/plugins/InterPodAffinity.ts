import type { Labels } from '../../objects.ts'
// Models pkg/scheduler/framework/plugins/interpodaffinity/plugin.go, filtering.go and scoring.go
import type { AffinityTerm, WeightedTerm } from '../affinityTerms.ts'
import type { Cycle, Plugin } from '../framework.ts'
import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
import type { Snapshot } from '../snapshot.ts'
import { termMatches, withNamespacesNamed } from '../affinityTerms.ts'
import { MAX_NODE_SCORE, unresolvable, unschedulable } from '../framework.ts'

export interface InterPodAffinityArgs {
  /** What a required affinity term of an existing pod is worth to a pod that it matches, 0 to 100. */
  hardPodAffinityWeight?: number
  ignorePreferredTermsOfExistingPods?: boolean
}

/** Topology key → topology value → pods, or points. */
class Topology {
  readonly keys = new Map<string, Map<string, number>>()

  /** Adds on the node's domain of that key; what comes to zero is forgotten, if asked. */
  add(key: string, node: NodeInfo, by: number, forgetZero = false): void {
    const value = node.labels[key]
    if (value === undefined)
      return
    const values = this.keys.get(key) ?? new Map<string, number>()
    const sum = (values.get(value) ?? 0) + by
    if (forgetZero && sum === 0)
      values.delete(value)
    else
      values.set(value, sum)
    if (values.size)
      this.keys.set(key, values)
    else
      this.keys.delete(key)
  }

  at(key: string, node: NodeInfo): number {
    return this.keys.get(key)?.get(node.labels[key]!) ?? 0
  }

  copy(): Topology {
    const copy = new Topology()
    for (const [key, values] of this.keys)
      copy.keys.set(key, new Map(values))
    return copy
  }
}

/** The terms of the pod to be placed, their namespaces named, and the labels of its own namespace. */
export interface OwnTerms {
  affinity: AffinityTerm[]
  antiAffinity: AffinityTerm[]
  near: WeightedTerm[]
  far: WeightedTerm[]
  namespaceLabels: Labels
}

export function ownTerms({ affinity, antiAffinity, namespace }: PodInfo, { namespaceLabels }: Snapshot): OwnTerms {
  const named = (term: AffinityTerm) => withNamespacesNamed(term, namespaceLabels)
  const namedToo = ({ weight, term }: WeightedTerm) => ({ weight, term: named(term) })
  return {
    affinity: affinity.required.map(named),
    antiAffinity: antiAffinity.required.map(named),
    near: affinity.preferred.map(namedToo),
    far: antiAffinity.preferred.map(namedToo),
    namespaceLabels: namespaceLabels.get(namespace) ?? {},
  }
}

/** Whether the pod is one that all of the terms speak of. */
export function matchesAll(terms: AffinityTerm[], { namespace, labels }: PodInfo): boolean {
  return terms.length > 0 && terms.every(term => termMatches(term, namespace, labels))
}

/**
 * What an existing pod counts in the filter, by topology key: as one that the incoming pod wants near (if it matches all
 * of its terms), as one that it doesn't, or as one that refuses it.
 */
export function filterCounts({ affinity, antiAffinity, namespaceLabels }: OwnTerms, incoming: PodInfo, existing: PodInfo): { as: 'wanted' | 'unwanted' | 'refusing', key: string }[] {
  const refusing = existing.antiAffinity.required.filter(term => termMatches(term, incoming.namespace, incoming.labels, namespaceLabels))
  const wanted = matchesAll(affinity, existing) ? affinity : []
  const unwanted = antiAffinity.filter(term => termMatches(term, existing.namespace, existing.labels))
  return [
    ...refusing.map(({ topologyKey: key }) => ({ as: 'refusing' as const, key })),
    ...wanted.map(({ topologyKey: key }) => ({ as: 'wanted' as const, key })),
    ...unwanted.map(({ topologyKey: key }) => ({ as: 'unwanted' as const, key })),
  ]
}

/** The points that an existing pod gives its node's domains, by topology key: for its own wishes and the incoming pod's. */
export function scorePoints({ near, far, namespaceLabels }: OwnTerms, incoming: PodInfo, { affinity, antiAffinity, namespace, labels }: PodInfo, hardPodAffinityWeight: number): { key: string, points: number }[] {
  const ours = (terms: WeightedTerm[], sign: number) => terms.filter(({ term }) => termMatches(term, namespace, labels))
    .map(({ weight, term }) => ({ key: term.topologyKey, points: sign * weight }))
  const theirs = (terms: WeightedTerm[], sign: number) => terms.filter(({ term }) => termMatches(term, incoming.namespace, incoming.labels, namespaceLabels))
    .map(({ weight, term }) => ({ key: term.topologyKey, points: sign * weight }))
  const hard = hardPodAffinityWeight > 0 ? affinity.required.map(term => ({ weight: hardPodAffinityWeight, term })) : []
  return [...ours(near, 1), ...ours(far, -1), ...theirs(hard, 1), ...theirs(affinity.preferred, 1), ...theirs(antiAffinity.preferred, -1)]
}

interface FilterState {
  own: OwnTerms
  wanted: Topology
  unwanted: Topology
  refusing: Topology
}

function count(state: FilterState, incoming: PodInfo, existing: PodInfo, node: NodeInfo, by: 1 | -1): void {
  for (const { as, key } of filterCounts(state.own, incoming, existing))
    state[as].add(key, node, by, true)
}

function stateOf({ filterState }: Cycle): FilterState {
  return filterState.get('InterPodAffinity') as FilterState
}

/** Places pods near the pods that they want near, and away from those that they don't, in both directions. */
export function interPodAffinity({ hardPodAffinityWeight = 1, ignorePreferredTermsOfExistingPods = false }: InterPodAffinityArgs = {}): Plugin {
  return {
    name: 'InterPodAffinity',

    preFilter({ pod, snapshot, filterState }) {
      const own = ownTerms(pod, snapshot)
      const state: FilterState = { own, wanted: new Topology(), unwanted: new Topology(), refusing: new Topology() }
      for (const node of snapshot.nodes) {
        for (const existing of node.pods)
          count(state, pod, existing, node, 1)
      }
      if (!own.affinity.length && !own.antiAffinity.length && !state.refusing.keys.size)
        return 'Skip'
      filterState.set('InterPodAffinity', state)
      return undefined
    },

    cloneState(given) {
      const state = given as FilterState
      return { ...state, wanted: state.wanted.copy(), unwanted: state.unwanted.copy(), refusing: state.refusing.copy() }
    },
    addPod: (cycle, existing, node) => count(stateOf(cycle), cycle.pod, existing, node, 1),
    removePod: (cycle, existing, node) => count(stateOf(cycle), cycle.pod, existing, node, -1),

    filter(cycle, node) {
      const { own: { affinity, antiAffinity }, wanted, unwanted, refusing } = stateOf(cycle)
      const satisfied = affinity.every(({ topologyKey }) => Object.hasOwn(node.labels, topologyKey))
        && (affinity.every(({ topologyKey }) => wanted.at(topologyKey, node) > 0)
          // The first of its kind: nobody matches yet but the pod itself.
          || (!wanted.keys.size && matchesAll(affinity, cycle.pod)))
      if (!satisfied)
        return unresolvable(`node(s) didn't match pod affinity rules`)
      if (antiAffinity.some(({ topologyKey }) => unwanted.at(topologyKey, node) > 0))
        return unschedulable(`node(s) didn't match pod anti-affinity rules`)
      if ([...refusing.keys.keys()].some(key => refusing.at(key, node) > 0))
        return unschedulable(`node(s) didn't satisfy existing pods anti-affinity rules`)
      return undefined
    },

    preScore({ pod, snapshot, scoreState }) {
      const own = ownTerms(pod, snapshot)
      if (ignorePreferredTermsOfExistingPods && !own.near.length && !own.far.length)
        return 'Skip'
      const topology = new Topology()
      for (const node of snapshot.nodes) {
        for (const existing of node.pods) {
          for (const { key, points } of scorePoints(own, pod, existing, hardPodAffinityWeight))
            topology.add(key, node, points)
        }
      }
      scoreState.set('InterPodAffinity', topology)
      return topology.keys.size ? undefined : 'Skip'
    },

    score({ scoreState }, node) {
      const topology = scoreState.get('InterPodAffinity') as Topology
      return [...topology.keys.keys()].reduce((sum, key) => sum + topology.at(key, node), 0)
    },

    normalizeScore(_, scores) {
      const least = Math.min(...scores)
      const most = Math.max(...scores)
      for (let i = 0; i < scores.length; i++)
        scores[i] = most > least ? Math.trunc(MAX_NODE_SCORE * ((scores[i]! - least) / (most - least))) : 0
    },
  }
}
