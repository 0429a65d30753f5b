// Models pkg/scheduler/framework/plugins/noderesources/least_allocated.go, most_allocated.go and requested_to_capacity_ratio.go
import { divide, MAX_NODE_SCORE } from '../framework.ts'

/** One resource on one node. */
export interface Usage {
  weight: number
  /** The pod to be placed counted in. */
  used: number
  /** Its part of that. */
  asked: number
  capacity: number
}

export interface ShapePoint {
  /** Percent. */
  utilization: number
  /** 0 to 10. */
  score: number
}

export interface ScoringStrategy {
  type: 'LeastAllocated' | 'MostAllocated' | 'RequestedToCapacityRatio'
  resources?: { name: string, weight?: number }[]
  requestedToCapacityRatio?: { shape: ShapePoint[] }
}

/** 100 for an empty node, 0 for one that is full or more than full. */
export function leastAllocatedScore(used: number, capacity: number): number {
  return used > capacity ? 0 : divide(capacity - used, MAX_NODE_SCORE, capacity)
}

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

/** The weighted mean over the resources that the node has; 0 where it has none of them. */
export function resourceScorer({ type, requestedToCapacityRatio }: ScoringStrategy): (usages: Usage[]) => number {
  if (type === 'RequestedToCapacityRatio') {
    const line = brokenLine(requestedToCapacityRatio?.shape ?? [])
    return (usages) => {
      const scored = usages.map(({ weight, used, capacity }) =>
        ({ weight, score: line(used > capacity ? 100 : divide(used, 100, capacity)) })).filter(({ score }) => score > 0)
      return scored.length ? Math.round(weightedSum(scored) / totalWeight(scored)) : 0
    }
  }
  const score = type === 'MostAllocated' ? mostAllocatedScore : leastAllocatedScore
  return (usages) => {
    const scored = usages.map(({ weight, used, capacity }) => ({ weight, score: score(used, capacity) }))
    return scored.length ? Math.trunc(weightedSum(scored) / totalWeight(scored)) : 0
  }
}

function weightedSum(scored: { weight: number, score: number }[]): number {
  return scored.reduce((sum, { weight, score }) => sum + weight * score, 0)
}

function totalWeight(scored: { weight: number }[]): number {
  return scored.reduce((sum, { weight }) => sum + weight, 0)
}
