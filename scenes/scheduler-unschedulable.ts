import type { CoreEvent, Node, Pod } from '../model/objects.ts'
import type { Decision, NodeVerdict } from '../model/scheduler/explanation.ts'
import type { TracedMessage } from '../model/trace.ts'
import type { ClusterInput } from './cluster-input.ts'
import type { KubeObject } from './control-plane.ts'
import type { Cell, ListItem, Piece, Row, Text } from './pieces.ts'
import { apiServerOf } from '../model/apiserver/server.ts'
import { milliValue, parseQuantity, wholeValue } from '../model/quantity.ts'
import { decide } from '../model/scheduler/decision.ts'
import { addKubeScheduler, kubeSchedulerOf } from '../model/scheduler/kubeScheduler.ts'
import { clusterSnapshot } from '../model/scheduler/snapshot.ts'
import { runTo, runUntil } from '../model/simulation.ts'
import { nodesOf, podGiven } from './cluster-input.ts'
import { call, handlers, joinNode, readyNode, serviceAccount, startControlPlane, storedNode, storedPod } from './control-plane.ts'
import { fieldsOf, wholeNumberOf } from './input.ts'
import { defineScene } from './registry.ts'
import { SceneInputError } from './scene.ts'
import { follow } from './traffic.ts'

/** The article's nodes, and a Deployment scaled to more than they hold. */
const example = {
  pod: { name: 'web', cpu: '2', memory: '1Gi' },
  replicas: 12,
  nodes: [
    { name: 'node-1', cpu: '4', memory: '8Gi' },
    { name: 'node-2', cpu: '8', memory: '16Gi' },
    { name: 'node-3', cpu: '2', memory: '4Gi' },
    { name: 'node-4', cpu: '4', memory: '16Gi' },
  ],
}

interface Input extends ClusterInput {
  /** How many such pods are wanted: more than there is room for. */
  replicas: number
}

const pods = '/api/v1/namespaces/default/pods'

/** Nothing fits: what the pod is told, what makes the scheduler try again, and what a higher priority changes. */
export default defineScene<Input>({
  name: 'scheduler-unschedulable',
  example: readInput({}),
  read: given => readInput(given ?? {}),

  script({ pod: template, replicas, nodes, pods: running }, show) {
    const app = template.metadata.name ?? ''
    const wanted = Array.from({ length: replicas }, (_, at): Pod => ({ ...template, metadata: { ...template.metadata, name: `${app}-${at + 1}` } }))

    // The pods that fit are there when the scene begins, where the scheduler put them one by one.
    const placed: Pod[] = []
    let last: Decision | undefined
    for (const pod of wanted) {
      const found = decide(pod, clusterSnapshot({ nodes, pods: [...running, ...placed] }))
      if (found.chosen === undefined)
        break
      placed.push({ ...pod, spec: { ...pod.spec, nodeName: found.chosen } })
      last = found
    }
    const [refused, ...others] = wanted.slice(placed.length)
    if (!refused)
      throw new SceneInputError(`replicas: ${replicas} pods find room on these nodes; give more, so that one does not`)

    const urgent: KubeObject = { ...{ apiVersion: 'scheduling.k8s.io/v1', value: 1000 }, kind: 'PriorityClass', metadata: { name: 'urgent' } }
    const stored = [serviceAccount, urgent, ...nodes.map(storedNode), ...[...running, ...placed].map(storedPod)]
    const cluster = startControlPlane(['kubectl'], { config: { authorization: 'AlwaysAllow' } }, stored)
    const settle = (ms = 2000) => runTo(cluster, handlers, cluster.now + ms)
    addKubeScheduler(cluster)
    settle(300)

    /** What a full-width bar stands for: the most that any node has. */
    const most = (unit: 'cpu' | 'memory') => Math.max(...nodes.map(({ status }) => amountOf(status?.allocatable?.[unit] ?? 0, unit)))
    const scales = { cpu: most('cpu'), memory: most('memory') }

    const scheduler = () => kubeSchedulerOf(cluster).scheduler
    /** Reports of status are changes of a node too; only the one that takes its taint away is drawn. */
    let untainting = false
    const traffic = follow(cluster, message => labelOf(message, untainting))
    let asking = placed.at(-1) ?? refused
    const create = (each: Pod) => {
      asking = each
      call(cluster, 'POST', pods, each)
      settle(500)
    }
    const step = (caption: string, params: Parameters<typeof show>[1] = {}) =>
      show(caption, { pod: asking.metadata.name ?? '', ...params }, { pieces: picture(), ...traffic() })

    if (placed.length > 0)
      show('full', { app, replicas, placed: placed.length }, { pieces: picture() })
    create(refused)
    step('refused', { count: nodes.length })
    others.forEach(create)
    step('told', { waiting: waiting().length })

    // A node joins. The kubelet registers it as not ready, so the first try fails; then the taint goes.
    const name = nodes.some(node => node.metadata.name === `node-${nodes.length + 1}`) ? 'node-new' : `node-${nodes.length + 1}`
    const added = newNode(name, waiting().length, decision()?.request ?? {})
    joinNode(cluster, added)
    settle(200)
    step('joined', { node: name })
    untainting = true
    const waited = waiting()
    readyNode(cluster, added)
    settle()
    step('bound', { node: name, waiting: waited.length })

    untainting = false

    // Preemption: the same request, with a priority. Who has to leave is told to; the kubelet ends it, and the pod gets the room.
    asking = { ...template, metadata: { name: 'urgent-1', namespace: 'default' }, spec: { ...template.spec, priorityClassName: 'urgent' } }
    call(cluster, 'POST', pods, asking)
    settle(500)
    const victims = storedPods().filter(each => each.metadata.deletionTimestamp).map(each => each.metadata.name ?? '')
    step('preempts', { victims: victims.join(', '), node: nodeOf(victims[0] ?? '') })
    victims.forEach(victim => call(cluster, 'DELETE', `${pods}/${victim}`, { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 }))
    runUntil(cluster, handlers, () => nodeOf('urgent-1') !== '', 12_000)
    settle(100)
    step('urgent-bound', { victims: victims.join(', '), node: nodeOf('urgent-1') })

    function decision() {
      return scheduler().decisions[`default/${asking.metadata.name}`] ?? last
    }
    function storedPods(): Pod[] {
      return Object.values(scheduler().cluster.pods)
    }
    function nodeOf(name: string): string {
      return storedPods().find(each => each.metadata.name === name)?.spec.nodeName ?? ''
    }

    /** The pods that no node could take. */
    function waiting(): string[] {
      return scheduler().queue.unschedulable.map(({ key }) => key.split('/')[1] ?? '').sort()
    }

    function picture(): Piece[] {
      const told = decision()
      const verdicts = told?.nodes ?? []
      return [
        { kind: 'list', id: 'waiting', at: { x: 0, y: 2 }, width: 306, lines: 1, items: [podLine()] },
        { kind: 'actor', id: 'kube-apiserver', actor: 'kube-apiserver', place: { x: 405, y: 20 } },
        { kind: 'actor', id: 'kube-scheduler', actor: 'kube-scheduler', place: { x: 768, y: 20 } },
        {
          kind: 'table',
          id: 'nodes',
          at: { x: 0, y: 46 },
          width: 868,
          rowHeight: 32,
          columns: [
            { id: 'node', text: { key: 'node' }, width: 140 },
            { id: 'cpu', text: 'CPU', width: 150 },
            { id: 'memory', text: { key: 'memory' }, width: 150 },
            { id: 'verdict', text: { key: 'verdict', params: { pod: asking.metadata.name ?? '' } } },
          ],
          rows: Object.keys(scheduler().cluster.nodes).sort().map(name => row(name, verdicts.find(verdict => verdict.name === name))),
        },
        { kind: 'text', id: 'event', at: { x: 0, y: 232 }, width: 868, lines: 3, text: eventText() },
      ]
    }

    /** Who is asking now, or all that wait. */
    function podLine(): ListItem {
      const name = asking.metadata.name ?? ''
      const node = nodeOf(name)
      if (node)
        return { id: name, text: { key: 'on', params: { name, node } }, mark: 'yes' }
      const isNominated = `default/${name}` in scheduler().cluster.nominated
      return { id: name, text: isNominated ? { key: 'nominated', params: { name } } : { key: 'waiting', params: { names: waiting().join(', ') } }, mark: 'wait' }
    }

    function row(name: string, verdict?: NodeVerdict): Row {
      const { allocatable, requested } = amounts(name)
      const bar = (unit: 'cpu' | 'memory'): Cell => ({ bar: { unit, allocatable: allocatable[unit] ?? 0, requested: requested[unit] ?? 0, scale: scales[unit] } })
      const said: Cell = !verdict
        ? {}
        : verdict.firstFailure
          ? { mark: 'no', text: `${verdict.firstFailure.plugin}: ${verdict.firstFailure.reasons.join(', ')}` }
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

function readInput(given: unknown): Input {
  const { pod, nodes, replicas } = fieldsOf({ value: given, path: '' }, ['pod', 'nodes', 'replicas'])
  return {
    pod: podGiven({ ...pod, value: pod.value ?? example.pod }),
    replicas: wholeNumberOf({ ...replicas, value: replicas.value ?? example.replicas }, 1, 20),
    ...nodesOf({ ...nodes, value: nodes.value ?? example.nodes }, 4),
  }
}

/** A node with just enough CPU for so many pods. */
function newNode(name: string, count: number, request: Record<string, number>): Node {
  const memory = Math.max(8 * 2 ** 30, count * (request.memory ?? 0))
  const [node] = nodesOf({ value: [{ name, cpu: `${count * (request.cpu ?? 0)}m`, memory: String(memory) }], path: name }, 1).nodes
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
