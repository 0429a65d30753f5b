// Models pkg/scheduler/framework/plugins/noderesources/most_allocated.go and requested_to_capacity_ratio.go
import type { ResourceScorer, ScoringStrategy, ShapePoint } from './resourceScorers.ts'
import { divide, MAX_NODE_SCORE } from '../framework.ts'
import { meanOf, resourceScorers, totalWeight, weightedSum } from './resourceScorers.ts'

/** 0 for an empty node, 100 for one that is full or more than full. */
export function mostAllocatedScore(used: number, capacity: number): number {
  return divide(Math.min(used, capacity), MAX_NODE_SCORE, capacity)
}

/** A line through the points: utilisation in percent → score 0 to 100. */
export function brokenLine(shape: ShapePoint[]): (utilization: number) => number {
  const points = shape.map(({ utilization, score }) => ({ utilization, score: score * 10 }))
  return (utilization) => {
    const next = points.findIndex(point => utilization <= point.utilization)
    if (next < 0)
      return points.at(-1)!.score
    const to = points[next]!
    const from = points[next - 1]
    if (!from)
      return to.score
    return from.score + Math.trunc((to.score - from.score) * (utilization - from.utilization) / (to.utilization - from.utilization))
  }
}

/** The weighted mean of what the line says of each resource, rounded; a resource at 0 doesn't count. */
function byRatio({ requestedToCapacityRatio }: ScoringStrategy): ResourceScorer {
  const line = brokenLine(requestedToCapacityRatio?.shape ?? [])
  return (usages) => {
    const scored = usages.map(({ weight, used, capacity }) =>
      ({ weight, score: line(used > capacity ? 100 : divide(used, 100, capacity)) })).filter(({ score }) => score > 0)
    return scored.length ? Math.round(weightedSum(scored) / totalWeight(scored)) : 0
  }
}

Object.assign(resourceScorers, { MostAllocated: () => meanOf(mostAllocatedScore), RequestedToCapacityRatio: byRatio } satisfies typeof resourceScorers)
