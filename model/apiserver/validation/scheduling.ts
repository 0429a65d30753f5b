/**
 * Tolerations and selectors: taken when they are well-formed; an ill-formed one is not modelled.
 *
 * Models pkg/apis/core/validation/validation.go (tolerations) and staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go
 */
import type { Doc } from '../status.ts'
import { isQualifiedName, labelValueRule } from './names.ts'

/** Whether a text may be a label's value. */
export const isValue = (text: unknown) => typeof text === 'string' && text.length <= 63 && !labelValueRule.problem(text)

/** Whether a toleration is well-formed. */
export function plainToleration({ key = '', operator = 'Equal', value = '', effect = '', tolerationSeconds }: Doc): boolean {
  return (key ? isQualifiedName(key) : operator === 'Exists')
    && (operator === 'Exists' ? value === '' : operator === 'Equal' && isValue(value))
    && ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)
    && (tolerationSeconds === undefined || effect === 'NoExecute')
}

/** A requirement of a selector; `Gt` and `Lt` only where nodes are selected. */
export function plainRequirement(nodes: boolean) {
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
