/**
 * Affinities and topology spread constraints of a pod: taken when they are well-formed; an ill-formed one is not modelled.
 *
 * Models pkg/apis/core/validation/validation.go (affinity, topology spread constraints)
 */
import type { Doc } from '../status.ts'
import { notModelled } from '../status.ts'
import { isQualifiedName } from './names.ts'
import { isValue, plainRequirement, plainSelector } from './scheduling.ts'

function plainNodeTerm({ matchExpressions = [], matchFields = [] }: Doc): boolean {
  return matchExpressions.every(plainRequirement(true))
    && matchFields.every(({ key, operator, values = [] }: Doc) => key === 'metadata.name' && ['In', 'NotIn'].includes(operator) && values.length === 1)
}

const plainWeight = ({ weight }: Doc) => weight >= 1 && weight <= 100

function plainPodTerm({ labelSelector, namespaces = [], topologyKey, namespaceSelector }: Doc): boolean {
  return topologyKey && isQualifiedName(topologyKey) && labelSelector && plainSelector(labelSelector) && plainSelector(namespaceSelector) && namespaces.every(isValue)
}

function plainAffinity({ nodeAffinity = {}, podAffinity = {}, podAntiAffinity = {} }: Doc): boolean {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'
  const terms = nodeAffinity[required]?.nodeSelectorTerms
  return (!nodeAffinity[required] || (terms?.length > 0 && terms.every(plainNodeTerm)))
    && (nodeAffinity[preferred] ?? []).every((term: Doc) => plainWeight(term) && plainNodeTerm(term.preference))
    && [podAffinity, podAntiAffinity].every(affinity => (affinity[required] ?? []).every(plainPodTerm)
      && (affinity[preferred] ?? []).every((term: Doc) => plainWeight(term) && plainPodTerm(term.podAffinityTerm)))
}

function plainSpread({ maxSkew, topologyKey, whenUnsatisfiable, labelSelector, minDomains, nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Honor', matchLabelKeys }: Doc): boolean {
  return maxSkew > 0 && topologyKey && isQualifiedName(topologyKey) && ['DoNotSchedule', 'ScheduleAnyway'].includes(whenUnsatisfiable) && labelSelector && plainSelector(labelSelector)
    && (minDomains === undefined || (minDomains > 0 && whenUnsatisfiable === 'DoNotSchedule')) && !matchLabelKeys
    && [nodeAffinityPolicy, nodeTaintsPolicy].every(policy => ['Honor', 'Ignore'].includes(policy))
}

/** @throws 501 when a scheduling field isn't plainly valid */
export function expectPlainScheduling({ nodeSelector = {}, affinity, topologySpreadConstraints = [], preemptionPolicy = 'Never' }: Doc): void {
  const spreads = topologySpreadConstraints.map((each: Doc) => `${each.topologyKey} ${each.whenUnsatisfiable}`)
  const plain = !Object.keys(nodeSelector).some(key => key.includes('beta.kubernetes.io/')) && (!affinity || plainAffinity(affinity))
    && topologySpreadConstraints.every(plainSpread) && new Set(spreads).size === spreads.length && ['Never', 'PreemptLowerPriority'].includes(preemptionPolicy)
  if (!plain)
    notModelled('an ill-formed affinity or spread constraint')
}
