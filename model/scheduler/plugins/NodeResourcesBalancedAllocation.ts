// Models pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go
import type { Plugin } from '../framework.ts'
import type { Usage } from './resourceScorers.ts'
import { MAX_NODE_SCORE } from '../framework.ts'
import { cpuAndMemory, usages } from './NodeResourcesFit.ts'

export interface NodeResourcesBalancedAllocationArgs {
  resources?: { name: string, weight?: number }[]
}

/** 100 where all resources are used to the same fraction, less the wider the fractions stand apart. */
export function balance(fractions: number[]): number {
  let deviation = 0
  if (fractions.length === 2) {
    deviation = Math.abs((fractions[0]! - fractions[1]!) / 2)
  }
  else if (fractions.length > 2) {
    const mean = fractions.reduce((sum, each) => sum + each, 0) / fractions.length
    deviation = Math.sqrt(fractions.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / fractions.length)
  }
  return Math.trunc((1 - deviation) * MAX_NODE_SCORE)
}

/** 75 where the pod changes nothing about the node's balance, up to 100 where it evens it out, down to 50 where it upsets it. */
export function balanceScore(balanceWith: number, balanceWithout: number): number {
  return 50 + Math.trunc((50 + balanceWith - balanceWithout) / 2)
}

function fraction(used: number, { capacity }: Usage): number {
  return Math.min(1, used / capacity)
}

/** Prefers nodes that the pod brings into balance between cpu and memory. */
export function nodeResourcesBalancedAllocation({ resources = [] }: NodeResourcesBalancedAllocationArgs = {}): Plugin {
  const counted = resources.length ? resources : cpuAndMemory
  return {
    name: 'NodeResourcesBalancedAllocation',
    preScore: ({ pod }) => counted.some(({ name }) => pod.requests.real[name]) ? undefined : 'Skip',
    score({ pod }, node) {
      const found = usages(counted, pod.requests.real, node, node.requested)
      const balanceWith = balance(found.map(usage => fraction(usage.used, usage)))
      const balanceWithout = balance(found.map(usage => fraction(usage.used - usage.asked, usage)))
      return balanceScore(balanceWith, balanceWithout)
    },
  }
}
