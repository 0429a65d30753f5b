import type { Pod } from '../objects.ts'
import type { Scores } from './cycle.ts'
/**
 * One decision with its whole explanation.
 *
 * Models pkg/scheduler/schedule_one.go (schedulePod)
 */
import type { Decision, NodeVerdict, Rejection } from './explanation.ts'
import type { Cycle, Plugin, PostFilterAnswer } from './framework.ts'
import type { NodeInfo, PodInfo } from './nodeInfo.ts'
import type { Profile, ProfileConfig } from './profile.ts'
import type { Snapshot } from './snapshot.ts'
import { filterWithNominated, findFeasibleNodes, newCycle, runScores } from './cycle.ts'
import { fitError } from './fitError.ts'
import { podInfo } from './nodeInfo.ts'
import { ineligible, noPreemption } from './plugins/DefaultPreemption.ts'
import { schedulerProfile } from './profile.ts'
import { heapRoot } from './selectHost.ts'

/**
 * Decides where a pod goes, and says why.
 *
 * @param pod a v1 Pod, or one already read
 * @param snapshot the cluster, from `clusterSnapshot`
 * @param profile a profile, or the configuration of one; the default if absent
 * @param start where in the snapshot's node list the search begins: the scheduler goes on from where it stopped
 * @throws {QuantityError | SelectorError | ProfileError} with the path of the field that is wrong
 */
export function decide(pod: Pod | PodInfo, snapshot: Snapshot, profile: Profile | ProfileConfig = {}, start = 0): Decision {
  const ready = 'at' in profile ? profile : schedulerProfile(profile)
  const cycle = newCycle('requests' in pod ? pod : podInfo(pod), snapshot)
  const { preFiltered, filters, feasible, statuses, wanted } = findFeasibleNodes(cycle, ready, start)
  const { onlyNodes, rejected } = preFiltered
  const absent: Rejection | undefined = rejected ?? (onlyNodes && {
    plugin: '',
    code: 'UnschedulableAndUnresolvable',
    reasons: [`node(s) didn't satisfy plugin(s) [${preFiltered.onlyNodesBy.join(' ')}]`],
  })
  const scores = feasible.length ? runScores(cycle, ready, feasible) : undefined

  const places = new Map(feasible.map((node, place) => [node, place]))
  const verdict = (node: NodeInfo): NodeVerdict => {
    const { name } = node
    const place = places.get(node)
    if (scores && place !== undefined)
      return { name, feasible: true, ...scoresAt(scores, place) }
    const firstFailure = statuses.get(name) ?? absent
    if (!firstFailure)
      return { name, feasible: false, untried: true }
    if (rejected)
      return { name, feasible: false, firstFailure }
    const allFailures = filters.flatMap((plugin) => {
      const status = plugin.filter!(cycle, node)
      return status ? [{ plugin: plugin.name, ...status }] : []
    })
    return { name, feasible: false, firstFailure, allFailures }
  }

  const bestScore = scores && scores.totals.reduce((most, total) => Math.max(most, total))
  const listed = [...snapshot.byName.values()]
  return {
    pod: cycle.pod.key,
    schedulable: feasible.length > 0,
    feasibleCount: feasible.length,
    preFilter: {
      skipped: [...preFiltered.skipped].sort(),
      ...rejected && { rejected },
      ...onlyNodes && { onlyNodes: [...onlyNodes].sort(), onlyNodesBy: preFiltered.onlyNodesBy },
    },
    preScoreSkipped: [...scores?.skipped ?? []].sort(),
    scoringSkipped: feasible.length < 2,
    nodes: listed.map(verdict),
    best: scores ? listed.filter(node => scores.totals[places.get(node)!] === bestScore).map(({ name }) => name).sort() : [],
    ...scores && { bestScore },
    ...scores && (onlyNodes?.size ?? 1) === 1 && { chosen: feasible[heapRoot(scores.totals)]!.name },
    ...!scores && failure(cycle, ready, filters, statuses, absent, rejected),
    weights: ready.at.score.map(({ name }) => ({ plugin: name, weight: ready.weights.get(name)! })),
    filters: ready.at.filter.map(({ name }) => name),
    request: cycle.pod.requests.real,
    amounts: Object.fromEntries(listed.map(({ name, allocatable, requested, pods }) =>
      [name, { allocatable, requested: { ...requested, pods: pods.length } }])),
    search: { start, tried: statuses.size + feasible.length, nodesToFind: wanted },
  }
}

function scoresAt({ raw, normalized, weighted, totals }: Scores, place: number): Pick<NodeVerdict, 'raw' | 'normalized' | 'weighted' | 'total'> {
  const at = (scores: Map<string, number[]>) =>
    Object.fromEntries([...scores].map(([plugin, each]) => [plugin, each[place]!]))
  return { raw: at(raw), normalized: at(normalized), weighted: at(weighted), total: totals[place]! }
}

/** What follows when no node is feasible: PostFilter, and the message. */
function failure(cycle: Cycle, { at, plugins }: Profile, filters: Plugin[], statuses: Map<string, Rejection>, absent?: Rejection, rejected?: Rejection): Partial<Decision> {
  const nodes = cycle.snapshot.nodes.length
  if (!nodes)
    return { message: 'no nodes available to schedule pods' }
  let result: PostFilterAnswer = { code: 'Unschedulable', reason: '' }
  const reasons: string[] = []
  for (const plugin of at.postFilter) {
    result = plugin.postFilter!(cycle, { statuses, plugins, filter: (trial, node) => filterWithNominated(trial, filters, plugins, node) })
    if (result.code !== 'Unschedulable') {
      reasons.splice(0, reasons.length, result.reason)
      break
    }
    reasons.push(result.reason)
  }
  const why = rejected
    ? `0/${nodes} nodes are available: ${rejected.reasons.join(', ')}.`
    : fitError(nodes, statuses, absent)
  const nominated = result.preemption?.nominated ?? []
  return {
    message: [why, reasons.filter(Boolean).join(', ')].filter(Boolean).join(' '),
    postFilterCode: result.code,
    ...nominated.length === 1 && { nominatedNode: nominated[0] },
    preemption: result.preemption ?? noPreemption(ineligible(cycle, statuses)),
  }
}
