/** Models plugin/pkg/admission/priority/admission.go */
import type { Target } from '../context.ts'
import type { Flow } from '../flow.ts'
import type { Doc } from '../status.ts'
import { cachedOne } from '../flow.ts'
import { forbidden, notModelled } from '../status.ts'

/** Writes the priority of the pod's class, 0 without one. @throws 403 when there is no such class */
export function* setPriority({ type }: Target, pod: Doc): Flow<void> {
  const { spec } = pod
  const name = spec.priorityClassName
  const found: Doc | undefined = name ? yield* cachedOne('priorityclasses', '', name) : undefined
  if (name && !found)
    throw forbidden(type, pod.metadata.name ?? '', `no PriorityClass with name ${name} was found`)
  const value = found?.value ?? 0
  const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority'
  if ((spec.priority ?? value) !== value || (spec.preemptionPolicy ?? policy) !== policy)
    notModelled('a priority given by hand')
  spec.priority = value
  spec.preemptionPolicy = policy
}
