/**
 * The text of FailedScheduling.
 *
 * Models pkg/scheduler/framework/types.go (FitError)
 */
import type { Rejection } from './explanation.ts'

/**
 * `0/N nodes are available: COUNT reason, … .`, the reasons sorted as text.
 *
 * @param nodes how many nodes there are
 * @param statuses node name → rejection
 * @param absent what counts for each node that isn't among them
 */
export function fitError(nodes: number, statuses: Map<string, Rejection>, absent?: Rejection): string {
  const counts = new Map<string, number>()
  const add = (reasons: string[], by: number) => reasons.forEach(reason => counts.set(reason, (counts.get(reason) ?? 0) + by))
  for (const { reasons } of statuses.values())
    add(reasons, 1)
  if (absent && statuses.size < nodes)
    add(absent.reasons, nodes - statuses.size)
  const sorted = [...counts].map(([reason, count]) => `${count} ${reason}`).sort((a, b) => a < b ? -1 : 1)
  return `0/${nodes} nodes are available:${sorted.length ? ` ${sorted.join(', ')}.` : ''}`
}
