import type { CoreEvent, Node, Pod } from '../model/objects.ts'
import type { NodeVerdict } from '../model/scheduler/explanation.ts'
import type { TracedMessage } from '../model/trace.ts'
import type { ClusterInput } from './cluster-input.ts'
import type { Cell, Piece, Row, Text } from './pieces.ts'
import { apiServerOf } from '../model/apiserver/server.ts'
import { milliValue, parseQuantity, wholeValue } from '../model/quantity.ts'
import { addKubeScheduler, kubeSchedulerOf } from '../model/scheduler/kubeScheduler.ts'
import { runTo } from '../model/simulation.ts'
import { nodesOf, podGiven } from './cluster-input.ts'
import { call, giveServiceAccount, handlers, joinNode, readyNode, startControlPlane } from './control-plane.ts'
import { fieldsOf } from './input.ts'
import { defineScene } from './registry.ts'
import { follow } from './traffic.ts'

/** Three nodes with too little left for the article's pod. */
const example = {
  pod: { name: 'web-1', cpu: '2', memory: '1Gi' },
  nodes: [
    { name: 'node-1', cpu: '4', memory: '8Gi', used: { cpu: '3', memory: '2Gi' } },
    { name: 'node-2', cpu: '8', memory: '16Gi', used: { cpu: '7', memory: '4Gi' } },
    { name: 'node-3', cpu: '4', memory: '16Gi', used: { cpu: '500m', memory: '1Gi' }, taints: ['gpu:NoSchedule'] },
  ],
}

const pods = '/api/v1/namespaces/default/pods'

/** Nothing fits: what the pod is told, what makes the scheduler try again, and what a higher priority changes. */
export default defineScene<ClusterInput>({
  name: 'scheduler-unschedulable',
  example: readInput({}),
  read: given => readInput(given ?? {}),

  script({ pod, nodes, pods: running }, show) {
    const cluster = startControlPlane(['kubectl'], { config: { authorization: 'AlwaysAllow' } })
    const settle = (ms = 2000) => runTo(cluster, handlers, cluster.now + ms)

    giveServiceAccount(cluster)
    call(cluster, 'POST', '/apis/scheduling.k8s.io/v1/priorityclasses', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'urgent' }, value: 1000 })
    nodes.forEach(node => joinNode(cluster, node))
    nodes.forEach(node => readyNode(cluster, node))
    running.forEach(each => call(cluster, 'POST', pods, each))
    addKubeScheduler(cluster)
    settle()

    /** What a full-width bar stands for: the most that any node has. */
    const most = (unit: 'cpu' | 'memory') => Math.max(...nodes.map(({ status }) => amountOf(status?.allocatable?.[unit] ?? 0, unit)))
    const scales = { cpu: most('cpu'), memory: most('memory') }

    const scheduler = () => kubeSchedulerOf(cluster).scheduler
    /** Reports of status are changes of a node too; only the one that takes its taint away is drawn. */
    let untainting = false
    const traffic = follow(cluster, message => labelOf(message, untainting))
    let asking = pod
    const step = (caption: string, params: Parameters<typeof show>[1] = {}) =>
      show(caption, { pod: asking.metadata.name ?? '', ...params }, { pieces: picture(), ...traffic() })

    call(cluster, 'POST', pods, pod)
    settle(500)
    step('refused', { count: Object.keys(scheduler().cluster.nodes).length })
    step('told')

    // A node joins. The kubelet registers it as not ready, so the first try fails; then the taint goes.
    const added = newNode('node-new', decision()?.request ?? {})
    joinNode(cluster, added)
    settle(200)
    step('joined', { node: 'node-new' })
    untainting = true
    readyNode(cluster, added)
    settle()
    step('bound', { node: nodeOf(pod.metadata.name ?? '') })

    untainting = false

    // Preemption: the same request, with a priority. Who has to leave is told to; the kubelet ends it, and the pod gets the room.
    asking = { ...pod, metadata: { name: 'urgent-1', namespace: 'default' }, spec: { ...pod.spec, priorityClassName: 'urgent' } }
    call(cluster, 'POST', pods, asking)
    settle(500)
    const victims = storedPods().filter(each => each.metadata.deletionTimestamp).map(each => each.metadata.name ?? '')
    step('preempts', { victims: victims.join(', '), node: nodeOf(victims[0] ?? '') })
    victims.forEach(victim => call(cluster, 'DELETE', `${pods}/${victim}`, { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 }))
    settle(12_000)
    step('urgent-bound', { victims: victims.join(', '), node: nodeOf('urgent-1') })

    function decision() {
      return scheduler().decisions[`default/${asking.metadata.name}`]
    }
    function storedPods(): Pod[] {
      return Object.values(scheduler().cluster.pods)
    }
    function nodeOf(name: string): string {
      return storedPods().find(each => each.metadata.name === name)?.spec.nodeName ?? ''
    }

    function picture(): Piece[] {
      const told = decision()
      const verdicts = told?.nodes ?? []
      return [
        { kind: 'list', id: 'waiting', at: { x: 0, y: 2 }, width: 300, lines: 1, items: [podLine()] },
        { kind: 'actor', id: 'kube-apiserver', actor: 'kube-apiserver', place: { x: 405, y: 20 } },
        { kind: 'actor', id: 'kube-scheduler', actor: 'kube-scheduler', place: { x: 768, y: 20 } },
        {
          kind: 'table',
          id: 'nodes',
          at: { x: 0, y: 47 },
          width: 868,
          rowHeight: 40,
          columns: [
            { id: 'node', text: { key: 'node' }, width: 140 },
            { id: 'cpu', text: 'CPU', width: 150 },
            { id: 'memory', text: { key: 'memory' }, width: 150 },
            { id: 'verdict', text: { key: 'verdict', params: { pod: asking.metadata.name ?? '' } } },
          ],
          rows: Object.keys(scheduler().cluster.nodes).sort().map(name => row(name, verdicts.find(verdict => verdict.name === name))),
        },
        { kind: 'text', id: 'event', at: { x: 0, y: 233 }, width: 868, lines: 3, text: eventText() },
      ]
    }

    function podLine() {
      const name = asking.metadata.name ?? ''
      const node = nodeOf(name)
      const { queue, cluster: { nominated } } = scheduler()
      const key = `default/${name}`
      const waits = queue.unschedulable.some(queued => queued.key === key) ? 'unschedulable' : 'waiting'
      const text: Text = node ? { key: 'on', params: { name, node } } : { key: key in nominated ? 'nominated' : waits, params: { name } }
      return { id: name, text, mark: node ? 'yes' as const : 'wait' as const }
    }

    function row(name: string, verdict?: NodeVerdict): Row {
      const { allocatable, requested } = amounts(name)
      const bar = (unit: 'cpu' | 'memory'): Cell => ({ bar: { unit, allocatable: allocatable[unit] ?? 0, requested: requested[unit] ?? 0, scale: scales[unit] } })
      const said: Cell = !verdict
        ? {}
        : verdict.firstFailure
          ? { mark: 'no', text: verdict.firstFailure.plugin, under: verdict.firstFailure.reasons.join(', ') }
          : verdict.feasible ? { mark: 'yes', text: { key: 'fits' } } : {}
      return { id: name, cells: { node: { text: name }, cpu: bar('cpu'), memory: bar('memory'), verdict: said } }
    }

    function amounts(name: string) {
      const on = storedPods().filter(each => each.spec.nodeName === name)
      const sum = (unit: 'cpu' | 'memory') => on.flatMap(each => each.spec.containers).reduce((all, { resources }) => all + amountOf(resources?.requests?.[unit] ?? 0, unit), 0)
      const whole = (unit: 'cpu' | 'memory') => amountOf(scheduler().cluster.nodes[name]?.status?.allocatable?.[unit] ?? 0, unit)
      return { allocatable: { cpu: whole('cpu'), memory: whole('memory') }, requested: { cpu: sum('cpu'), memory: sum('memory') } }
    }

    /** The newest event about the pod, in the component's own words. */
    function eventText(): Text {
      const events = [...(apiServerOf(cluster).server.caches.events?.objects.values() ?? [])] as unknown as CoreEvent[]
      const event = events.filter(each => each.involvedObject.name === asking.metadata.name).at(-1)
      return event ? `${event.reason}: ${event.message}` : { key: 'no-event' }
    }
  },
})

function amountOf(quantity: string | number, unit: 'cpu' | 'memory'): number {
  return unit === 'cpu' ? milliValue(parseQuantity(quantity)) : wholeValue(parseQuantity(quantity))
}

function readInput(given: unknown): ClusterInput {
  const { pod, nodes } = fieldsOf({ value: given, path: '' }, ['pod', 'nodes'])
  return {
    pod: podGiven({ ...pod, value: pod.value ?? example.pod }),
    ...nodesOf({ ...nodes, value: nodes.value ?? example.nodes }, 3),
  }
}

/** A node with just enough CPU for one such pod. */
function newNode(name: string, request: Record<string, number>): Node {
  const [node] = nodesOf({ value: [{ name, cpu: `${request.cpu ?? 0}m`, memory: '8Gi' }], path: name }, 1).nodes
  return node as Node
}

/** What the scheduler hears of, and what it asks for in turn. */
function labelOf({ kind, from, to, summary: { verb, resource, type, name } }: TracedMessage, untainting: boolean): Text | undefined {
  if (kind === 'WatchEvent' && to === 'kube-scheduler' && ['pods', 'nodes'].includes(String(resource))) {
    const isNews = type === 'ADDED' || type === 'DELETED' || (resource === 'nodes' && type === 'MODIFIED' && untainting)
    return isNews ? `${type} ${name}` : undefined
  }
  if (kind !== 'Request' || from !== 'kube-scheduler')
    return undefined
  if (verb === 'delete')
    return `DELETE ${name}`
  return resource === 'pods' && verb === 'create' ? { key: 'binding' } : undefined
}
