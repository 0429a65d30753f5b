/**
 * The scheduler's short cut for large clusters.
 *
 * Models pkg/scheduler/framework/runtime/batch.go
 */
import type { Shortcut } from '../scheduler.ts'
import { follow } from '../cache.ts'
import { columnsOf, movePod } from './columns.ts'
import { canPlace, place } from './place.ts'

/** Places pods from kept results, wherever these can answer. */
export const byColumns: Shortcut = (cluster, profile, pod, start) => {
  const columns = follow(cluster, profile, (snapshot) => {
    const value = columnsOf(snapshot, profile)
    return { value, podMoved: (moved, node, by) => movePod(value, moved, node, by) }
  })
  return canPlace(columns, pod) ? place(columns, pod, start) : undefined
}
