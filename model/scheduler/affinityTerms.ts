import type { Labels, Pod, PodAffinity, PodAffinityTerm } from '../objects.ts'
/**
 * A pod's affinity terms made ready for matching other pods.
 *
 * Models pkg/scheduler/framework/types.go (AffinityTerm)
 */
import type { Selector } from '../selectors.ts'
import { labelSelector, selectorMatches } from '../selectors.ts'

export interface AffinityTerm {
  topologyKey: string
  namespaces: string[]
  /** `undefined`: no namespace beside the named ones. */
  namespaceSelector: Selector
  selector: Selector
}

export interface WeightedTerm {
  weight: number
  term: AffinityTerm
}

export interface AffinityTerms {
  required: AffinityTerm[]
  preferred: WeightedTerm[]
}

function ready(term: PodAffinityTerm, namespace: string, path: string): AffinityTerm {
  return {
    topologyKey: term.topologyKey,
    namespaces: term.namespaces?.length || term.namespaceSelector ? term.namespaces ?? [] : [namespace],
    namespaceSelector: labelSelector(term.namespaceSelector, `${path}.namespaceSelector`),
    selector: labelSelector(term.labelSelector, `${path}.labelSelector`),
  }
}

/**
 * The terms of `spec.affinity.podAffinity` or `podAntiAffinity`.
 *
 * @throws {SelectorError} with the path of the field
 */
export function affinityTerms(pod: Pod, kind: 'podAffinity' | 'podAntiAffinity'): AffinityTerms {
  const affinity: PodAffinity = pod.spec.affinity?.[kind] ?? {}
  const namespace = pod.metadata.namespace ?? 'default'
  const path = `spec.affinity.${kind}`
  return {
    required: (affinity.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term, index) =>
      ready(term, namespace, `${path}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`)),
    preferred: (affinity.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ weight = 0, podAffinityTerm }, index) => ({
      weight,
      term: ready(podAffinityTerm, namespace, `${path}.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm`),
    })),
  }
}

/** Whether a pod with these labels, in this namespace, is one that the term speaks of. */
export function termMatches(term: AffinityTerm, namespace: string, labels: Labels, namespaceLabels: Labels = {}): boolean {
  return (term.namespaces.includes(namespace) || selectorMatches(term.namespaceSelector, namespaceLabels))
    && selectorMatches(term.selector, labels)
}

/**
 * The term with its namespace selector replaced by the names of the namespaces that it selects now. The selector of all
 * namespaces stays: it holds for namespaces that nobody has listed too.
 */
export function withNamespacesNamed(term: AffinityTerm, namespaces: Map<string, Labels>): AffinityTerm {
  if (!term.namespaceSelector?.length)
    return term
  const selected = [...namespaces].filter(([, labels]) => selectorMatches(term.namespaceSelector, labels)).map(([name]) => name)
  return { ...term, namespaces: [...term.namespaces, ...selected], namespaceSelector: undefined }
}
