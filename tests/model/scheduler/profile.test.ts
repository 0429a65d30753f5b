import { describe, expect, it } from 'vitest'
import { schedulerProfile } from '../../../model/scheduler/profile.ts'
import { ProfileError } from '../../../model/scheduler/profileValidation.ts'
import { answers, container, decideOn, node, pod, scores } from './cluster.ts'
import '../../../model/scheduler/extras.ts'

const names = (plugins: { name: string }[]) => plugins.map(({ name }) => name)

describe('schedulerProfile', () => {
  it('runs the default plugins in the order of kube-scheduler v1.36', () => {
    const { at, weights } = schedulerProfile()
    expect(names(at.filter)).toEqual(['NodeUnschedulable', 'NodeName', 'TaintToleration', 'NodeAffinity', 'NodePorts', 'NodeResourcesFit', 'VolumeRestrictions', 'NodeVolumeLimits', 'VolumeBinding', 'VolumeZone', 'PodTopologySpread', 'InterPodAffinity', 'DynamicResources', 'NodeDeclaredFeatures'])
    expect([...weights]).toEqual([['TaintToleration', 3], ['NodeAffinity', 2], ['NodeResourcesFit', 1], ['VolumeBinding', 1], ['PodTopologySpread', 2], ['InterPodAffinity', 2], ['DynamicResources', 2], ['NodeResourcesBalancedAllocation', 1], ['ImageLocality', 1]])
    expect(names(at.postFilter)).toEqual(['DynamicResources', 'DefaultPreemption'])
    expect(names(at.queueSort)).toEqual(['PrioritySort'])
    expect(names(at.preEnqueue)).toEqual(['SchedulingGates', 'DynamicResources', 'DefaultPreemption'])
    expect(names(at.reserve)).toEqual(['VolumeBinding', 'DynamicResources'])
    expect(names(at.bind)).toEqual(['DefaultBinder'])
    expect(names(at.permit)).toEqual([])
  })

  it('leaves out what is disabled, at one point or at all', () => {
    const one = schedulerProfile({ plugins: { score: { disabled: [{ name: 'ImageLocality' }] }, filter: { disabled: [{ name: 'TaintToleration' }] } } })
    expect([...one.weights.keys()]).not.toContain('ImageLocality')
    expect([...one.weights.keys()]).toContain('TaintToleration')
    expect(names(one.at.filter)).not.toContain('TaintToleration')
    const all = schedulerProfile({ plugins: { multiPoint: { disabled: [{ name: 'TaintToleration' }] } } })
    expect(names(all.at.filter)).not.toContain('TaintToleration')
    expect([...all.weights.keys()]).not.toContain('TaintToleration')
    expect(names(schedulerProfile({ plugins: { filter: { disabled: [{ name: '*' }], enabled: [{ name: 'NodeName' }] } } }).at.filter)).toEqual(['NodeName'])
    expect(names(schedulerProfile({ plugins: { multiPoint: { disabled: [{ name: '*' }], enabled: [{ name: 'NodeResourcesFit' }] } } }).at.filter)).toEqual(['NodeResourcesFit'])
  })

  it('weighs as told at the point, else everywhere, and 1 where told nothing there', () => {
    const weights = (plugins: object) => Object.fromEntries(schedulerProfile({ plugins }).weights)
    expect(weights({ score: { enabled: [{ name: 'NodeResourcesFit', weight: 5 }] } })).toMatchObject({ NodeResourcesFit: 5, TaintToleration: 3 })
    expect(weights({ multiPoint: { enabled: [{ name: 'TaintToleration', weight: 7 }] } })).toMatchObject({ TaintToleration: 7 })
    expect(weights({ multiPoint: { enabled: [{ name: 'TaintToleration' }] } })).toMatchObject({ TaintToleration: 1 })
    expect(weights({ score: { disabled: [{ name: '*' }], enabled: [{ name: 'NodeAffinity' }] } })).toEqual({ NodeAffinity: 1 })
  })

  it('puts what a point names of the multi-point plugins first, and its own last', () => {
    const { at } = schedulerProfile({ plugins: {
      multiPoint: { disabled: [{ name: 'ImageLocality' }, { name: 'DynamicResources' }, { name: 'VolumeBinding' }] },
      score: { enabled: [{ name: 'ImageLocality' }, { name: 'PodTopologySpread' }] },
    } })
    expect(names(at.score)).toEqual(['PodTopologySpread', 'TaintToleration', 'NodeAffinity', 'NodeResourcesFit', 'InterPodAffinity', 'NodeResourcesBalancedAllocation', 'ImageLocality'])
  })

  it('keeps the place of a default plugin that is configured anew', () => {
    const { at } = schedulerProfile({ plugins: { multiPoint: { enabled: [{ name: 'NodeName' }] } } })
    expect(names(at.filter).slice(0, 3)).toEqual(['NodeUnschedulable', 'NodeName', 'TaintToleration'])
  })

  const args = (name: string, given: object) => ({ pluginConfig: [{ name, args: given }] })
  const fit = (scoringStrategy: object) => args('NodeResourcesFit', { scoringStrategy })
  const constraint = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }
  const spread = (...defaultConstraints: object[]) => args('PodTopologySpread', { defaultingType: 'List', defaultConstraints })

  it.each([
    [{ percentageOfNodesToScore: 101 }, 'percentageOfNodesToScore'],
    [{ percentageOfNodesToScore: -1 }, 'percentageOfNodesToScore'],
    [{ percentageOfNodesToScore: 1.5 }, 'percentageOfNodesToScore'],
    [{ plugins: { filter: { enabled: [{ name: 'NodeName' }, { name: 'NoSuchPlugin' }] } } }, 'plugins.filter.enabled[1].name'],
    [{ plugins: { filter: { enabled: [{ name: 'constructor' }] } } }, 'plugins.filter.enabled[0].name'],
    [{ plugins: { filter: { enabled: [{ name: 'ImageLocality' }] } } }, 'plugins.filter.enabled'],
    [{ plugins: { filter: { enabled: [{ name: 'NodeName' }, { name: 'NodeName' }] } } }, 'plugins.filter.enabled'],
    [{ pluginConfig: [{ name: 'NoSuchPlugin' }] }, 'pluginConfig[0].name'],
    [{ pluginConfig: [{ name: 'NodeName' }, { name: 'NodeName' }] }, 'pluginConfig[1]'],
    [{ scoringStrategy: 'Random' }, 'pluginConfig[NodeResourcesFit].args.scoringStrategy.type'],
    [fit({ type: 'LeastAllocated', resources: [{ name: 'cpu', weight: -1 }] }), 'pluginConfig[NodeResourcesFit].args.scoringStrategy.resources[0].weight'],
    [fit({ type: 'LeastAllocated', resources: [{ name: 'cpu', weight: 1 }, { name: 'memory', weight: 101 }] }), 'pluginConfig[NodeResourcesFit].args.scoringStrategy.resources[1].weight'],
    [fit({ type: 'LeastAllocated', requestedToCapacityRatio: { shape: [] } }), 'pluginConfig[NodeResourcesFit].args.scoringStrategy.requestedToCapacityRatio'],
    [fit({ type: 'RequestedToCapacityRatio' }), 'pluginConfig[NodeResourcesFit].args.scoringStrategy.requestedToCapacityRatio'],
    [fit({ type: 'RequestedToCapacityRatio', requestedToCapacityRatio: {} }), 'pluginConfig[NodeResourcesFit].args.scoringStrategy.requestedToCapacityRatio.shape'],
    [fit({ type: 'RequestedToCapacityRatio', requestedToCapacityRatio: { shape: [{ utilization: 50, score: 1 }, { utilization: 50, score: 2 }] } }), 'pluginConfig[NodeResourcesFit].args.scoringStrategy.requestedToCapacityRatio.shape[1].utilization'],
    [fit({ type: 'RequestedToCapacityRatio', requestedToCapacityRatio: { shape: [{ utilization: 0, score: 11 }] } }), 'pluginConfig[NodeResourcesFit].args.scoringStrategy.requestedToCapacityRatio.shape[0].score'],
    [args('NodeResourcesFit', { ignoredResourceGroups: ['example.com/gpu'] }), 'pluginConfig[NodeResourcesFit].args.ignoredResourceGroups[0]'],
    [args('NodeResourcesBalancedAllocation', { resources: [{ name: 'cpu', weight: 2 }] }), 'pluginConfig[NodeResourcesBalancedAllocation].args.resources[0].weight'],
    [args('NodeResourcesBalancedAllocation', { resources: [{ name: 'cpu', weight: 1 }, { name: 'cpu', weight: 1 }] }), 'pluginConfig[NodeResourcesBalancedAllocation].args.resources[1].name'],
    [args('InterPodAffinity', { hardPodAffinityWeight: 101 }), 'pluginConfig[InterPodAffinity].args.hardPodAffinityWeight'],
    [args('PodTopologySpread', { defaultingType: 'None' }), 'pluginConfig[PodTopologySpread].args.defaultingType'],
    [args('PodTopologySpread', { defaultConstraints: [constraint] }), 'pluginConfig[PodTopologySpread].args.defaultingType'],
    [spread({ ...constraint, maxSkew: 0 }), 'pluginConfig[PodTopologySpread].args.defaultConstraints[0].maxSkew'],
    [spread({ ...constraint, topologyKey: '' }), 'pluginConfig[PodTopologySpread].args.defaultConstraints[0].topologyKey'],
    [spread({ ...constraint, whenUnsatisfiable: 'Maybe' }), 'pluginConfig[PodTopologySpread].args.defaultConstraints[0].whenUnsatisfiable'],
    [spread({ ...constraint, labelSelector: {} }), 'pluginConfig[PodTopologySpread].args.defaultConstraints[0].labelSelector'],
    [spread(constraint, constraint), 'pluginConfig[PodTopologySpread].args.defaultConstraints[1]'],
    [args('DefaultPreemption', { minCandidateNodesPercentage: 101 }), 'pluginConfig[DefaultPreemption].args.minCandidateNodesPercentage'],
    [args('DefaultPreemption', { minCandidateNodesPercentage: 0, minCandidateNodesAbsolute: 0 }), 'pluginConfig[DefaultPreemption].args.minCandidateNodesPercentage'],
  ])('refuses %j', (config, path) => {
    let error: unknown
    try {
      schedulerProfile(config as never)
    }
    catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(ProfileError)
    expect((error as ProfileError).path).toBe(path)
  })

  it.each([
    [{ percentageOfNodesToScore: 0 }],
    [{ percentageOfNodesToScore: null }],
    [fit({ type: 'LeastAllocated', resources: [{ name: 'cpu', weight: 0 }] })],
    [args('NodeResourcesBalancedAllocation', { resources: [{ name: 'cpu', weight: 0 }, { name: 'memory' }] })],
    [fit({ type: 'RequestedToCapacityRatio', requestedToCapacityRatio: { shape: [{ utilization: 0, score: 0 }, { utilization: 100, score: 10 }] } })],
    [spread(constraint, { ...constraint, whenUnsatisfiable: 'DoNotSchedule' })],
    [args('PodTopologySpread', { defaultingType: 'System' })],
    [{ pluginConfig: [{ name: 'NodeName' }] }],
  ])('takes %j', (config) => {
    expect(() => schedulerProfile(config as never)).not.toThrow()
  })
})

describe('decide with a profile', () => {
  const nodes = [node('a', { taints: [{ key: 'x', effect: 'NoSchedule' }] }), node('b')]

  it('filters and scores by the plugins of the profile alone', () => {
    const decision = decideOn(pod('p'), { nodes }, { plugins: { filter: { disabled: [{ name: 'TaintToleration' }] }, score: { disabled: [{ name: '*' }], enabled: [{ name: 'NodeResourcesFit', weight: 10 }] } } })
    expect(answers(decision)).toEqual({ a: 'ok', b: 'ok' })
    expect(scores(decision, 'NodeResourcesFit', 'weighted')).toEqual({ a: 970, b: 970 })
    expect(decision.nodes[0]).toMatchObject({ raw: { NodeResourcesFit: 97 }, total: 970 })
    expect(Object.keys(decision.nodes[0]!.raw!)).toEqual(['NodeResourcesFit'])
  })

  it('takes the first node that will do where nothing is scored', () => {
    const decision = decideOn(pod('p'), { nodes: [...nodes, node('c')] }, { plugins: { score: { disabled: [{ name: '*' }] } } })
    expect(decision).toMatchObject({ feasibleCount: 1, chosen: 'b', bestScore: 1 })
  })

  it('says less where nobody tries to make room', () => {
    const big = pod('p', { containers: [container({ cpu: '99' })] })
    const without = (...disabled: string[]) => decideOn(big, { nodes }, { plugins: { postFilter: { disabled: disabled.map(name => ({ name })) } } }).message
    expect(without('*')).toBe('0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).')
    expect(without('DynamicResources')).toBe('0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.')
  })
})
