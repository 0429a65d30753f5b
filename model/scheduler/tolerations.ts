/**
 * Taints and tolerations.
 *
 * Models staging/src/k8s.io/component-helpers/scheduling/corev1/helpers.go and staging/src/k8s.io/api/core/v1/toleration.go
 */
import type { Taint, TaintEffect, Toleration } from '../objects.ts'

/** Empty effect: any effect. Empty key: any key. Empty operator: Equal. */
export function tolerates({ key, operator, value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect)
    return false
  if (key && key !== taint.key)
    return false
  if (!operator || operator === 'Equal')
    return value === (taint.value ?? '')
  return operator === 'Exists'
}

/** The taints of these effects that no toleration covers, in the node's order. */
export function untolerated(taints: Taint[] = [], tolerations: Toleration[] = [], effects: TaintEffect[]): Taint[] {
  return taints.filter(taint => effects.includes(taint.effect) && !tolerations.some(toleration => tolerates(toleration, taint)))
}

/** The effects that keep a pod away for certain. */
export const keepsAway: TaintEffect[] = ['NoSchedule', 'NoExecute']
