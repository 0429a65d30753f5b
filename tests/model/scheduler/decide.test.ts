import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { decide } from '../../../model/scheduler/decide.ts'
import { podInfo } from '../../../model/scheduler/nodeInfo.ts'
import { inTreeOrder } from '../../../model/scheduler/nodeTree.ts'
import { podRequests } from '../../../model/scheduler/podRequests.ts'
import { feasibleNodesToFind, heapRoot } from '../../../model/scheduler/selectHost.ts'
import { clusterSnapshot } from '../../../model/scheduler/snapshot.ts'
import { answers, container, decideOn, node, pod, verdicts } from './cluster.ts'

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

describe('the article’s example: 2 CPUs and 1 GiB', () => {
  const { pod: web, ...cluster } = parse(file('tests/fixtures/scheduler/two-cpus-one-gib.yaml'))

  it('goes to the emptiest node that has room for it', () => {
    const decision = decideOn(web, cluster)
    expect(answers(decision)).toEqual({
      small: 'NodeResourcesFit UU: Insufficient cpu',
      busy: 'NodeResourcesFit U: Insufficient cpu',
      roomy: 'ok',
      empty: 'ok',
    })
    // Room left: on roomy 2 of 8 CPUs and 5 of 8 GiB; on empty 2 of 4 and 7 of 8.
    expect(verdicts(decision).roomy!.raw).toMatchObject({ NodeResourcesFit: 43, NodeResourcesBalancedAllocation: 72 })
    expect(verdicts(decision).empty!.raw).toMatchObject({ NodeResourcesFit: 68, NodeResourcesBalancedAllocation: 65 })
    expect(decision).toMatchObject({ best: ['empty'], chosen: 'empty', bestScore: 433, request: { cpu: 2000, memory: 2 ** 30 } })
    expect(decision.amounts.busy).toMatchObject({ allocatable: { cpu: 4000 }, requested: { cpu: 3000, pods: 1 } })
  })

  it('goes to node-2 of the nodes on the slide', () => {
    const nodes = parseAllDocuments(file('snippets/nodes.yaml')).map(document => document.toJS())
    const { spec: { template } } = parse(file('snippets/web.yaml'))
    const decision = decideOn({ ...template, metadata: { ...template.metadata, name: 'web' } }, { nodes })
    expect(decision.chosen).toBe('node-2')
  })
})

describe('decide', () => {
  it('is plain data', () => {
    const decision = decideOn(pod('p'), { nodes: [node('a'), node('b')] })
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision)
    expect(structuredClone(decision)).toEqual(decision)
  })

  it('leaves the snapshot as it was', () => {
    const snapshot = clusterSnapshot({ nodes: [node('a')], pods: [pod('r', { nodeName: 'a', containers: [container({ cpu: '4' })] })] })
    const before = structuredClone(snapshot)
    decide(pod('p', { priority: 5, containers: [container({ cpu: '4' })] }), snapshot)
    expect(snapshot).toEqual(before)
  })

  it('says so where there is no node', () => {
    expect(decideOn(pod('p'), { nodes: [] })).toMatchObject({ schedulable: false, message: 'no nodes available to schedule pods', nodes: [], best: [] })
  })

  it('takes null for nothing, as Go writes empty lists', () => {
    const empty = { pods: null, services: null, replicaSets: null, statefulSets: null, replicationControllers: null, podDisruptionBudgets: null, namespaces: null }
    expect(decideOn(pod('p'), { nodes: [node('a')], ...empty } as never).chosen).toBe('a')
    expect(decideOn(pod('p'), { nodes: null } as never).message).toBe('no nodes available to schedule pods')
  })

  it('names the field that it can’t read', () => {
    expect(() => decideOn(pod('p', { containers: [container({ cpu: '1 CPU' })] }), { nodes: [] })).toThrow('spec.containers[0].resources.requests.cpu: Invalid value: "1 CPU"')
    expect(() => decideOn(pod('p', { overhead: { memory: 'x' } }), { nodes: [] })).toThrow('spec.overhead.memory')
    expect(() => decideOn(pod('p'), { nodes: [node('a', { allocatable: { cpu: 'four' } })] })).toThrow('status.allocatable.cpu')
    expect(() => decideOn(pod('p', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'z', labelSelector: { matchExpressions: [{ key: 'a', operator: 'Near' }] } }] } } }), { nodes: [] }))
      .toThrow('spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].operator')
  })

  it('tries no more nodes than are enough, from a place in the list on', () => {
    const nodes = Array.from({ length: 400 }, (_, index) => node(`n${index}`))
    const decision = decide(pod('p'), clusterSnapshot({ nodes }), { percentageOfNodesToScore: 25 }, 350)
    expect(decision.search).toEqual({ start: 350, tried: 100, nodesToFind: 100 })
    expect(decision.feasibleCount).toBe(100)
    expect(decision.chosen).toBe('n350')
    expect(verdicts(decision).n349).toEqual({ name: 'n349', feasible: false, untried: true })
    expect(verdicts(decision).n49!.feasible).toBe(true)
  })

  it('tries the node first that the pod is nominated for', () => {
    const nominated = { ...pod('p'), status: { nominatedNodeName: 'b' } }
    expect(decideOn(nominated, { nodes: [node('a'), node('b')] })).toMatchObject({ chosen: 'b', feasibleCount: 1 })
    expect(decideOn(nominated, { nodes: [node('a'), node('b', { unschedulable: true })] })).toMatchObject({ chosen: 'a' })
  })

  it('keeps room for pods of the same or higher priority that wait for a node', () => {
    const snapshot = clusterSnapshot({ nodes: [node('a')] })
    const waiting = { metadata: { name: 'w' }, spec: { priority: 10, containers: [container({ cpu: '3' })] } }
    const incoming = (priority: number) => pod('p', { priority, containers: [container({ cpu: '2' })] })
    const nominating = { ...snapshot, nominated: new Map([['a', [podInfo(waiting)]]]) }
    expect(decide(incoming(5), nominating).schedulable).toBe(false)
    expect(decide(incoming(10), nominating).schedulable).toBe(false)
    expect(decide(incoming(11), nominating).schedulable).toBe(true)
    expect(decide(waiting, nominating).schedulable).toBe(true)
  })
})

describe('podRequests', () => {
  const requests = (spec: object) => podRequests({ containers: [], ...spec })

  it('adds up containers and overhead, and takes the limit for what is not requested', () => {
    expect(requests({ containers: [container({ cpu: '100m' }), container({ cpu: '1', memory: '1Ki' })], overhead: { cpu: '50m' } }).real).toEqual({ cpu: 1150, memory: 1024 })
    expect(requests({ containers: [{ name: 'c', resources: { limits: { cpu: '2', memory: '1Ki' }, requests: { cpu: '1' } } }] }).real).toEqual({ cpu: 1000, memory: 1024 })
  })

  it('rounds up the sum, not its parts', () => {
    expect(requests({ containers: [container({ cpu: '0.0005' }), container({ cpu: '0.0005' })] }).real).toEqual({ cpu: 1 })
    expect(requests({ containers: [container({ cpu: '0.0005' }), container({ cpu: '0.0006' })] }).real).toEqual({ cpu: 2 })
  })

  it('takes the most that runs at once, sidecars beside all that follows', () => {
    const sidecar = container({ cpu: '2' }, { restartPolicy: 'Always' })
    expect(requests({ containers: [container({ cpu: '1' })], initContainers: [container({ cpu: '5' })] }).real).toEqual({ cpu: 5000 })
    expect(requests({ containers: [container({ cpu: '1' })], initContainers: [sidecar] }).real).toEqual({ cpu: 3000 })
    expect(requests({ containers: [container({ cpu: '1' })], initContainers: [sidecar, container({ cpu: '5' })] }).real).toEqual({ cpu: 7000 })
    expect(requests({ containers: [container({ cpu: '1' })], initContainers: [container({ cpu: '5' }), sidecar] }).real).toEqual({ cpu: 5000 })
    expect(requests({ containers: [], initContainers: [sidecar, sidecar] }).real).toEqual({ cpu: 4000 })
  })

  it('lets what is set for the pod as a whole stand for its containers', () => {
    const spec = { containers: [container({ 'cpu': '1', 'memory': '1Ki', 'example.com/x': '1' })], resources: { requests: { 'cpu': '3', 'hugepages-2Mi': '2Mi', 'example.com/x': '9' } } }
    expect(requests(spec)).toEqual({
      real: { 'cpu': 3000, 'memory': 1024, 'hugepages-2Mi': 2 ** 21, 'example.com/x': 1 },
      nonZero: { 'cpu': 3000, 'memory': 1024, 'hugepages-2Mi': 2 ** 21, 'example.com/x': 1 },
      incoming: { 'cpu': 1000, 'memory': 1024, 'example.com/x': 1 },
    })
  })

  it('defaults the whole pod’s requests from its containers, then from its limits', () => {
    const limits = { cpu: '4', memory: '1Gi' }
    expect(requests({ containers: [container({ cpu: '1' })], resources: { limits } }).real).toEqual({ cpu: 1000, memory: 2 ** 30 })
    expect(requests({ containers: [container()], resources: { limits: { 'hugepages-2Mi': '2Mi' } } }).real).toEqual({ 'hugepages-2Mi': 2 ** 21 })
  })

  it('fills in what is not said for scores, in each container', () => {
    expect(requests({ containers: [container({ cpu: '1' }), container({ memory: '0' })] }).nonZero).toEqual({ cpu: 1100, memory: 200 * 2 ** 20 })
    expect(requests({ containers: [container()], resources: { requests: { cpu: '1' } } }).nonZero).toEqual({ cpu: 1000, memory: 200 * 2 ** 20 })
    expect(requests({ containers: [container({ memory: '1Ki' }), container()], resources: { requests: { cpu: '1' } } }).nonZero).toEqual({ cpu: 1000, memory: 1024 })
  })
})

describe('selecting a node', () => {
  it.each([
    [[1], 0],
    [[1, 1], 0],
    [[1, 2], 1],
    [[5, 5, 5, 5], 0],
    [[1, 1, 2, 2, 2], 3],
    [[1, 2, 2], 1],
    [[3, 1, 2, 4], 3],
  ])('among %j takes the place %i', (totals, place) => {
    expect(heapRoot(totals)).toBe(place)
  })

  it.each([
    [99, 0, 99],
    [100, 0, 100],
    [1000, 0, 420],
    [5000, 0, 500],
    [6000, 0, 300],
    [1000, 5, 100],
    [1000, 50, 500],
    [1000, 100, 1000],
  ])('of %i nodes at %i %% it looks for %i', (nodes, percentage, enough) => {
    expect(feasibleNodesToFind(nodes, percentage)).toBe(enough)
  })

  it('goes through the zones in turn', () => {
    const at = (name: string, zone?: string, region?: string) => ({ name, labels: { ...zone && { 'topology.kubernetes.io/zone': zone }, ...region && { 'topology.kubernetes.io/region': region } } })
    const order = inTreeOrder([at('a', '1'), at('b', '1'), at('c', '1'), at('d', '2'), at('e'), at('f'), at('g', '1', 'x')])
    expect(order.map(({ name }) => name).join('')).toBe('adegbfc')
  })

  it('goes by the zone labels of old before those of today', () => {
    const at = (name: string, zone: string) => ({ name, labels: { 'failure-domain.beta.kubernetes.io/zone': zone, 'topology.kubernetes.io/zone': name } })
    expect(inTreeOrder([at('a', '1'), at('b', '1'), at('c', '2')]).map(({ name }) => name).join('')).toBe('acb')
  })
})
