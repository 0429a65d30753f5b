/** Something due at a time; of two that are due together the one with the lower number is first. */
export interface Due {
  /** ms of the virtual clock. */
  at: number
  /** Counts up as events are made. */
  id: number
}

function before(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id)
}

/** Puts an event in a queue: a binary heap in a plain array. */
export function enqueue<T extends Due>(queue: T[], event: T): void {
  let i = queue.length
  queue.push(event)
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (!before(event, queue[parent]!))
      break
    queue[i] = queue[parent]!
    i = parent
  }
  queue[i] = event
}

/** Takes the event that is due first; undefined of an empty queue. */
export function dequeue<T extends Due>(queue: T[]): T | undefined {
  const first = queue[0]
  const last = queue.pop()
  if (!last || queue.length === 0)
    return first
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= queue.length)
      break
    if (child + 1 < queue.length && before(queue[child + 1]!, queue[child]!))
      child += 1
    if (!before(queue[child]!, last))
      break
    queue[i] = queue[child]!
    i = child
  }
  queue[i] = last
  return first
}
