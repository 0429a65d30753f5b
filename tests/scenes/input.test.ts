import { describe, expect, it } from 'vitest'
import { nodesOf, podGiven } from '../../scenes/cluster-input.ts'
import { SceneInputError } from '../../scenes/scene.ts'

const node = { name: 'node-1', cpu: 4, memory: '8Gi' }

describe('what a slide gives a scene about nodes and pods', () => {
  it('may be written shortly', () => {
    const { nodes, pods } = nodesOf({ value: [{ ...node, used: { cpu: '500m', memory: '1Gi' }, taints: ['dedicated=gpu:NoSchedule', 'slow:PreferNoSchedule'] }], path: 'nodes' }, 4)
    expect(nodes[0]?.status?.allocatable).toEqual({ cpu: '4', memory: '8Gi', pods: '110' })
    expect(nodes[0]?.spec?.taints).toEqual([{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }, { key: 'slow', effect: 'PreferNoSchedule' }])
    expect(pods.map(pod => [pod.spec.nodeName, pod.spec.containers[0]?.resources?.requests])).toEqual([['node-1', { cpu: '500m', memory: '1Gi' }]])
  })

  it.each([
    ['four', 'nodes: expected a list, but got "four"'],
    [[], 'nodes: expected 1 to 4 of them, but got 0'],
    [[node, node], 'nodes: two nodes are called node-1'],
    [[{ ...node, cpu: '4x' }], 'nodes[0].cpu: "4x" is not a quantity such as 2, 500m or 1Gi'],
    [[{ ...node, cpus: '4' }], 'nodes[0].cpus: no such field; there are name, cpu, memory, used, taints, labels'],
    [[{ name: 'node-1', cpu: 4 }], 'nodes[0].memory: expected a quantity such as 2, 500m or 1Gi, but got nothing'],
    [[{ ...node, taints: ['gpu'] }], 'nodes[0].taints[0]: a taint is written key=value:NoSchedule, not "gpu"'],
    [[{ ...node, labels: { zone: 1 } }], 'nodes[0].labels: expected labels, as in { "zone": "a" }'],
  ])('is answered with what is wrong: %j', (value, message) => {
    expect(() => nodesOf({ value, path: 'nodes' }, 4)).toThrow(new SceneInputError(message))
  })

  it('is answered with what is wrong about the pod', () => {
    expect(() => podGiven({ value: { name: 'web', cpu: 1, memory: '1Gi', priority: 'high' }, path: 'pod' })).toThrow(new SceneInputError('pod.priority: expected a number'))
  })
})
