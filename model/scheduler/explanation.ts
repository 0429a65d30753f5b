/**
 * What a scheduling decision says about itself: plain data, JSON-serialisable, drawn by scenes and compared with recordings.
 *
 * Models pkg/scheduler/framework/types.go (Diagnosis, FitError) and pkg/scheduler/schedule_one.go
 */

/** `Unschedulable` may be cured by removing pods; `UnschedulableAndUnresolvable` not. */
export type RejectionCode = 'Unschedulable' | 'UnschedulableAndUnresolvable'

/** A filter's no. The plugin is `''` where a PreFilter plugin left the node out before any filter ran. */
export interface Rejection {
  plugin: string
  code: RejectionCode
  reasons: string[]
}

/** Amounts on one node, in milliCPU and in units (bytes, pods, devices). */
export interface NodeAmounts {
  allocatable: Record<string, number>
  requested: Record<string, number>
}

/** Everything that was found out about one node. */
export interface NodeVerdict {
  name: string
  feasible: boolean
  /** The search stopped before this node: enough feasible ones were found. */
  untried?: true
  /** The rejection that the scheduler records: it stops at the first. */
  firstFailure?: Rejection
  /** What every filter says when each is run apart. */
  allFailures?: Rejection[]
  /** Plugin name → score as the plugin gave it. A plugin that PreScore skipped has no key. */
  raw?: Record<string, number>
  /** Plugin name → 0 to 100. */
  normalized?: Record<string, number>
  /** Plugin name → normalised × weight. */
  weighted?: Record<string, number>
  /** Sum of `weighted`. */
  total?: number
}

export interface PreemptionCandidate {
  node: string
  /** `namespace/name`, in the order in which they would be told to go. */
  victims: string[]
  numPDBViolations: number
}

export interface Preemption {
  eligible: boolean
  /** Why not eligible. */
  message?: string
  /** Sorted by node name. */
  candidates: PreemptionCandidate[]
  /** The nodes that may be nominated: several only where the last tie would be broken at random. */
  nominated: string[]
}

/** One decision about one pod, whole. */
export interface Decision {
  /** `namespace/name` of the pod. */
  pod: string
  schedulable: boolean
  feasibleCount: number
  preFilter: {
    /** Plugins with nothing to say about this pod, in alphabetical order: their filters don't run. */
    skipped: string[]
    /** A plugin that refused the pod before any node was looked at. */
    rejected?: Rejection
    /** Only these node names were tried, sorted. */
    onlyNodes?: string[]
    onlyNodesBy?: string[]
  }
  /** Score plugins with nothing to say, in alphabetical order. */
  preScoreSkipped: string[]
  /** With 0 or 1 feasible node nothing is scored; the scores are shown all the same. */
  scoringSkipped: boolean
  /** In the order in which the nodes were given. */
  nodes: NodeVerdict[]
  /** Names of the feasible nodes with the highest total, sorted. */
  best: string[]
  bestScore?: number
  /** The node taken. Absent when unschedulable, or where the real order of search is random. */
  chosen?: string
  /** The FailedScheduling message. */
  message?: string
  postFilterCode?: 'Success' | 'Unschedulable' | 'Error'
  nominatedNode?: string
  preemption?: Preemption

  // What follows stands in no recording: it is there to be drawn.

  /** Score plugins in their order, with their weights. */
  weights: { plugin: string, weight: number }[]
  /** Filter plugins in their order. */
  filters: string[]
  /** What the pod asks for: milliCPU for cpu, units for the rest. */
  request: Record<string, number>
  /** Node name → amounts before this pod. */
  amounts: Record<string, NodeAmounts>
  /** How many nodes were tried, and from which index of the rotating list. */
  search: { start: number, tried: number, nodesToFind: number }
}
