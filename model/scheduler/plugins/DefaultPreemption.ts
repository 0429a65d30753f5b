import type { PodDisruptionBudget } from '../../objects.ts'
// Models pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go and pkg/scheduler/framework/preemption/preemption.go
import type { Preemption, Rejection } from '../explanation.ts'
import type { Cycle, Findings, Plugin } from '../framework.ts'
import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
import { labelSelector, selectorMatches } from '../../selectors.ts'
import { fitError } from '../fitError.ts'
import { addPod, cloneNode, removePod } from '../nodeInfo.ts'

export interface DefaultPreemptionArgs {
  minCandidateNodesPercentage?: number
  minCandidateNodesAbsolute?: number
}

const notHelpful: Rejection = { plugin: '', code: 'UnschedulableAndUnresolvable', reasons: ['Preemption is not helpful for scheduling'] }

/** A node on which the pod would fit if the victims went. */
export interface Candidate {
  node: NodeInfo
  /** More important first. */
  victims: PodInfo[]
  violations: number
}

/** Pods that have not started count as starting now: after all others, and each after the one that was asked about before it. */
function startsBefore(a: PodInfo, b: PodInfo): boolean {
  const ours = a.pod.status?.startTime
  const theirs = b.pod.status?.startTime
  return ours === undefined ? theirs === undefined : theirs === undefined || Date.parse(ours) < Date.parse(theirs)
}

function moreImportant(a: PodInfo, b: PodInfo): boolean {
  return a.priority === b.priority ? startsBefore(a, b) : a.priority > b.priority
}

/** Insertion sort, as Go sorts short lists: the order among pods without a start time depends on it. */
function byImportance(pods: PodInfo[]): PodInfo[] {
  const sorted = [...pods]
  for (let i = 1; i < sorted.length; i++) {
    for (let j = i; j > 0 && moreImportant(sorted[j]!, sorted[j - 1]!); j--)
      [sorted[j], sorted[j - 1]] = [sorted[j - 1]!, sorted[j]!]
  }
  return sorted
}

/** Whether each pod's going, after those before it, would break a disruption budget. */
function violations(pods: PodInfo[], budgets: PodDisruptionBudget[]): boolean[] {
  const left = budgets.map(({ status }) => status?.disruptionsAllowed ?? 0)
  return pods.map(({ pod, namespace, labels }) => {
    let violated = false
    budgets.forEach(({ metadata, spec, status }, index) => {
      const selector = labelSelector(spec?.selector)
      const covers = (metadata.namespace ?? 'default') === namespace && Object.keys(labels).length > 0
        && selector?.length && selectorMatches(selector, labels)
      if (covers && !Object.hasOwn(status?.disruptedPods ?? {}, pod.metadata.name ?? ''))
        violated = --left[index]! < 0 || violated
    })
    return violated
  })
}

/** Takes all less important pods off a copy of the node, then puts back as many as fit. */
function selectVictims(given: Cycle, original: NodeInfo, { plugins, filter }: Findings): Candidate | Rejection {
  const node = cloneNode(original)
  const filterState = new Map(given.filterState)
  for (const { name, cloneState } of plugins) {
    if (cloneState && filterState.has(name))
      filterState.set(name, cloneState(filterState.get(name)))
  }
  const cycle: Cycle = { ...given, filterState }
  const tell = (change: 'addPod' | 'removePod', pod: PodInfo) => {
    for (const plugin of plugins) {
      if (filterState.has(plugin.name))
        plugin[change]?.(cycle, pod, node)
    }
  }
  const remove = (pod: PodInfo) => {
    removePod(node, pod.key)
    tell('removePod', pod)
  }
  const lower = original.pods.filter(({ priority }) => priority < cycle.pod.priority)
  if (!lower.length)
    return { plugin: 'DefaultPreemption', code: 'UnschedulableAndUnresolvable', reasons: ['No preemption victims found for incoming pod'] }
  lower.forEach(remove)
  const failure = filter(cycle, node)
  if (failure)
    return failure

  const sorted = byImportance(lower)
  const violating = violations(sorted, cycle.snapshot.podDisruptionBudgets)
  const victims: PodInfo[] = []
  let broken = 0
  for (const group of [true, false]) {
    sorted.filter((_, index) => violating[index] === group).forEach((pod) => {
      addPod(node, pod)
      tell('addPod', pod)
      if (!filter(cycle, node))
        return
      remove(pod)
      victims.push(pod)
      broken += group ? 1 : 0
    })
  }
  const mixed = violating.includes(true) && violating.includes(false)
  return { node: original, victims: mixed ? byImportance(victims) : victims, violations: broken }
}

/** Earliest start among the victims of the highest priority, in ms; those not started count as starting last. */
function earliestStart({ victims }: Candidate): number {
  const top = victims.filter(({ priority }) => priority === victims[0]!.priority)
  return Math.min(...top.map(({ pod }) => pod.status?.startTime ? Date.parse(pod.status.startTime) : Infinity))
}

/** The candidates between which upstream would draw: those that do the least harm. */
export function leastHarm(candidates: Candidate[]): Candidate[] {
  const harms: ((candidate: Candidate) => number)[] = [
    candidate => candidate.violations,
    ({ victims }) => victims[0]!.priority,
    ({ victims }) => victims.reduce((sum, { priority }) => sum + priority + 2 ** 31, 0),
    ({ victims }) => victims.length,
    candidate => -earliestStart(candidate),
  ]
  return harms.reduce((rest, harm) => {
    const least = Math.min(...rest.map(harm))
    return rest.filter(candidate => harm(candidate) === least)
  }, candidates)
}

/** Why the pod may not preempt; undefined where it may. */
export function ineligible({ pod, snapshot }: Cycle, statuses: Map<string, Rejection>): string | undefined {
  if (pod.pod.spec.preemptionPolicy === 'Never')
    return 'not eligible due to preemptionPolicy=Never.'
  const nominated = pod.pod.status?.nominatedNodeName
  if (!nominated || statuses.get(nominated)?.code === 'UnschedulableAndUnresolvable')
    return undefined
  const leaving = snapshot.byName.get(nominated)?.pods.some(({ priority, pod: other }) => priority < pod.priority
    && other.metadata.deletionTimestamp
    && other.status?.conditions?.some(({ type, status, reason }) =>
      type === 'DisruptionTarget' && status === 'True' && reason === 'PreemptionByScheduler'))
  return leaving ? 'not eligible due to a terminating pod on the nominated node.' : undefined
}

/** What is said of preemption where none was tried. */
export function noPreemption(message?: string): Preemption {
  return { eligible: !message, ...message && { message }, candidates: [], nominated: [] }
}

/** The nodes where making room would help, and what the others say. */
function findCandidates(cycle: Cycle, findings: Findings): { candidates: Candidate[], statuses: Map<string, Rejection> } {
  const candidates: Candidate[] = []
  const statuses = new Map<string, Rejection>()
  for (const node of cycle.snapshot.nodes) {
    if (findings.statuses.get(node.name)?.code !== 'Unschedulable')
      continue
    const result = selectVictims(cycle, node, findings)
    if ('victims' in result)
      candidates.push(result)
    else
      statuses.set(node.name, result)
  }
  return { candidates, statuses }
}

/** Makes room for a pod that fits nowhere, at the cost of pods of lower priority. */
export function defaultPreemption(_: DefaultPreemptionArgs = {}): Plugin {
  return {
    name: 'DefaultPreemption',
    preEnqueue: true,
    postFilter(cycle, findings) {
      const reason = ineligible(cycle, findings.statuses)
      if (reason)
        return { code: 'Unschedulable', reason: `preemption: ${reason}`, preemption: noPreemption(reason) }
      const { candidates, statuses } = findCandidates(cycle, findings)
      const preemption: Preemption = {
        eligible: true,
        candidates: candidates.map(({ node, victims, violations: numPDBViolations }) =>
          ({ node: node.name, victims: victims.map(({ key }) => key), numPDBViolations }))
          .sort((a, b) => a.node < b.node ? -1 : 1),
        nominated: leastHarm(candidates).map(({ node }) => node.name).sort(),
      }
      if (candidates.length)
        return { code: 'Success', reason: '', preemption }
      const message = fitError(cycle.snapshot.nodes.length, statuses, notHelpful)
      return { code: 'Unschedulable', reason: `preemption: ${message}`, preemption }
    },
  }
}
