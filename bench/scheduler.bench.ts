import type { Node, Pod } from '../model/objects.ts'
import type { Columns } from '../model/scheduler/columns/columns.ts'
import type { NodeInfo, PodInfo } from '../model/scheduler/nodeInfo.ts'
import type { Profile } from '../model/scheduler/profile.ts'
import type { Snapshot } from '../model/scheduler/snapshot.ts'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { columnsOf, movePod } from '../model/scheduler/columns/columns.ts'
import { place } from '../model/scheduler/columns/place.ts'
import { findFeasibleNodes, newCycle, runScores } from '../model/scheduler/cycle.ts'
import { addPod, podInfo } from '../model/scheduler/nodeInfo.ts'
import { schedulerProfile } from '../model/scheduler/profile.ts'
import { heapRoot } from '../model/scheduler/selectHost.ts'
import { clusterSnapshot } from '../model/scheduler/snapshot.ts'
import '../model/scheduler/extras.ts'

interface Workload { nodes: Node[], pods: Pod[] }

/** One run: the node of each pod, and the time that the scheduling cycles took. */
interface Run { placements: (string | undefined)[], milliseconds: number }

type Way = (snapshot: Snapshot, profile: Profile) => (pod: PodInfo, start: number) => { node?: NodeInfo, tried: number }

/** Every plugin asked about every node for every pod. */
const plainly: Way = (snapshot, profile) => (pod, start) => {
  const cycle = newCycle(pod, snapshot)
  const { feasible, statuses } = findFeasibleNodes(cycle, profile, start)
  const tried = feasible.length + statuses.size
  if (!feasible.length)
    return { tried }
  const node = feasible[heapRoot(runScores(cycle, profile, feasible).totals)]!
  addPod(node, pod)
  return { node, tried }
}

/** By columns: what a pod like this one has been told before is kept. */
const byColumns: Way = (snapshot, profile) => {
  const columns: Columns = columnsOf(snapshot, profile)
  return (pod, start) => {
    const { node: name, tried } = place(columns, pod, start)
    const node = name === undefined ? undefined : snapshot.byName.get(name)
    if (node) {
      addPod(node, pod)
      movePod(columns, pod, node.name, 1)
    }
    return { node, tried }
  }
}

/** Places the pods in order on an empty cluster; reading nodes isn't timed, reading each pod is. */
function run({ nodes, pods }: Workload, way: Way, profile: Profile): Run {
  const snapshot = clusterSnapshot({ nodes })
  const schedule = way(snapshot, profile)
  let start = 0
  const began = performance.now()
  const placements = pods.map((pod) => {
    const { node, tried } = schedule(podInfo(pod), start)
    start = (start + tried) % nodes.length
    return node?.name
  })
  return { placements, milliseconds: performance.now() - began }
}

function workload(name: string): Workload {
  const path = new URL(`../tests/fixtures/recordings/scheduler/bench/${name}.json.gz`, import.meta.url)
  return JSON.parse(gunzipSync(readFileSync(path)).toString())
}

/** Pods a second of the real kube-scheduler v1.36.2 on the machine of the recordings; adaptive where 0 stands. */
const real: Record<string, number> = {
  'plain-100 100': 2700,
  'plain-1000 100': 460,
  'plain-5000 100': 95,
  'mixed-100 100': 1830,
  'mixed-1000 100': 354,
  'mixed-5000 100': 76,
  'plain-1000 0': 1090,
  'plain-5000 0': 870,
  'mixed-1000 0': 680,
  'mixed-5000 0': 490,
}

const row = (...cells: (string | number)[]) => console.log(cells.map((cell, index) => index < 2 ? String(cell).padEnd(14) : String(cell).padStart(15)).join(''))

row('workload', 'nodes scored', 'plain pods/s', 'kept pods/s', 'kept : plain', 'real pods/s', 'kept : real')
let unequal = 0
for (const size of [100, 1000, 5000]) {
  for (const kind of ['plain', 'mixed']) {
    const name = `${kind}-${size}`
    const load = workload(name)
    for (const percentage of [100, 0]) {
      const reference = real[`${name} ${percentage}`]
      if (!reference)
        continue
      const profile = schedulerProfile({ percentageOfNodesToScore: percentage })
      const plain = run(load, plainly, profile)
      const runs = Array.from({ length: 5 }, () => run(load, byColumns, profile))
      for (const { placements } of runs)
        unequal += placements.filter((node, index) => node !== plain.placements[index]).length
      const rate = (milliseconds: number) => Math.round(load.pods.length / milliseconds * 1000)
      const slow = rate(plain.milliseconds)
      // The fastest of five: on a machine with other work, the others tell of that.
      const fast = rate(Math.min(...runs.map(({ milliseconds }) => milliseconds)))
      row(name, percentage ? 'all' : 'adaptive', slow, fast, (fast / slow).toFixed(1), reference, (fast / reference).toFixed(1))
    }
  }
}
if (unequal) {
  console.error(`${unequal} placements differ between the two ways`)
  process.exitCode = 1
}
else {
  console.log('Every placement is the same both ways. The real scheduler was measured elsewhere, one worker on one core.')
}
