/**
 * The cluster by columns: what each node's results depend on, and a log of what has changed, so that results can be kept
 * from pod to pod and only what a change touches is worked out again.
 *
 * Models pkg/scheduler/backend/cache/cache.go (generations) and pkg/scheduler/framework/runtime/batch.go (signatures)
 */
import type { NodeInfo, PodInfo } from '../nodeInfo.ts'
import type { Profile } from '../profile.ts'
import type { Snapshot } from '../snapshot.ts'

/** Existing pods that no plugin can tell apart, but for their node. */
export interface Group {
  /** One of them. */
  pod: PodInfo
  /** Node index → how many. */
  onNode: Map<number, number>
}

/** The values of one topology key. */
export interface Domains {
  /** Node index → number of its value; −1 without the label. */
  of: Int32Array
  count: number
}

export interface Change {
  node: number
  group: Group
  by: 1 | -1
}

/** Results kept for pods alike; `seen` is how much of the log they take account of. */
export type Kept<T> = Map<string, { seen: number, value: T }>

export interface Columns {
  profile: Profile
  snapshot: Snapshot
  indexOf: Map<string, number>
  groups: Map<string, Group>
  domains: Map<string, Domains>
  /** Node index → number of its kind: nodes of a kind differ in name and use alone. */
  kinds: Int32Array
  /** Kind → a node of it. */
  samples: NodeInfo[]
  log: Change[]
  kept: Map<string, Kept<unknown>>
}

const HOSTNAME = 'kubernetes.io/hostname'
/** Kept results and log entries before all are forgotten. */
const MOST_KEPT = 2000
const MOST_LOGGED = 100_000

function kindOf({ node: { metadata, spec, status } }: NodeInfo): string {
  const { [HOSTNAME]: _, ...labels } = metadata.labels ?? {}
  return JSON.stringify([labels, spec?.taints, spec?.unschedulable, status?.declaredFeatures, status?.images])
}

/** Makes columns of a snapshot whose nodes and surroundings stay as they are; pods come and go by `movePod`. */
export function columnsOf(snapshot: Snapshot, profile: Profile): Columns {
  const { nodes } = snapshot
  const numbers = new Map<string, number>()
  const samples: NodeInfo[] = []
  const kinds = Int32Array.from(nodes, (node) => {
    const kind = kindOf(node)
    let number = numbers.get(kind)
    if (number === undefined) {
      numbers.set(kind, number = samples.length)
      samples.push(node)
    }
    return number
  })
  const columns: Columns = {
    profile,
    snapshot,
    indexOf: new Map(nodes.map(({ name }, index) => [name, index])),
    groups: new Map(),
    domains: new Map(),
    kinds,
    samples,
    log: [],
    kept: new Map(),
  }
  nodes.forEach((node, index) => node.pods.forEach((pod) => {
    const { onNode } = groupOf(columns, pod)
    onNode.set(index, (onNode.get(index) ?? 0) + 1)
  }))
  return columns
}

function groupOf({ groups }: Columns, pod: PodInfo): Group {
  const { namespace, labels, pod: { metadata, spec } } = pod
  const key = JSON.stringify([namespace, labels, !metadata.deletionTimestamp, spec.affinity?.podAffinity, spec.affinity?.podAntiAffinity])
  let group = groups.get(key)
  if (!group)
    groups.set(key, group = { pod, onNode: new Map() })
  return group
}

/** Notes that a pod has come to a node, or gone; the node itself has been told. */
export function movePod(columns: Columns, pod: PodInfo, nodeName: string, by: 1 | -1): void {
  const node = columns.indexOf.get(nodeName)
  if (node === undefined)
    return
  const group = groupOf(columns, pod)
  group.onNode.set(node, (group.onNode.get(node) ?? 0) + by)
  columns.log.push({ node, group, by })
  if (columns.log.length > MOST_LOGGED) {
    columns.log.length = 0
    columns.kept.clear()
  }
}

/** The values of a topology key, numbered. */
export function domainsOf({ domains, snapshot: { nodes } }: Columns, key: string): Domains {
  let found = domains.get(key)
  if (!found) {
    const numbers = new Map<string, number>()
    const of = Int32Array.from(nodes, ({ labels }) => {
      const value = labels[key]
      if (value === undefined)
        return -1
      if (!numbers.has(value))
        numbers.set(value, numbers.size)
      return numbers.get(value)!
    })
    domains.set(key, found = { of, count: numbers.size })
  }
  return found
}

/**
 * A kept result, brought up to date: made anew for the first pod of its kind, told of each change since for the others.
 *
 * The sort says which kind of result it is, the key what it depends on in the pod.
 */
export function kept<T>(columns: Columns, sort: string, key: string, make: () => T, update: (value: T, change: Change) => void): T {
  let results = columns.kept.get(sort) as Kept<T> | undefined
  if (!results)
    columns.kept.set(sort, results = new Map())
  let result = results.get(key)
  if (!result) {
    if (results.size >= MOST_KEPT)
      results.clear()
    results.set(key, result = { seen: columns.log.length, value: make() })
  }
  for (; result.seen < columns.log.length; result.seen++)
    update(result.value, columns.log[result.seen]!)
  return result.value
}
