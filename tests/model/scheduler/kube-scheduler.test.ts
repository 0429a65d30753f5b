import type { CoreEvent, KubernetesObject, Node, Pod } from '../../../model/objects.ts'
import type { SchedulerConfig } from '../../../model/scheduler/scheduler.ts'
import type { Simulation } from '../../../model/simulation.ts'
import { describe, expect, it } from 'vitest'
import { addApiClient, apiServerHandlers, askAndWait } from '../../../model/apiserver/client.ts'
import { addApiServer, apiServerOf, isReady } from '../../../model/apiserver/server.ts'
import { addCluster, awaitLeader, etcdHandlers } from '../../../model/etcd/cluster.ts'
import { byColumns } from '../../../model/scheduler/columns/byColumns.ts'
import { addKubeScheduler, kubeSchedulerHandler, kubeSchedulerOf } from '../../../model/scheduler/kubeScheduler.ts'
import { createSimulation, operate, runTo, runUntil } from '../../../model/simulation.ts'
import { container, node, pod } from './cluster.ts'

const handlers = { ...etcdHandlers, ...apiServerHandlers, scheduler: kubeSchedulerHandler(byColumns) }
const namespaced = '/api/v1/namespaces/default'

interface World { sim: Simulation, post: (path: string, body: object) => void }

function start(nodes: Node[], config: SchedulerConfig = {}): World {
  const sim = createSimulation({ seed: 1 })
  addCluster(sim, { members: 1 })
  awaitLeader(sim, handlers)
  addApiServer(sim, { endpoints: ['etcd-1'], config: { authorization: 'AlwaysAllow' } })
  runUntil(sim, handlers, each => isReady(apiServerOf(each)))
  addApiClient(sim, 'kubectl')
  const post = (path: string, body: object) => {
    const response = askAndWait(sim, handlers, 'kubectl', { method: 'POST', path, body })
    expect(response?.status, JSON.stringify(response?.body)).toBeLessThan(300)
  }
  post(`${namespaced}/serviceaccounts`, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' }, automountServiceAccountToken: false })
  nodes.forEach(each => addNode({ sim, post }, each))
  addKubeScheduler(sim, { config })
  settle(sim)
  return { sim, post }
}

/** A new node has the taint of one that isn't ready; the node controller, which isn't here, would take it off. */
function addNode(world: World, { metadata, spec, status }: Node): void {
  world.post('/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata, spec })
  patch(world, `/api/v1/nodes/${metadata.name}/status`, { status: { ...status, capacity: status?.allocatable } })
  patch(world, `/api/v1/nodes/${metadata.name}`, { spec: { taints: spec?.taints ?? [] } })
}

function settle(sim: Simulation, ms = 300): void {
  runTo(sim, handlers, sim.now + ms)
}

function stored<O extends KubernetesObject>({ sim }: World, path: string): O[] {
  return (askAndWait(sim, handlers, 'kubectl', { method: 'GET', path })!.body as { items: O[] }).items
}

function podNamed(world: World, name: string): Pod | undefined {
  return stored<Pod>(world, `${namespaced}/pods`).find(({ metadata }) => metadata.name === name)
}

function create({ post }: World, { metadata, spec }: Pod): void {
  const containers = spec.containers.map(each => ({ image: 'nginx', ...each }))
  post(`${namespaced}/pods`, { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, containers } })
}

function patch({ sim }: World, path: string, body: object): void {
  const headers = { 'content-type': 'application/merge-patch+json' }
  expect(askAndWait(sim, handlers, 'kubectl', { method: 'PATCH', path, headers, body })?.status).toBe(200)
}

function events(world: World, reason: string): string[] {
  return stored<CoreEvent>(world, `${namespaced}/events`).filter(event => event.reason === reason).map(({ message }) => message!)
}

const asking = (cpu: string, others: object = {}) => ({ containers: [container({ cpu, memory: '1Gi' })], ...others })

describe('kube-scheduler', () => {
  it.each(['all', 'failures'] as const)('binds pods through the API server, explaining %s', (explain) => {
    const world = start([node('small', { allocatable: { cpu: '1' } }), node('big', { allocatable: { cpu: '8' } })], { explain })
    create(world, pod('web', asking('2')))
    settle(world.sim)
    const bound = podNamed(world, 'web')!
    expect(bound.spec.nodeName).toBe('big')
    expect(bound.status!.conditions).toMatchObject([{ type: 'PodScheduled', status: 'True' }])
    expect(events(world, 'Scheduled')).toEqual(['Successfully assigned default/web to big'])
    const { scheduler } = kubeSchedulerOf(world.sim)
    expect(scheduler.decisions['default/web']?.chosen).toBe(explain === 'all' ? 'big' : undefined)
    expect(scheduler.cluster.assumed).toEqual({})
    expect(() => structuredClone(scheduler)).not.toThrow()
  })

  it('counts pods that it has placed before it sees them bound', () => {
    const world = start([node('a'), node('b')])
    for (const name of ['one', 'two', 'three'])
      create(world, pod(name, asking('2')))
    create(world, pod('four', asking('2')))
    settle(world.sim)
    const nodes = stored<Pod>(world, `${namespaced}/pods`).map(({ spec }) => spec.nodeName).sort()
    expect(nodes).toEqual(['a', 'a', 'b', 'b'])
  })

  it('leaves alone pods of another scheduler, and those that name a node', () => {
    const world = start([node('a')])
    create(world, pod('theirs', asking('1', { schedulerName: 'other' })))
    create(world, pod('named', asking('1', { nodeName: 'a' })))
    settle(world.sim)
    expect(podNamed(world, 'theirs')!.spec.nodeName).toBeUndefined()
    expect(events(world, 'Scheduled')).toEqual([])
  })

  it('says exactly why a pod has no node, and tries again when one is added and when its taint is gone', () => {
    const world = start([node('node-1'), node('node-2')])
    create(world, pod('full-1', asking('4')))
    create(world, pod('full-2', asking('4')))
    create(world, pod('web', asking('2')))
    settle(world.sim)
    const first = '0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.'
    expect(events(world, 'FailedScheduling')).toEqual([first])
    expect(podNamed(world, 'web')!.status!.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: first }])

    addNode(world, node('node-3', { taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }] }))
    settle(world.sim)
    const second = '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.'
    expect(events(world, 'FailedScheduling').at(-1)).toBe(second)

    patch(world, '/api/v1/nodes/node-3', { spec: { taints: [] } })
    settle(world.sim)
    const bound = podNamed(world, 'web')!
    expect(bound.spec.nodeName).toBe('node-3')
    expect(bound.status!.conditions).toMatchObject([{ type: 'PodScheduled', status: 'True' }])
  })

  it('does not try again for what makes no difference', () => {
    const world = start([node('a')])
    create(world, pod('web', asking('8')))
    settle(world.sim)
    const attempts = () => events(world, 'FailedScheduling').length
    expect(attempts()).toBe(1)
    addNode(world, node('b', { allocatable: { cpu: '2' } }))
    patch(world, '/api/v1/nodes/a', { metadata: { labels: { x: 'y' } } })
    create(world, pod('other', asking('1')))
    settle(world.sim)
    expect(attempts()).toBe(1)
    addNode(world, node('c', { allocatable: { cpu: '8' } }))
    settle(world.sim)
    expect(podNamed(world, 'web')!.spec.nodeName).toBe('c')
  })

  it('makes room for a pod of higher priority, and keeps that room for it', () => {
    const world = start([node('a', { allocatable: { cpu: '2' } })])
    world.post('/apis/scheduling.k8s.io/v1/priorityclasses', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 })
    create(world, pod('low', asking('2')))
    settle(world.sim)
    create(world, pod('high', asking('2', { priorityClassName: 'high' })))
    create(world, pod('late', asking('1')))
    settle(world.sim)
    expect(podNamed(world, 'high')!.status).toMatchObject({ nominatedNodeName: 'a', conditions: [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available: 1 Insufficient cpu.' }] })
    expect(events(world, 'Preempted')).toEqual([`Preempted by pod ${podNamed(world, 'high')!.metadata.uid} on node a`])
    const victim = podNamed(world, 'low')!
    expect(victim.metadata.deletionTimestamp).toBeDefined()
    expect(victim.status!.conditions).toContainEqual(expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler', message: 'default-scheduler: preempting to accommodate a higher priority pod' }))

    // The kubelet has stopped the victim.
    askAndWait(world.sim, handlers, 'kubectl', { method: 'DELETE', path: `${namespaced}/pods/low?gracePeriodSeconds=0` })
    settle(world.sim)
    expect(podNamed(world, 'high')!.spec.nodeName).toBe('a')
    expect(podNamed(world, 'late')!.spec.nodeName).toBeUndefined()
  })

  it('starts anew with what the API server knows, when it was stopped', () => {
    const world = start([node('a')])
    operate(world.sim, { op: 'stop', actor: 'kube-scheduler' })
    settle(world.sim)
    create(world, pod('web', asking('1')))
    settle(world.sim, 2000)
    expect(podNamed(world, 'web')!.spec.nodeName).toBeUndefined()
    operate(world.sim, { op: 'start', actor: 'kube-scheduler' })
    settle(world.sim)
    expect(podNamed(world, 'web')!.spec.nodeName).toBe('a')
  })

  it('watches anew when the API server was away', () => {
    const world = start([node('a')])
    operate(world.sim, { op: 'stop', actor: 'kube-apiserver' })
    settle(world.sim, 3000)
    operate(world.sim, { op: 'start', actor: 'kube-apiserver' })
    runUntil(world.sim, handlers, each => isReady(apiServerOf(each)), 10_000)
    create(world, pod('web', asking('1')))
    settle(world.sim, 5000)
    expect(podNamed(world, 'web')!.spec.nodeName).toBe('a')
  })
})
