/** Models pkg/api/pod/util.go (UpdatePodCondition) */
import type { Doc } from './status.ts'

/** Sets a condition; the time of transition stays when the status stays. Changes the pod in place. */
export function setCondition(pod: Doc, condition: Doc, time: string): void {
  const conditions: Doc[] = pod.status.conditions ?? []
  const index = conditions.findIndex(each => each.type === condition.type)
  const before = conditions[index]
  const { type, status, ...words } = condition
  const next = { type, status, lastProbeTime: null, lastTransitionTime: before?.status === status ? before!.lastTransitionTime : time, ...words }
  pod.status.conditions = index < 0 ? [...conditions, next] : conditions.with(index, next)
}
