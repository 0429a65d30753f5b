import type { Node, Pod, Taint, TaintEffect, Toleration } from '../model/objects.ts'
import type { Given } from './input.ts'
import { fieldsOf, itemsOf, quantityOf, textOf, wrong } from './input.ts'

/** Nodes and the pod that looks for one, as Kubernetes has them. */
export interface ClusterInput {
  pod: Pod
  nodes: Node[]
  /** What already runs on the nodes: one pod a node that takes what is in use there. */
  pods: Pod[]
}

/**
 * Reads nodes from their short form: `{ name, cpu, memory, used: { cpu, memory }, taints: ['key=value:NoSchedule'], labels }`.
 * `used` is the sum of the requests of what runs there.
 * @throws SceneInputError
 */
export function nodesOf(given: Given, most: number): Pick<ClusterInput, 'nodes' | 'pods'> {
  const read = itemsOf(given, 1, most).map(nodeOf)
  const names = read.map(({ node }) => node.metadata.name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    throw wrong(given, `two nodes are called ${twice}`)
  return { nodes: read.map(({ node }) => node), pods: read.flatMap(({ pod }) => pod ?? []) }
}

function nodeOf(given: Given): { node: Node, pod?: Pod } {
  const { name, cpu, memory, used, taints, labels } = fieldsOf(given, ['name', 'cpu', 'memory', 'used', 'taints', 'labels'])
  const nodeName = textOf(name)
  const node: Node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: nodeName, labels: labelsOf(labels) },
    spec: { taints: taints.value === undefined ? [] : itemsOf(taints, 0, 4).map(taintOf) },
    status: { allocatable: { cpu: quantityOf(cpu), memory: quantityOf(memory), pods: '110' } },
  }
  if (used.value === undefined)
    return { node }
  const amounts = fieldsOf(used, ['cpu', 'memory'])
  return { node, pod: podOf(`job-${nodeName}`, quantityOf(amounts.cpu), quantityOf(amounts.memory), { nodeName }) }
}

/**
 * Reads a pod from its short form: `{ name, cpu, memory, tolerations, priority }`.
 * @throws SceneInputError
 */
export function podGiven(given: Given): Pod {
  const { name, cpu, memory, tolerations, priority } = fieldsOf(given, ['name', 'cpu', 'memory', 'tolerations', 'priority'])
  if (priority.value !== undefined && typeof priority.value !== 'number')
    throw wrong(priority, 'expected a number')
  return podOf(textOf(name), quantityOf(cpu), quantityOf(memory), {
    tolerations: tolerations.value === undefined ? [] : itemsOf(tolerations, 0, 4).map(({ value }) => value as Toleration),
    ...(priority.value !== undefined && { priority: priority.value }),
  })
}

function podOf(name: string, cpu: string, memory: string, spec: Partial<Pod['spec']>): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'app', image: 'nginx:1.29', resources: { requests: { cpu, memory } } }], ...spec },
  }
}

const taintPattern = /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/

function taintOf(given: Given): Taint {
  const [, key, value, effect] = taintPattern.exec(textOf(given)) ?? []
  if (key === undefined)
    throw wrong(given, `a taint is written key=value:NoSchedule, not ${JSON.stringify(given.value)}`)
  return { key, ...(value !== undefined && { value }), effect: effect as TaintEffect }
}

/** A taint as kubectl writes it. */
export function taintText({ key, value, effect }: Taint): string {
  return `${key}${value === undefined ? '' : `=${value}`}:${effect}`
}

function labelsOf(given: Given): Record<string, string> {
  if (given.value === undefined)
    return {}
  if (typeof given.value !== 'object' || given.value === null || !Object.values(given.value).every(value => typeof value === 'string'))
    throw wrong(given, 'expected labels, as in { "zone": "a" }')
  return given.value as Record<string, string>
}
