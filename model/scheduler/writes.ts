/**
 * What the scheduler writes, each as a request to the API server.
 *
 * Models pkg/scheduler/framework/plugins/defaultbinder/default_binder.go, pkg/scheduler/schedule_one.go and pkg/scheduler/framework/preemption/executor.go
 */
import type { Condition, CoreEvent, Pod } from '../objects.ts'

/** A request as the API server takes it. */
export interface WriteRequest {
  method: 'POST' | 'PATCH' | 'DELETE'
  path: string
  headers?: Record<string, string>
  body?: object
}

const SCHEDULER = 'default-scheduler'

function pathOf({ metadata: { namespace = 'default', name } }: Pod): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`
}

/** Seconds, as objects have it. */
function timestamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`
}

/** Assigns the pod to the node. */
export function bind(pod: Pod, node: string): WriteRequest {
  const { namespace = 'default', name, uid } = pod.metadata
  return {
    method: 'POST',
    path: `${pathOf(pod)}/binding`,
    body: { apiVersion: 'v1', kind: 'Binding', metadata: { namespace, name, ...uid && { uid } }, target: { kind: 'Node', name: node } },
  }
}

/** An event as core/v1 shows it; the real scheduler posts the same through events.k8s.io. */
function event(pod: Pod, now: number, id: string, about: Partial<CoreEvent>): WriteRequest {
  const { namespace = 'default', name, uid, resourceVersion } = pod.metadata
  return {
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/events`,
    body: {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${id}`, namespace },
      involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name, uid, resourceVersion },
      eventTime: new Date(now).toISOString().replace('Z', '000Z'),
      reportingComponent: SCHEDULER,
      reportingInstance: `${SCHEDULER}-control-plane`,
      ...about,
    } satisfies CoreEvent,
  }
}

/** `id` makes the event's name: hexadecimal, unlike any before. */
export function scheduledEvent(pod: Pod, node: string, now: number, id: string): WriteRequest {
  const { namespace = 'default', name } = pod.metadata
  return event(pod, now, id, { type: 'Normal', reason: 'Scheduled', action: 'Binding', message: `Successfully assigned ${namespace}/${name} to ${node}` })
}

export function failedSchedulingEvent(pod: Pod, message: string, now: number, id: string): WriteRequest {
  return event(pod, now, id, { type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message })
}

export function preemptedEvent(victim: Pod, preemptor: Pod, node: string, now: number, id: string): WriteRequest {
  const { namespace = 'default', name, uid = '' } = preemptor.metadata
  return event(victim, now, id, {
    type: 'Normal',
    reason: 'Preempted',
    action: 'Preempting',
    message: `Preempted by pod ${uid} on node ${node}`,
    related: { kind: 'Pod', apiVersion: 'v1', namespace, name, uid },
  })
}

function patchStatus(pod: Pod, status: object): WriteRequest {
  const { uid } = pod.metadata
  return {
    method: 'PATCH',
    path: `${pathOf(pod)}/status`,
    headers: { 'content-type': 'application/strategic-merge-patch+json' },
    body: { ...uid && { metadata: { uid } }, status },
  }
}

function condition(pod: Pod, now: number, given: Omit<Condition, 'lastTransitionTime'>): Condition {
  const before = pod.status?.conditions?.find(({ type }) => type === given.type)
  const { generation } = pod.metadata
  return {
    ...generation && { observedGeneration: generation },
    ...given,
    lastProbeTime: null,
    lastTransitionTime: before?.status === given.status && before.lastTransitionTime ? before.lastTransitionTime : timestamp(now),
  }
}

/**
 * Says on the pod why it has no node, and which one it is nominated for. Undefined where the pod says so already.
 * No node takes a nomination back.
 */
export function unschedulableStatus(pod: Pod, message: string, nominated: string | undefined, now: number): WriteRequest | undefined {
  const before = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')
  const nomination = pod.status?.nominatedNodeName || undefined
  if (before?.status === 'False' && before.message === message && nominated === nomination)
    return undefined
  return patchStatus(pod, {
    conditions: [condition(pod, now, { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message })],
    ...nominated !== nomination && { nominatedNodeName: nominated ?? null },
  })
}

/** Says on a victim why it goes. */
export function disruptionStatus(victim: Pod, now: number): WriteRequest {
  const message = `${SCHEDULER}: preempting to accommodate a higher priority pod`
  return patchStatus(victim, {
    conditions: [condition(victim, now, { type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler', message })],
  })
}

/** Lets a victim go, with the grace that it asks for. */
export function deleteVictim(victim: Pod): WriteRequest {
  return { method: 'DELETE', path: pathOf(victim) }
}
