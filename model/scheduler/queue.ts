/**
 * The scheduling queue: pods to be tried now, pods that were tried too often of late, and pods that wait for something to change.
 *
 * Models pkg/scheduler/backend/queue/scheduling_queue.go, active_queue.go and backoff_queue.go
 */

/** A pod in the queue. Times are ms of the virtual clock. */
export interface QueuedPod {
  /** `namespace/name`. */
  key: string
  priority: number
  /** When it came to where it stands. */
  since: number
  attempts: number
  /** Not to be tried before, unless there is nothing else to do. */
  backoffUntil: number
  /** It failed by an error, not for lack of a node: the back-off holds even where there is nothing else to do. */
  failed: boolean
  /** The plugins that refused it last. */
  plugins: string[]
}

/** Plain data. `active` and `backoff` are in the order in which they are taken. */
export interface SchedulingQueue {
  active: QueuedPod[]
  backoff: QueuedPod[]
  unschedulable: QueuedPod[]
}

const FIRST_BACKOFF = 1000
const LONGEST_BACKOFF = 10_000
/** How long a pod may wait for an event before it is tried all the same. */
const LONGEST_WAIT = 5 * 60_000

export function newQueue(): SchedulingQueue {
  return { active: [], backoff: [], unschedulable: [] }
}

/** How long a pod rests after so many attempts. */
export function backoffAfter(attempts: number): number {
  return Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (attempts - 1))
}

/** PrioritySort: higher priority first, then the one that has waited longer. */
function insert(pods: QueuedPod[], pod: QueuedPod, before: (a: QueuedPod, b: QueuedPod) => boolean): void {
  const place = pods.findIndex(other => before(pod, other))
  pods.splice(place < 0 ? pods.length : place, 0, pod)
}

function activate({ active }: SchedulingQueue, pod: QueuedPod, now: number): void {
  insert(active, { ...pod, since: now }, (a, b) => a.priority > b.priority || (a.priority === b.priority && a.since < b.since))
}

function requeue(queue: SchedulingQueue, pod: QueuedPod, now: number): void {
  if (pod.backoffUntil > now)
    insert(queue.backoff, { ...pod, since: now }, (a, b) => a.backoffUntil < b.backoffUntil)
  else
    activate(queue, pod, now)
}

/** A new pod without a node. */
export function enqueuePod(queue: SchedulingQueue, key: string, priority: number, now: number): void {
  activate(queue, { key, priority, since: now, attempts: 0, backoffUntil: 0, failed: false, plugins: [] }, now)
}

/** Takes a pod out, wherever it stands; it is bound, or gone. */
export function dequeuePod(queue: SchedulingQueue, key: string): QueuedPod | undefined {
  for (const pods of [queue.active, queue.backoff, queue.unschedulable]) {
    const place = pods.findIndex(pod => pod.key === key)
    if (place >= 0)
      return pods.splice(place, 1)[0]
  }
  return undefined
}

/** The next pod to be tried: with nothing active, one that is still backing off. */
export function nextPod(queue: SchedulingQueue, now: number): QueuedPod | undefined {
  flush(queue, now)
  const place = queue.backoff.findIndex(({ failed }) => !failed)
  const pod = queue.active.shift() ?? (place >= 0 ? queue.backoff.splice(place, 1)[0] : undefined)
  return pod && { ...pod, attempts: pod.attempts + 1 }
}

/** Puts back a pod that no node would take: it waits for an event that its plugins care about. */
export function waitForChange(queue: SchedulingQueue, pod: QueuedPod, plugins: string[], now: number): void {
  queue.unschedulable.push({ ...pod, plugins, since: now, failed: false, backoffUntil: now + backoffAfter(pod.attempts) })
}

/** Puts back a pod whose binding failed: it is tried again after its back-off. */
export function retryLater(queue: SchedulingQueue, pod: QueuedPod, now: number): void {
  requeue(queue, { ...pod, failed: true, backoffUntil: now + backoffAfter(pod.attempts) }, now)
}

/** Moves the waiting pods for which an event may make a difference. */
export function movePods(queue: SchedulingQueue, worth: (pod: QueuedPod) => boolean, now: number): void {
  const moved = queue.unschedulable.filter(worth)
  queue.unschedulable = queue.unschedulable.filter(pod => !moved.includes(pod))
  moved.forEach(pod => requeue(queue, pod, now))
}

/** Moves pods whose time has come. */
export function flush(queue: SchedulingQueue, now: number): void {
  while (queue.backoff[0] && queue.backoff[0].backoffUntil <= now)
    activate(queue, queue.backoff.shift()!, now)
  movePods(queue, ({ since }) => since + LONGEST_WAIT <= now, now)
}

/** When the next pod's time comes, in ms of the virtual clock. */
export function nextFlush({ backoff, unschedulable }: SchedulingQueue): number | undefined {
  const times = [...backoff.map(({ backoffUntil }) => backoffUntil), ...unschedulable.map(({ since }) => since + LONGEST_WAIT)]
  return times.length ? Math.min(...times) : undefined
}
