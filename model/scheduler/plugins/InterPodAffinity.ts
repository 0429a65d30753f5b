import type { Labels } from '../../objects.ts'
// Models pkg/scheduler/framework/plugins/interpodaffinity/plugin.go, filtering.go and scoring.go
import type { AffinityTerm } from '../affinityTerms.ts'
import type { Cycle, Plugin } from '../framework.ts'
import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
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

interface FilterState {
  affinity: AffinityTerm[]
  antiAffinity: AffinityTerm[]
  namespaceLabels: Labels
  /** Pods that match all of the incoming pod's affinity terms. */
  wanted: Topology
  /** Pods that match an anti-affinity term of the incoming pod. */
  unwanted: Topology
  /** Terms of existing pods that don't want the incoming pod. */
  refusing: Topology
}

function matchesAll(terms: AffinityTerm[], { namespace, labels }: PodInfo): boolean {
  return terms.length > 0 && terms.every(term => termMatches(term, namespace, labels))
}

function count(state: FilterState, incoming: PodInfo, existing: PodInfo, node: NodeInfo, by: 1 | -1): void {
  for (const term of existing.antiAffinity.required) {
    if (termMatches(term, incoming.namespace, incoming.labels, state.namespaceLabels))
      state.refusing.add(term.topologyKey, node, by, true)
  }
  if (matchesAll(state.affinity, existing)) {
    for (const term of state.affinity)
      state.wanted.add(term.topologyKey, node, by, true)
  }
  for (const term of state.antiAffinity) {
    if (termMatches(term, existing.namespace, existing.labels))
      state.unwanted.add(term.topologyKey, node, by, true)
  }
}

function stateOf({ filterState }: Cycle): FilterState {
  return filterState.get('InterPodAffinity') as FilterState
}

/** Places pods near the pods that they want near, and away from those that they don't, in both directions. */
export function interPodAffinity({ hardPodAffinityWeight = 1, ignorePreferredTermsOfExistingPods = false }: InterPodAffinityArgs = {}): Plugin {
  return {
    name: 'InterPodAffinity',

    preFilter({ pod, snapshot, filterState }) {
      const named = (term: AffinityTerm) => withNamespacesNamed(term, snapshot.namespaceLabels)
      const state: FilterState = {
        affinity: pod.affinity.required.map(named),
        antiAffinity: pod.antiAffinity.required.map(named),
        namespaceLabels: snapshot.namespaceLabels.get(pod.namespace) ?? {},
        wanted: new Topology(),
        unwanted: new Topology(),
        refusing: new Topology(),
      }
      for (const node of snapshot.nodes) {
        for (const existing of node.pods)
          count(state, pod, existing, node, 1)
      }
      if (!state.affinity.length && !state.antiAffinity.length && !state.refusing.keys.size)
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
      const { affinity, antiAffinity, wanted, unwanted, refusing } = stateOf(cycle)
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
      const near = pod.affinity.preferred.map(({ weight, term }) => ({ weight, term: withNamespacesNamed(term, snapshot.namespaceLabels) }))
      const far = pod.antiAffinity.preferred.map(({ weight, term }) => ({ weight, term: withNamespacesNamed(term, snapshot.namespaceLabels) }))
      if (ignorePreferredTermsOfExistingPods && !near.length && !far.length)
        return 'Skip'
      const namespaceLabels = snapshot.namespaceLabels.get(pod.namespace) ?? {}
      const points = new Topology()
      for (const node of snapshot.nodes) {
        for (const existing of node.pods) {
          for (const { weight, term } of near) {
            if (termMatches(term, existing.namespace, existing.labels))
              points.add(term.topologyKey, node, weight)
          }
          for (const { weight, term } of far) {
            if (termMatches(term, existing.namespace, existing.labels))
              points.add(term.topologyKey, node, -weight)
          }
          const wishes = [
            ...hardPodAffinityWeight > 0 ? existing.affinity.required.map(term => ({ weight: hardPodAffinityWeight, term })) : [],
            ...existing.affinity.preferred,
            ...existing.antiAffinity.preferred.map(({ weight, term }) => ({ weight: -weight, term })),
          ]
          for (const { weight, term } of wishes) {
            if (termMatches(term, pod.namespace, pod.labels, namespaceLabels))
              points.add(term.topologyKey, node, weight)
          }
        }
      }
      scoreState.set('InterPodAffinity', points)
      return points.keys.size ? undefined : 'Skip'
    },

    score({ scoreState }, node) {
      const points = scoreState.get('InterPodAffinity') as Topology
      return [...points.keys.keys()].reduce((sum, key) => sum + points.at(key, node), 0)
    },

    normalizeScore(_, scores) {
      const least = Math.min(...scores)
      const most = Math.max(...scores)
      for (let i = 0; i < scores.length; i++)
        scores[i] = most > least ? Math.trunc(MAX_NODE_SCORE * ((scores[i]! - least) / (most - least))) : 0
    },
  }
}
