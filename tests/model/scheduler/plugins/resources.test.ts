import type { ResourceList } from '../../../../model/objects.ts'
import { describe, expect, it } from 'vitest'
import { balance, balanceScore } from '../../../../model/scheduler/plugins/NodeResourcesBalancedAllocation.ts'
import { isScalarResource } from '../../../../model/scheduler/plugins/NodeResourcesFit.ts'
import { brokenLine, mostAllocatedScore } from '../../../../model/scheduler/plugins/otherResourceScorers.ts'
import { leastAllocatedScore } from '../../../../model/scheduler/plugins/resourceScorers.ts'
import { answers, container, decideOn, node, pod, scores } from '../cluster.ts'

function asking(requests: ResourceList) {
  return pod('p', { containers: [container(requests)] })
}

function running(name: string, nodeName: string, requests?: ResourceList) {
  return pod(name, { nodeName, containers: [container(requests)] })
}

describe('nodeResourcesFit as a filter', () => {
  const all = { 'cpu': '2', 'memory': '1Gi', 'ephemeral-storage': '1Gi', 'pods': '2', 'example.com/gpu': '1', 'hugepages-2Mi': '4Mi' }
  const nodes = [node('a', { allocatable: all })]
  const fit = (requests: ResourceList, profile?: object, pods = [running('r', 'a', { cpu: '1' })]) => answers(decideOn(asking(requests), { nodes, pods }, profile)).a

  it.each([
    [{ cpu: '1' }, 'ok'],
    [{ cpu: '1001m' }, 'NodeResourcesFit U: Insufficient cpu'],
    [{ cpu: '2' }, 'NodeResourcesFit U: Insufficient cpu'],
    [{ cpu: '2001m' }, 'NodeResourcesFit UU: Insufficient cpu'],
    [{ memory: '1Gi' }, 'ok'],
    [{ memory: '1025Mi' }, 'NodeResourcesFit UU: Insufficient memory'],
    [{ 'ephemeral-storage': '2Gi' }, 'NodeResourcesFit UU: Insufficient ephemeral-storage'],
    [{ 'example.com/gpu': '2', 'cpu': '1500m', 'ephemeral-storage': '2Gi', 'memory': '2Gi' }, 'NodeResourcesFit UU: Insufficient cpu; Insufficient memory; Insufficient ephemeral-storage; Insufficient example.com/gpu'],
    [{ 'z.example.com/a': '1', 'a.example.com/z': '1' }, 'NodeResourcesFit UU: Insufficient a.example.com/z; Insufficient z.example.com/a'],
    [{ 'ephemeral-storage': '2Gi', 'c.example.com/x': '1', 'a.example.com/x': '1', 'b.example.com/x': '1', 'memory': '2Gi' }, 'NodeResourcesFit UU: Insufficient memory; Insufficient ephemeral-storage; Insufficient a.example.com/x; Insufficient b.example.com/x; Insufficient c.example.com/x'],
    [{ 'hugepages-2Mi': '6Mi' }, 'NodeResourcesFit UU: Insufficient hugepages-2Mi'],
    [{ 'example.com/none': '0' }, 'ok'],
    [{ cpu: '-1' }, 'ok'],
    [{ unknown: '5' }, 'ok'],
    [{ 'requests.example.com/gpu': '5' }, 'ok'],
  ])('%j: %s', (requests, answer) => {
    expect(fit(requests)).toBe(answer)
  })

  it('counts pods, whatever they ask for', () => {
    expect(fit({}, undefined, [running('r', 'a'), running('s', 'a')])).toBe('NodeResourcesFit U: Too many pods')
    expect(fit({ cpu: '3' }, undefined, [running('r', 'a'), running('s', 'a')])).toBe('NodeResourcesFit UU: Too many pods; Insufficient cpu')
    expect(fit({}, undefined, [running('r', 'a')])).toBe('ok')
    expect(answers(decideOn(asking({}), { nodes: [{ metadata: { name: 'a' } }] })).a).toBe('NodeResourcesFit U: Too many pods')
    expect(answers(decideOn(asking({}), { nodes: [{ metadata: { name: 'a' }, status: { capacity: { pods: '1' } } }] })).a).toBe('ok')
  })

  it('does not count pods that are over', () => {
    const over = { ...running('r', 'a', { cpu: '2' }), status: { phase: 'Succeeded' as const } }
    expect(fit({ cpu: '2' }, undefined, [over])).toBe('ok')
    expect(fit({ cpu: '2' }, undefined, [{ ...over, status: { phase: 'Running' } }])).toBe('NodeResourcesFit U: Insufficient cpu')
  })

  it('looks away from extended resources that the profile ignores', () => {
    const ignoring = (args: object) => ({ pluginConfig: [{ name: 'NodeResourcesFit', args }] })
    expect(fit({ 'example.com/gpu': '2' }, ignoring({ ignoredResources: ['example.com/gpu'] }))).toBe('ok')
    expect(fit({ 'example.com/gpu': '2' }, ignoring({ ignoredResourceGroups: ['example.com'] }))).toBe('ok')
    expect(fit({ 'example.com/gpu': '2' }, ignoring({ ignoredResourceGroups: ['example.org'], ignoredResources: ['example.com/other'] }))).toContain('Insufficient example.com/gpu')
    expect(fit({ cpu: '3' }, ignoring({ ignoredResources: ['cpu'] }))).toContain('Insufficient cpu')
  })

  it.each([
    ['cpu', false],
    ['hugepages-1Gi', true],
    ['attachable-volumes-ebs', true],
    ['my-hugepages-1Gi', false],
    ['example.com/gpu', true],
    ['requests.example.com/gpu', false],
    ['kubernetes.io/batteries', true],
  ])('%s is a scalar resource: %s', (name, is) => {
    expect(isScalarResource(name)).toBe(is)
  })
})

describe('the scores by allocation', () => {
  it('run from 0 to 100, towards empty or towards full nodes', () => {
    expect([0, 1, 50, 99, 100, 101].map(used => leastAllocatedScore(used, 100))).toEqual([100, 99, 50, 1, 0, 0])
    expect([0, 1, 50, 99, 100, 101].map(used => mostAllocatedScore(used, 100))).toEqual([0, 1, 50, 99, 100, 100])
    expect(leastAllocatedScore(1, 3)).toBe(66)
  })

  it('divide exactly beyond 2⁵³', () => {
    const pebibytes = 2 ** 53 - 1
    expect(leastAllocatedScore(2 ** 52, pebibytes)).toBe(49)
    expect(leastAllocatedScore(1, pebibytes)).toBe(99)
    expect(mostAllocatedScore(pebibytes - 1, pebibytes)).toBe(99)
  })

  const nodes = [node('a', { allocatable: { 'cpu': '4', 'memory': '4Gi', 'ephemeral-storage': '10Gi', 'example.com/gpu': '4' } })]
  const pods = [running('r', 'a', { 'cpu': '1', 'memory': '2Gi', 'ephemeral-storage': '5Gi', 'example.com/gpu': '2' })]
  const score = (requests: ResourceList, scoringStrategy?: object | string, plugin = 'NodeResourcesFit') =>
    scores(decideOn(asking(requests), { nodes, pods }, { scoringStrategy } as never), plugin).a

  it('take the mean over cpu and memory, the pod counted in', () => {
    expect(score({ cpu: '1', memory: '1Gi' })).toBe((50 + 25) / 2 - 0.5)
    expect(score({ cpu: '1', memory: '1Gi' }, { type: 'MostAllocated' })).toBe((50 + 75) / 2 - 0.5)
    expect(score({ cpu: '1', memory: '1Gi' }, 'MostAllocated')).toBe(62)
  })

  it('count 100m and 200Mi for what is not said, and what is said to be 0 as 0', () => {
    expect(score({})).toBe(Math.trunc((72 + 45) / 2))
    expect(score({ cpu: '0', memory: '0' })).toBe(Math.trunc((75 + 50) / 2))
  })

  it('weigh resources as the strategy says', () => {
    const resources = [{ name: 'cpu', weight: 3 }, { name: 'memory', weight: 0 }]
    expect(score({ cpu: '1', memory: '1Gi' }, { type: 'LeastAllocated', resources })).toBe(Math.trunc((50 * 3 + 25) / 4))
    expect(score({ 'cpu': '1', 'memory': '1Gi', 'ephemeral-storage': '1Gi' }, { type: 'LeastAllocated', resources: [{ name: 'ephemeral-storage', weight: 1 }] })).toBe(40)
    expect(score({ cpu: '1' }, { type: 'LeastAllocated', resources: [] })).toBe(Math.trunc((50 + 45) / 2))
  })

  it('leave out extended resources that the pod does not ask for, and what the node lacks', () => {
    const resources = [{ name: 'cpu', weight: 1 }, { name: 'example.com/gpu', weight: 1 }]
    expect(score({ cpu: '1' }, { type: 'LeastAllocated', resources })).toBe(50)
    expect(score({ 'cpu': '1', 'example.com/gpu': '2' }, { type: 'LeastAllocated', resources })).toBe(25)
    expect(score({ 'cpu': '1', 'example.com/gpu': '1' }, { type: 'LeastAllocated', resources: [{ name: 'unknown', weight: 1 }] })).toBe(0)
    expect(score({ cpu: '1' }, { type: 'MostAllocated', resources: [{ name: 'example.com/fpga', weight: 1 }] })).toBe(0)
    expect(score({ cpu: '1' }, { type: 'RequestedToCapacityRatio', resources: [{ name: 'unknown', weight: 1 }], requestedToCapacityRatio: { shape: [{ utilization: 0, score: 1 }] } })).toBe(0)
  })

  it('follow the shape of a ratio, means over what scores above 0, rounded', () => {
    const ratio = (shape: object[], resources?: object[]) => ({ type: 'RequestedToCapacityRatio', requestedToCapacityRatio: { shape }, resources })
    const rising = [{ utilization: 0, score: 0 }, { utilization: 100, score: 10 }]
    expect(score({ cpu: '1', memory: '1Gi' }, ratio(rising))).toBe(63)
    expect(score({ cpu: '1', memory: '1Gi' }, 'RequestedToCapacityRatio')).toBe(63)
    expect(score({ cpu: '1', memory: '1Gi' }, ratio(rising, [{ name: 'cpu', weight: 3 }, { name: 'memory', weight: 1 }]))).toBe(56)
    expect(score({ cpu: '1', memory: '2Gi' }, ratio([{ utilization: 50, score: 0 }, { utilization: 100, score: 10 }]))).toBe(100)
    expect(score({ cpu: '1', memory: '1Gi' }, ratio([{ utilization: 90, score: 0 }, { utilization: 100, score: 10 }]))).toBe(0)
  })

  it('bend between the points of a shape', () => {
    const line = brokenLine([{ utilization: 20, score: 10 }, { utilization: 60, score: 3 }, { utilization: 80, score: 5 }])
    expect([0, 20, 40, 41, 60, 70, 80, 100].map(line)).toEqual([100, 100, 65, 64, 30, 40, 50, 50])
  })

  it('take a full node for 100 % by ratio', () => {
    const full = [running('r', 'a', { cpu: '4', memory: '4Gi' })]
    const profile = { scoringStrategy: { type: 'RequestedToCapacityRatio' as const, requestedToCapacityRatio: { shape: [{ utilization: 0, score: 0 }, { utilization: 100, score: 8 }] } } }
    expect(scores(decideOn(asking({ cpu: '0', memory: '0' }), { nodes, pods: [...full, running('s', 'a')] }, profile), 'NodeResourcesFit').a).toBe(80)
  })
})

describe('balance', () => {
  it('is lost as the fractions part', () => {
    expect(balance([])).toBe(100)
    expect(balance([0.3])).toBe(100)
    expect(balance([0.5, 0.5])).toBe(100)
    expect(balance([1, 0])).toBe(50)
    expect(balance([0, 1])).toBe(50)
    expect(balance([0.25, 0.75])).toBe(75)
    expect(balance([0, 0, 1])).toBe(52)
    expect(balance([0.2, 0.4, 0.9])).toBe(70)
  })

  it('changes by the pod, from 50 to 100', () => {
    expect(balanceScore(81, 100)).toBe(65)
    expect(balanceScore(100, 75)).toBe(87)
    expect(balanceScore(100, 100)).toBe(75)
    expect(balanceScore(50, 100)).toBe(50)
    expect(balanceScore(100, 50)).toBe(100)
  })

  it('is that of the node with and without the pod, each fraction 1 at most', () => {
    const nodes = [node('a', { allocatable: { 'cpu': '4', 'memory': '4Gi', 'example.com/gpu': '2' } })]
    const score = (requests: ResourceList, pods: ReturnType<typeof running>[] = [], profile?: object) =>
      scores(decideOn(asking(requests), { nodes, pods }, profile), 'NodeResourcesBalancedAllocation').a
    expect(score({ cpu: '2', memory: '2Gi' })).toBe(75)
    expect(score({ cpu: '2' })).toBe(62)
    expect(score({ cpu: '2' }, [running('r', 'a', { memory: '2Gi' })])).toBe(87)
    expect(score({ cpu: '1' }, [running('r', 'a', { memory: '8Gi' })])).toBe(81)
    const three = { pluginConfig: [{ name: 'NodeResourcesBalancedAllocation', args: { resources: [{ name: 'cpu', weight: 1 }, { name: 'memory', weight: 1 }, { name: 'example.com/gpu', weight: 1 }] } }] }
    expect(score({ 'cpu': '4', 'memory': '4Gi', 'example.com/gpu': '2' }, [], three)).toBe(75)
    expect(score({ 'cpu': '0', 'memory': '0', 'example.com/gpu': '2' }, [], three)).toBe(51)
    expect(score({ cpu: '4', memory: '0' }, [], three)).toBe(50)
  })

  it('is skipped for a pod that asks for none of the resources', () => {
    const nodes = [node('a'), node('b')]
    expect(decideOn(asking({}), { nodes }).preScoreSkipped).toContain('NodeResourcesBalancedAllocation')
    expect(decideOn(asking({ cpu: '0', memory: '0' }), { nodes }).preScoreSkipped).toContain('NodeResourcesBalancedAllocation')
    expect(decideOn(asking({ memory: '1' }), { nodes }).preScoreSkipped).not.toContain('NodeResourcesBalancedAllocation')
  })
})
