import type { Preemption, Rejection, RejectionCode } from './explanation.ts'
/**
 * The extension points, and what flows between them in one scheduling cycle.
 *
 * Models staging/src/k8s.io/kube-scheduler/framework/interface.go
 */
import type { NodeInfo, PodInfo } from './nodeInfo.ts'
import type { Snapshot } from './snapshot.ts'

/** The highest score that a plugin may give after normalising. */
export const MAX_NODE_SCORE = 100

/** A no, without the plugin's name. */
export interface Status {
  code: RejectionCode
  reasons: string[]
}

/** One attempt to place one pod. */
export interface Cycle {
  pod: PodInfo
  snapshot: Snapshot
  /** Plugin name → what its PreFilter left for its Filter. */
  filterState: Map<string, unknown>
  /** Plugin name → what its PreScore left for its Score. */
  scoreState: Map<string, unknown>
}

/** `'Skip'`: nothing to say about this pod. */
export type PreFilterAnswer = 'Skip' | undefined | { status: Status } | { nodeNames: string[] }

export interface PostFilterAnswer {
  code: 'Success' | 'Unschedulable' | 'Error'
  reason: string
  preemption?: Preemption
}

/** What the filters found, for PostFilter plugins. */
export interface Findings {
  /** Node name → what is recorded; nodes never tried are absent. */
  statuses: Map<string, Rejection>
  /** Whether the filters agree to the pod on this node, as the cycle's state has it. */
  filter: (cycle: Cycle, node: NodeInfo) => Rejection | undefined
  plugins: Plugin[]
}

export interface Plugin {
  name: string
  /** The arguments with which it was made. */
  args?: object
  preFilter?: (cycle: Cycle) => PreFilterAnswer
  /** A copy of the PreFilter state for trying things out. */
  cloneState?: (state: unknown) => unknown
  /** What another pod's coming or going changes in the PreFilter state. */
  addPod?: (cycle: Cycle, pod: PodInfo, node: NodeInfo) => void
  removePod?: (cycle: Cycle, pod: PodInfo, node: NodeInfo) => void
  filter?: (cycle: Cycle, node: NodeInfo) => Status | undefined
  postFilter?: (cycle: Cycle, findings: Findings) => PostFilterAnswer
  preScore?: (cycle: Cycle, nodes: NodeInfo[]) => 'Skip' | undefined
  score?: (cycle: Cycle, node: NodeInfo) => number
  /** Changes the scores in place. */
  normalizeScore?: (cycle: Cycle, scores: number[], nodes: NodeInfo[]) => void
  /** Extension points that exist upstream and have nothing to do in this model. */
  reserve?: true
  permit?: true
  preBind?: true
  bind?: true
  queueSort?: true
  preEnqueue?: true
}

export function unschedulable(...reasons: string[]): Status {
  return { code: 'Unschedulable', reasons }
}

export function unresolvable(...reasons: string[]): Status {
  return { code: 'UnschedulableAndUnresolvable', reasons }
}

/** Whole-number division as Go does it: towards zero, exact beyond 2⁵³ too. */
export function divide(product: number, factor: number, by: number): number {
  const whole = product * factor
  return Number.isSafeInteger(whole) ? Math.trunc(whole / by) : Number(BigInt(product) * BigInt(factor) / BigInt(by))
}

/** Scales scores to 0…100 by the highest; reversed, the highest becomes 0. */
export function defaultNormalizeScore(scores: number[], reverse: boolean): void {
  const highest = scores.reduce((most, score) => Math.max(most, score), 0)
  for (let i = 0; i < scores.length; i++) {
    const scaled = highest === 0 ? 0 : divide(scores[i]!, MAX_NODE_SCORE, highest)
    scores[i] = reverse ? MAX_NODE_SCORE - scaled : scaled
  }
}
