// Models pkg/scheduler/framework/plugins/noderesources/least_allocated.go
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

/** What a node's usages are worth, 0 to 100. */
export type ResourceScorer = (usages: Usage[]) => number

/** The weighted mean over the resources that the node has; 0 where it has none of them. */
export function meanOf(score: (used: number, capacity: number) => number): ResourceScorer {
  return (usages) => {
    const scored = usages.map(({ weight, used, capacity }) => ({ weight, score: score(used, capacity) }))
    return scored.length ? Math.trunc(weightedSum(scored) / totalWeight(scored)) : 0
  }
}

/** Strategy → its scorer; otherResourceScorers.ts has those that the default profile doesn't. */
export const resourceScorers: Partial<Record<ScoringStrategy['type'], (strategy: ScoringStrategy) => ResourceScorer>> = {
  LeastAllocated: () => meanOf(leastAllocatedScore),
}

export function weightedSum(scored: { weight: number, score: number }[]): number {
  return scored.reduce((sum, { weight, score }) => sum + weight * score, 0)
}

export function totalWeight(scored: { weight: number }[]): number {
  return scored.reduce((sum, { weight }) => sum + weight, 0)
}
