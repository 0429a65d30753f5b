/**
 * The scheduling fields of a pod: taken when they are well-formed; an ill-formed one is not modelled.
 *
 * Models pkg/apis/core/validation/validation.go (tolerations, affinity, topology spread constraints)
 */
import type { Doc } from '../status.ts'
import { notModelled } from '../status.ts'
import { isQualifiedName, labelValueRule } from './names.ts'

const isValue = (text: unknown) => typeof text === 'string' && text.length <= 63 && !labelValueRule.problem(text)

function plainToleration({ key = '', operator = 'Equal', value = '', effect = '', tolerationSeconds }: Doc): boolean {
  return (key ? isQualifiedName(key) : operator === 'Exists')
    && (operator === 'Exists' ? value === '' : operator === 'Equal' && isValue(value))
    && ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)
    && (tolerationSeconds === undefined || effect === 'NoExecute')
}

/** A requirement of a selector; `Gt` and `Lt` only where nodes are selected. */
function plainRequirement(nodes: boolean) {
  return ({ key, operator, values = [] }: Doc): boolean => {
    if (!isQualifiedName(key))
      return false
    if (operator === 'In' || operator === 'NotIn')
      return values.length > 0 && values.every(isValue)
    if (operator === 'Exists' || operator === 'DoesNotExist')
      return values.length === 0
    return nodes && (operator === 'Gt' || operator === 'Lt') && values.length === 1 && /^\d+$/.test(values[0])
  }
}

/** Whether a LabelSelector is well-formed; an absent one is. */
export function plainSelector(selector: Doc | undefined | null): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {}
  return Object.entries(matchLabels).every(([key, value]) => isQualifiedName(key) && isValue(value)) && matchExpressions.every(plainRequirement(false))
}

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
export function expectPlainScheduling({ nodeSelector = {}, tolerations = [], affinity, topologySpreadConstraints = [], preemptionPolicy = 'Never' }: Doc): void {
  const spreads = topologySpreadConstraints.map((each: Doc) => `${each.topologyKey} ${each.whenUnsatisfiable}`)
  const plain = plainSelector({ matchLabels: nodeSelector }) && !Object.keys(nodeSelector).some(key => key.includes('beta.kubernetes.io/')) && tolerations.every(plainToleration) && (!affinity || plainAffinity(affinity))
    && topologySpreadConstraints.every(plainSpread) && new Set(spreads).size === spreads.length && ['Never', 'PreemptLowerPriority'].includes(preemptionPolicy)
  if (!plain)
    notModelled('an ill-formed selector, toleration, affinity or spread constraint')
}
