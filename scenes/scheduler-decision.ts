import type { Decision, NodeVerdict } from '../model/scheduler/explanation.ts'
import type { TracedMessage } from '../model/trace.ts'
import type { ClusterInput } from './cluster-input.ts'
import type { Cell, Column, Piece, Row, Text } from './pieces.ts'
import { ask } from '../model/apiserver/client.ts'
import { decide } from '../model/scheduler/decision.ts'
import { addKubeScheduler } from '../model/scheduler/kubeScheduler.ts'
import { clusterSnapshot } from '../model/scheduler/snapshot.ts'
import { runTo, runUntil } from '../model/simulation.ts'
import { nodesOf, podGiven, taintText } from './cluster-input.ts'
import { handlers, serviceAccount, startControlPlane, storedNode, storedPod } from './control-plane.ts'
import { fieldsOf } from './input.ts'
import { defineScene } from './registry.ts'
import { follow } from './traffic.ts'

/** The article's example: a pod that asks for 2 CPU and 1 GiB, on nodes of several sizes, one of them kept for others. */
const example = {
  pod: { name: 'web-5cc9cc9585-fvqk5', cpu: '2', memory: '1Gi' },
  nodes: [
    { name: 'node-1', cpu: '4', memory: '8Gi', used: { cpu: '1', memory: '2Gi' } },
    { name: 'node-2', cpu: '8', memory: '16Gi', used: { cpu: '2500m', memory: '4Gi' } },
    { name: 'node-3', cpu: '2', memory: '4Gi', used: { cpu: '500m', memory: '1Gi' } },
    { name: 'node-4', cpu: '4', memory: '16Gi', used: { cpu: '500m', memory: '1Gi' }, taints: ['gpu:NoSchedule'] },
  ],
}

/** Plugins whose rule is told in a caption of their own. */
const captions = new Set(['TaintToleration', 'NodeResourcesFit', 'NodeResourcesBalancedAllocation'])

/** How the kube-scheduler finds a node for one pod: filter, score, bind. */
export default defineScene<ClusterInput>({
  name: 'scheduler-decision',
  example: readInput({}),
  read: given => readInput(given ?? {}),

  script({ pod, nodes, pods }, show) {
    const decision = decide(pod, clusterSnapshot({ nodes, pods }))
    const picture = drawing({ pod, nodes, pods }, decision)
    const name = pod.metadata.name ?? ''

    // The same pod and nodes in a running control plane: what the scheduler is told of, and what it asks for in turn.
    const stored = [serviceAccount, ...nodes.map(storedNode), ...pods.map(storedPod)]
    const cluster = startControlPlane(['kubectl'], { config: { authorization: 'AlwaysAllow' } }, stored)
    addKubeScheduler(cluster)
    runTo(cluster, handlers, cluster.now + 300)
    const traffic = follow(cluster, labelOf)
    const isTold = (message: TracedMessage) => message.kind === 'WatchEvent' && message.to === 'kube-scheduler' && message.summary.name === name && message.received !== undefined
    ask(cluster, 'kubectl', { method: 'POST', path: '/api/v1/namespaces/default/pods', body: pod })
    runUntil(cluster, handlers, ({ trace }) => trace.some(isTold), 1000)
    const asks = { cpu: (decision.request.cpu ?? 0) / 1000, memory: (decision.request.memory ?? 0) / 2 ** 30 }

    show('arrives', { pod: name, ...asks }, { pieces: picture.amounts(), ...traffic() })
    show('requests', { ...asks }, { pieces: picture.amounts({ adding: true }) })

    // Filters, in the order in which the scheduler runs them; those that keep every node are told in one step.
    const rejecting = decision.filters.filter(filter => decision.nodes.some(node => node.firstFailure?.plugin === filter))
    rejecting.forEach((filter, at) => {
      const out = decision.nodes.filter(node => node.firstFailure?.plugin === filter)
      const reasons = [...new Set(out.flatMap(node => node.firstFailure?.reasons ?? []))].join(', ')
      // What happens at a failure is said once.
      show(at === 0 ? 'filter' : 'filter-next', { plugin: filter, count: out.length, nodes: names(out), reasons }, {
        pieces: picture.amounts({ adding: true, filters: rejecting.slice(0, at + 1) }),
      })
    })
    show('filtered', { total: decision.nodes.length, feasible: decision.feasibleCount, silent: decision.filters.length - rejecting.length }, {
      pieces: picture.amounts({ adding: true, filters: decision.filters }),
    })
    if (!decision.schedulable)
      return show('nothing-fits', { message: decision.message ?? '' }, { pieces: picture.amounts({ adding: true, filters: decision.filters }) })

    const { counting } = scorePlugins(decision)
    counting.forEach((plugin) => {
      const weight = decision.weights.find(one => one.plugin === plugin)?.weight ?? 1
      show(captions.has(plugin) ? `score-${plugin}` : 'score', { plugin, weight, ...bestOf(decision, plugin) }, {
        pieces: picture.scores(plugin),
      })
    })
    show(decision.best.length > 1 ? 'tied' : 'total', { best: decision.best.join(', '), score: decision.bestScore ?? 0, chosen: decision.chosen ?? '' }, {
      pieces: picture.scores(undefined, { totals: true }),
    })
    runTo(cluster, handlers, cluster.now + 300)
    show('bound', { pod: name, chosen: decision.chosen ?? '' }, { pieces: picture.scores(undefined, { totals: true, chosen: true }), ...traffic() })
  },
})

/** The pod's arrival in the scheduler's watch, and the binding. */
function labelOf({ kind, from, to, summary: { verb, resource, type } }: TracedMessage): Text | undefined {
  if (kind === 'WatchEvent' && to === 'kube-scheduler' && resource === 'pods' && type === 'ADDED')
    return { key: 'added' }
  return kind === 'Request' && from === 'kube-scheduler' && resource === 'pods' && verb === 'create' ? { key: 'binding-request' } : undefined
}

function readInput(given: unknown): ClusterInput {
  const { pod, nodes } = fieldsOf({ value: given, path: '' }, ['pod', 'nodes'])
  return {
    pod: podGiven({ ...pod, value: pod.value ?? example.pod }),
    ...nodesOf({ ...nodes, value: nodes.value ?? example.nodes }, 12),
  }
}

function names(nodes: readonly { name: string }[]): string {
  return nodes.map(node => node.name).join(', ')
}

/** Plugins that give some node something, in their order, and those that give none anything. */
function scorePlugins({ nodes, weights }: Decision): { counting: string[], silent: string[] } {
  const gives = (plugin: string) => nodes.some(node => (node.weighted?.[plugin] ?? 0) > 0)
  const plugins = weights.map(({ plugin }) => plugin)
  return { counting: plugins.filter(gives), silent: plugins.filter(plugin => !gives(plugin)) }
}

function bestOf({ nodes }: Decision, plugin: string): { node: string, raw: number, normalized: number } {
  const scores = nodes.filter(node => node.feasible).map(node => ({ node: node.name, raw: node.raw?.[plugin] ?? 0, normalized: node.normalized?.[plugin] ?? 0 }))
  return scores.reduce((best, score) => score.normalized > best.normalized ? score : best, scores[0] ?? { node: '', raw: 0, normalized: 0 })
}

/** The pictures of this scene: the pod and the scheduler above, the nodes below, one row each, always in the same place. */
function drawing({ pod, nodes }: ClusterInput, decision: Decision) {
  const many = nodes.length > 4
  const rowHeight = many ? Math.max(17, Math.min(26, Math.floor(200 / nodes.length))) : 44
  const taints = new Map(nodes.map(node => [node.metadata.name, node.spec?.taints ?? []]))
  const scale = (unit: 'cpu' | 'memory') => Math.max(...decision.nodes.map(({ name }) => {
    const { allocatable, requested } = amountsOf(name)
    return Math.max(allocatable[unit] ?? 0, (requested[unit] ?? 0) + (decision.request[unit] ?? 0))
  }))
  const scales = { cpu: scale('cpu'), memory: scale('memory') }

  function amountsOf(name: string) {
    return decision.amounts[name] ?? { allocatable: {}, requested: {} }
  }

  function above(role: string): Piece[] {
    return [
      { kind: 'list', id: 'pod', title: pod.metadata.name ?? '', at: { x: 0, y: 0 }, width: 190, items: [
        { id: 'asks', text: { key: 'asks', params: { cpu: (decision.request.cpu ?? 0) / 1000, memory: (decision.request.memory ?? 0) / 2 ** 30 } } },
      ] },
      { kind: 'actor', id: 'kube-apiserver', actor: 'kube-apiserver', place: { x: 405, y: 20 } },
      { kind: 'actor', id: 'kube-scheduler', actor: 'kube-scheduler', place: { x: 740, y: 20 }, role: { key: role } },
    ]
  }

  function bar(node: string, unit: 'cpu' | 'memory', adding: boolean): Cell {
    const { allocatable, requested } = amountsOf(node)
    return { bar: {
      unit,
      allocatable: allocatable[unit] ?? 0,
      requested: requested[unit] ?? 0,
      scale: scales[unit],
      ...(adding && { adding: decision.request[unit] ?? 0 }),
    } }
  }

  function nameCell(node: NodeVerdict): Cell {
    const [taint] = taints.get(node.name) ?? []
    return { text: node.name, ...(taint && !many && { under: taintText(taint) }) }
  }

  /** What the filters that ran so far say of a node. */
  function verdict(node: NodeVerdict, ran: readonly string[]): Cell {
    const failure = node.firstFailure
    if (failure && ran.includes(failure.plugin)) {
      const reasons = failure.reasons.join(', ')
      return many ? { mark: 'no', text: `${failure.plugin}: ${reasons}` } : { mark: 'no', text: failure.plugin, under: reasons }
    }
    return ran.length === decision.filters.length ? { mark: 'yes', text: { key: 'fits' } } : {}
  }

  /** Node, CPU and memory stand in the same columns in every frame, so that the eye finds them again. */
  const common: Column[] = [
    { id: 'node', text: { key: 'node' }, width: many ? 110 : 140 },
    { id: 'cpu', text: 'CPU', width: many ? 180 : 118 },
    { id: 'memory', text: { key: 'memory' }, width: many ? 180 : 118 },
  ]
  const table = (columns: Column[], rows: Row[], footnote?: Text): Piece =>
    ({ kind: 'table', id: 'nodes', at: { x: 0, y: 66 }, width: 868, headerHeight: 40, rowHeight, columns, rows, ...(footnote && { footnote }) })
  const commonCells = (node: NodeVerdict, adding = true) =>
    ({ node: nameCell(node), cpu: bar(node.name, 'cpu', adding), memory: bar(node.name, 'memory', adding) })

  return {
    amounts({ adding = false, filters = [] as readonly string[] } = {}): Piece[] {
      const rows = decision.nodes.map((node): Row => ({ id: node.name, cells: { ...commonCells(node, adding), filters: verdict(node, filters) } }))
      return [...above(filters.length ? 'filtering' : 'watching'), table([...common, { id: 'filters', text: { key: 'filters' } }], rows)]
    },

    /** The scores of the plugins that ran so far, `now` the last of them. */
    scores(now: string | undefined, { totals = false, chosen = false } = {}): Piece[] {
      const { counting, silent } = scorePlugins(decision)
      const ran = counting.slice(0, now === undefined ? undefined : counting.indexOf(now) + 1)
      // With more plugins than there is room for, the bars make way.
      const before = counting.length > 3 || many ? common.slice(0, 1) : common
      const columns: Column[] = [
        ...before,
        ...counting.map((plugin): Column => ({ id: plugin, text: ran.includes(plugin) ? plugin : '', align: 'end', ...(plugin.length > 20 && before.length > 1 && { width: 160 }) })),
        { id: 'total', text: totals ? { key: 'total' } : '', width: 62, align: 'end' },
      ]
      const rows = decision.nodes.map((node): Row => {
        const cells = Object.fromEntries(Object.entries(commonCells(node)).slice(0, before.length))
        if (!node.feasible)
          return { id: node.name, faded: true, cells, remark: { key: 'out', params: { reasons: node.firstFailure?.reasons.join(', ') ?? '' } } }
        return {
          id: node.name,
          ...(chosen && node.name === decision.chosen && { mark: 'chosen' as const }),
          cells: {
            ...cells,
            ...Object.fromEntries(ran.map(plugin => [plugin, scoreCell(node, plugin, !many || plugin === now)])),
            ...(totals && { total: { text: String(node.total), tone: 'strong' as const } }),
          },
        }
      })
      const folded = totals && silent.length && !many ? { key: 'silent', params: { plugins: silent.join(', ') } } : undefined
      return [...above(chosen ? 'binding' : 'scoring'), table(columns, rows, folded)]
    },
  }

  /** `100 × 3 = 300` over the plugin's own figure, where that is another one than the normalised. */
  function scoreCell(node: NodeVerdict, plugin: string, full: boolean): Cell {
    const [raw = 0, normalized = 0, weighted = 0] = [node.raw, node.normalized, node.weighted].map(scores => scores?.[plugin] ?? 0)
    const weight = decision.weights.find(one => one.plugin === plugin)?.weight ?? 1
    if (!full)
      return { text: String(weighted) }
    const line = `${normalized} × ${weight} = ${weighted}`
    return many ? { text: `${raw} → ${line}` } : { text: line, under: { key: 'raw', params: { raw } } }
  }
}
