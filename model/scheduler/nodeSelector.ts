import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, Pod } from '../objects.ts'
import type { Requirement } from '../selectors.ts'
/**
 * Which nodes a pod asks for: `nodeSelector` and node affinity.
 *
 * Models staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go
 */
import type { NodeInfo } from './nodeInfo.ts'
import { requirementHolds, selectorFromLabels } from '../selectors.ts'

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']

const labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/
const labelValue = /^(?:[A-Z0-9](?:[\w.-]{0,61}[A-Z0-9])?)?$/i

/** Whether a requirement is one that upstream can read; a term with one that isn't matches nothing: `Gt` of `-1`, no label's value. */
function readable({ key, operator, values = [] }: NodeSelectorRequirement, ofField: boolean): boolean {
  if (ofField)
    return (operator === 'In' || operator === 'NotIn') && values.length === 1
  if (!labelKey.test(key) || !values.every(value => labelValue.test(value)))
    return false
  switch (operator) {
    case 'In':
    case 'NotIn': return values.length > 0
    case 'Exists':
    case 'DoesNotExist': return !values.length
    default: return operators.includes(operator) && values.length === 1 && /^\d+$/.test(values[0]!)
  }
}

function holds({ key, operator, values = [] }: NodeSelectorRequirement, labels: Record<string, string>): boolean {
  return requirementHolds({ key, operator: operator as Requirement['operator'], values }, labels)
}

/** Whether the node satisfies every requirement of the term. An empty term matches nothing. */
export function nodeSelectorTermMatches({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: NodeInfo): boolean {
  if (!matchExpressions.length && !matchFields.length)
    return false
  return matchExpressions.every(each => readable(each, false) && holds(each, node.labels))
    && matchFields.every(each => readable(each, true) && holds(each, { 'metadata.name': node.name }))
}

/** Whether the node satisfies one of the terms. */
export function nodeSelectorMatches({ nodeSelectorTerms }: NodeSelector, node: NodeInfo): boolean {
  return nodeSelectorTerms.some(term => nodeSelectorTermMatches(term, node))
}

/** A test for `spec.nodeSelector` and the required node affinity together. */
export function requiredNodes({ spec }: Pod): (node: NodeInfo) => boolean {
  const selector = selectorFromLabels(spec.nodeSelector)
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return node => selector.every(each => requirementHolds(each, node.labels)) && (!required || nodeSelectorMatches(required, node))
}
