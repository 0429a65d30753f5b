/**
 * Which of the scored nodes is taken.
 *
 * Models pkg/scheduler/schedule_one.go (newSortedNodeScores, numFeasibleNodesToFind)
 */

/**
 * The index of the node taken: the root of the heap that Go's `heap.Init` makes of the totals. Between equal totals the
 * outcome depends on their places alone; the documentation speaks of a random choice.
 */
export function heapRoot(totals: ArrayLike<number>): number {
  let best = 0
  let several = false
  for (let index = 1; index < totals.length; index++) {
    if (totals[index]! > totals[best]!) {
      best = index
      several = false
    }
    else if (totals[index] === totals[best]) {
      several = true
    }
  }
  // Alone at the top, it comes to the root whatever the order.
  if (!several)
    return best
  const heap = new Int32Array(totals.length)
  for (let index = 0; index < heap.length; index++)
    heap[index] = index
  for (let start = (heap.length >> 1) - 1; start >= 0; start--) {
    let parent = start
    for (;;) {
      let child = 2 * parent + 1
      if (child >= heap.length)
        break
      if (child + 1 < heap.length && totals[heap[child + 1]!]! > totals[heap[child]!]!)
        child++
      if (!(totals[heap[child]!]! > totals[heap[parent]!]!))
        break
      const lower = heap[parent]!
      heap[parent] = heap[child]!
      heap[child] = lower
      parent = child
    }
  }
  return heap[0]!
}

const LEAST_NODES = 100
const LEAST_PERCENTAGE = 5

/**
 * After how many feasible nodes the search stops.
 *
 * @param nodes how many there are to be tried
 * @param percentage of the nodes; 0 for adaptive
 */
export function feasibleNodesToFind(nodes: number, percentage: number): number {
  if (nodes < LEAST_NODES)
    return nodes
  const share = percentage || Math.max(LEAST_PERCENTAGE, 50 - Math.trunc(nodes / 125))
  return Math.max(LEAST_NODES, Math.trunc(nodes * share / 100))
}
