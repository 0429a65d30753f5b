import type { TopologySpreadConstraint } from '../../../../model/objects.ts'
import { describe, expect, it } from 'vitest'
import { answers, decideOn, node, pod, scores } from '../cluster.ts'

const zone = 'topology.kubernetes.io/zone'
const hostname = 'kubernetes.io/hostname'
const web = { labels: { app: 'web' } }
const selector = { matchLabels: { app: 'web' } }
const inZone = (name: string, value: string, others: object = {}) => node(name, { labels: { [zone]: value }, ...others })
function constraint(others: Partial<TopologySpreadConstraint> = {}): TopologySpreadConstraint {
  return { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector, ...others }
}
const running = (name: string, nodeName: string, metadata: object = web) => pod(name, { nodeName }, metadata)

const mismatch = `PodTopologySpread U: node(s) didn't match pod topology spread constraints`
const missing = `PodTopologySpread UU: node(s) didn't match pod topology spread constraints (missing required label)`

describe('podTopologySpread as a filter', () => {
  const nodes = [inZone('a', '1'), inZone('b', '2')]
  const one = [running('r', 'a')]
  const answer = (given: Partial<TopologySpreadConstraint>, pods = one, over: typeof nodes = nodes, metadata: object = web, spec: object = {}) =>
    answers(decideOn(pod('p', { topologySpreadConstraints: [constraint(given)], ...spec }, metadata), { nodes: over, pods }))

  it('keeps the skew within bounds', () => {
    expect(answer({})).toEqual({ a: mismatch, b: 'ok' })
    expect(answer({ maxSkew: 2 })).toEqual({ a: 'ok', b: 'ok' })
    expect(answer({}, [running('r', 'a'), running('s', 'b')])).toEqual({ a: 'ok', b: 'ok' })
  })

  it('counts the pod itself only where it matches', () => {
    expect(answer({}, one, nodes, {})).toEqual({ a: 'ok', b: 'ok' })
    expect(answer({}, [...one, running('s', 'a')], nodes, {})).toEqual({ a: mismatch, b: 'ok' })
  })

  it('counts neither pods of other namespaces, nor those on their way out, nor those over', () => {
    expect(answer({}, [running('r', 'a', { ...web, namespace: 'other' })]).a).toBe('ok')
    expect(answer({}, [running('r', 'a', { ...web, deletionTimestamp: '2025-01-01T00:00:00Z' })]).a).toBe('ok')
    expect(answer({}, [{ ...running('r', 'a'), status: { phase: 'Failed' } }]).a).toBe('ok')
    expect(answer({}, [running('r', 'a', { labels: { app: 'db' } })]).a).toBe('ok')
  })

  it('counts nobody by an empty selector, and matches nothing by none', () => {
    expect(answer({ labelSelector: {} })).toEqual({ a: 'ok', b: 'ok' })
    expect(answer({ labelSelector: undefined })).toEqual({ a: 'ok', b: 'ok' })
    // Yet the empty one matches the pod itself.
    expect(answer({ labelSelector: {}, minDomains: 3 }, [], nodes, {})).toEqual({ a: 'ok', b: 'ok' })
  })

  it('takes the least for 0 below the least number of domains', () => {
    const both = [running('r', 'a'), running('s', 'b')]
    expect(answer({ minDomains: 2 }, both)).toEqual({ a: 'ok', b: 'ok' })
    expect(answer({ minDomains: 3 }, both)).toEqual({ a: mismatch, b: mismatch })
  })

  it('wants the label', () => {
    expect(answer({}, one, [...nodes, node('c')])).toEqual({ a: mismatch, b: 'ok', c: missing })
    expect(answer({ topologyKey: 'rack' }, one)).toEqual({ a: missing, b: missing })
  })

  it('narrows to pods that share the values of keys', () => {
    const labelled = { labels: { app: 'web', version: '2' } }
    expect(answer({ matchLabelKeys: ['version'] }, one, nodes, labelled)).toEqual({ a: 'ok', b: 'ok' })
    expect(answer({ matchLabelKeys: ['version'] }, [running('r', 'a', labelled)], nodes, labelled)).toEqual({ a: mismatch, b: 'ok' })
    expect(answer({ matchLabelKeys: ['absent'] }, one, nodes, labelled)).toEqual({ a: mismatch, b: 'ok' })
    // Without a selector the keys select by themselves; without a value of theirs nothing is selected.
    expect(answer({ matchLabelKeys: ['version'], labelSelector: undefined }, [running('r', 'a', labelled)], nodes, labelled)).toEqual({ a: mismatch, b: 'ok' })
    expect(answer({ matchLabelKeys: ['absent'], labelSelector: undefined }, [running('r', 'a', labelled)], nodes, labelled)).toEqual({ a: 'ok', b: 'ok' })
  })

  it('counts no node that the pod does not ask for, unless told to', () => {
    // Zone 3 is empty and out of reach: its 0 would be the least.
    const reach = [...nodes.map(({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata, labels: { ...metadata.labels, in: 'reach' } } })), inZone('c', '3')]
    const both = [running('r', 'a'), running('s', 'b')]
    const near = { nodeSelector: { in: 'reach' } }
    expect(answer({}, both, reach, web, near)).toMatchObject({ a: 'ok', b: 'ok' })
    expect(answer({ nodeAffinityPolicy: 'Honor' }, both, reach, web, near)).toMatchObject({ a: 'ok', b: 'ok' })
    expect(answer({ nodeAffinityPolicy: 'Ignore' }, both, reach, web, near)).toMatchObject({ a: mismatch, b: mismatch })
  })

  it('counts tainted nodes, unless told not to', () => {
    const tainted = [...nodes, inZone('c', '3', { taints: [{ key: 'x', effect: 'NoSchedule' as const }] })]
    const both = [running('r', 'a'), running('s', 'b')]
    expect(answer({}, both, tainted)).toMatchObject({ a: mismatch, b: mismatch })
    expect(answer({ nodeTaintsPolicy: 'Ignore' }, both, tainted)).toMatchObject({ a: mismatch })
    expect(answer({ nodeTaintsPolicy: 'Honor' }, both, tainted)).toMatchObject({ a: 'ok', b: 'ok' })
    expect(answer({ nodeTaintsPolicy: 'Honor' }, both, tainted, web, { tolerations: [{ key: 'x', operator: 'Exists' }] })).toMatchObject({ a: mismatch })
  })

  it('counts only nodes that have the keys of all constraints', () => {
    const racks = [inZone('a', '1'), node('b', { labels: { [zone]: '2', rack: 'r' } })]
    const decision = decideOn(pod('p', { topologySpreadConstraints: [constraint(), constraint({ topologyKey: 'rack' })] }, web), { nodes: racks, pods: one })
    expect(answers(decision)).toEqual({ a: missing, b: 'ok' })
  })

  it('needs every constraint', () => {
    const three = [inZone('a', '1'), inZone('b', '1'), inZone('c', '2')]
    const both = { topologySpreadConstraints: [constraint({ maxSkew: 2 }), constraint({ topologyKey: hostname })] }
    expect(answers(decideOn(pod('p', both, web), { nodes: three, pods: one }))).toEqual({ a: mismatch, b: 'ok', c: 'ok' })
  })

  it('lets all pass where no node counts', () => {
    expect(answer({ nodeAffinityPolicy: 'Honor' }, one, nodes, web, { nodeSelector: { in: 'nowhere' } }).a).toMatch('NodeAffinity')
    const decision = decideOn(pod('p', { topologySpreadConstraints: [constraint()], nodeSelector: { in: 'nowhere' } }, web), { nodes, pods: one })
    expect(decision.nodes[0]!.allFailures!.map(({ plugin }) => plugin)).toEqual(['NodeAffinity'])
  })

  it('is skipped without hard constraints', () => {
    expect(decideOn(pod('p', {}, web), { nodes }).preFilter.skipped).toContain('PodTopologySpread')
    expect(decideOn(pod('p', { topologySpreadConstraints: [constraint({ whenUnsatisfiable: 'ScheduleAnyway' })] }, web), { nodes }).preFilter.skipped).toContain('PodTopologySpread')
    expect(decideOn(pod('p', { topologySpreadConstraints: [constraint()] }, web), { nodes }).preFilter.skipped).not.toContain('PodTopologySpread')
  })
})

describe('podTopologySpread as a score', () => {
  const soft = (others: Partial<TopologySpreadConstraint> = {}) => constraint({ whenUnsatisfiable: 'ScheduleAnyway', ...others })
  const nodes = [inZone('a', '1'), inZone('b', '1'), inZone('c', '2')]
  const pods = [running('r', 'a'), running('s', 'a'), running('t', 'c')]
  const of = (constraints: TopologySpreadConstraint[], stage: 'raw' | 'normalized' = 'raw', over = nodes, others: object = {}, spec: object = {}) =>
    scores(decideOn(pod('p', { topologySpreadConstraints: constraints, ...spec }, web), { nodes: over, pods, ...others }), 'PodTopologySpread', stage)

  it('is ln(values + 2) for each pod in the domain', () => {
    // Two zones: ln 4 = 1.386; 2 pods → 2.77, 1 pod → 1.39.
    expect(of([soft()])).toEqual({ a: 3, b: 3, c: 1 })
    expect(of([soft()], 'normalized')).toEqual({ a: 33, b: 33, c: 100 })
    // Three hostnames: ln 5 = 1.609.
    expect(of([soft({ topologyKey: hostname })])).toEqual({ a: 3, b: 0, c: 2 })
    expect(of([soft({ topologyKey: hostname })], 'normalized')).toEqual({ a: 0, b: 100, c: 33 })
    expect(of([soft({ maxSkew: 3 })])).toEqual({ a: 5, b: 5, c: 3 })
    expect(of([soft(), soft({ topologyKey: hostname })])).toEqual({ a: 6, b: 3, c: 3 })
  })

  it('leaves out nodes without a key', () => {
    const over = [...nodes, node('d')]
    expect(of([soft()], 'raw', over)).toEqual({ a: 3, b: 3, c: 1, d: 0 })
    expect(of([soft()], 'normalized', over)).toEqual({ a: 33, b: 33, c: 100, d: 0 })
    expect(of([soft({ topologyKey: hostname }), soft()], 'raw', over)).toEqual({ a: 6, b: 3, c: 3, d: 0 })
  })

  it('counts no pods of a node without all keys', () => {
    const over = [node('a', { labels: { [zone]: '1', rack: 'r' } }), node('b', { labels: { [zone]: '2', rack: 's' } }), inZone('c', '2')]
    const decision = decideOn(pod('p', { topologySpreadConstraints: [soft(), soft({ topologyKey: 'rack' })] }, web), { nodes: over, pods: [running('r', 'c')] })
    expect(scores(decision, 'PodTopologySpread')).toEqual({ a: 0, b: 0, c: 0 })
  })

  it('counts the domain by policies, a hostname whatever they say', () => {
    const near = { nodeSelector: { [hostname]: 'b' } }
    expect(of([soft({ maxSkew: 2 })], 'raw', nodes, {}, near)).toEqual({ b: 1 })
    expect(of([soft({ maxSkew: 2, nodeAffinityPolicy: 'Ignore' })], 'raw', nodes, {}, near)).toEqual({ b: 3 })
    const tainted = [inZone('a', '1', { taints: [{ key: 'x', effect: 'PreferNoSchedule' }] }), ...nodes.slice(1)]
    expect(of([soft({ nodeTaintsPolicy: 'Honor' })], 'raw', tainted)).toEqual({ a: 3, b: 3, c: 1 })
  })

  it('is 100 for all where nobody runs', () => {
    const decision = decideOn(pod('p', { topologySpreadConstraints: [soft()] }, web), { nodes })
    expect(scores(decision, 'PodTopologySpread', 'normalized')).toEqual({ a: 100, b: 100, c: 100 })
  })

  const service = { metadata: { name: 'web' }, spec: { selector: { app: 'web' } } }
  const byDefault = (others: object, metadata: object = web, profile?: object, over = nodes) =>
    decideOn(pod('p', {}, metadata), { nodes: over, pods, ...others }, profile)

  it('takes the defaults of the system for pods of a service', () => {
    // Hostname with maxSkew 3 and zone with 5, so 6 for all, and ln 5 · own pods + ln 4 · pods in the zone.
    expect(scores(byDefault({ services: [service] }), 'PodTopologySpread')).toEqual({ a: 12, b: 9, c: 9 })
    expect(byDefault({}).preScoreSkipped).toContain('PodTopologySpread')
    expect(byDefault({ services: [{ ...service, metadata: { name: 'web', namespace: 'other' } }] }).preScoreSkipped).toContain('PodTopologySpread')
    expect(byDefault({ services: [{ metadata: { name: 'x' }, spec: { selector: { app: 'db' } } }] }).preScoreSkipped).toContain('PodTopologySpread')
    expect(byDefault({ services: [{ metadata: { name: 'x' }, spec: {} }] }).preScoreSkipped).toContain('PodTopologySpread')
    expect(byDefault({ services: [{ metadata: { name: 'x' } }] }).preScoreSkipped).toContain('PodTopologySpread')
  })

  it('counts nodes without zone as one zone more, by the defaults of the system', () => {
    const over = [...nodes, node('d'), node('e')]
    // Five hostnames: ln 7 = 1.946; three zones, '' among them: ln 5 = 1.609.
    expect(scores(byDefault({ services: [service] }, web, undefined, over), 'PodTopologySpread')).toEqual({ a: 13, b: 9, c: 10, d: 2, e: 2 })
  })

  it('merges what services and owners select', () => {
    const narrow = { metadata: { name: 'narrow' }, spec: { selector: { tier: 'front' } } }
    const front = { labels: { app: 'web', tier: 'front' } }
    expect(scores(byDefault({ services: [service, narrow] }, front), 'PodTopologySpread')).toEqual({ a: 6, b: 6, c: 6 })
  })

  const owned = (apiVersion: string, kind: string, controller = true) =>
    ({ ...web, ownerReferences: [{ apiVersion: 'v1', kind: 'Other', name: 'o', uid: '1' }, { apiVersion, kind, name: 'web', uid: '2', controller }] })
  const set = { metadata: { name: 'web' }, spec: { selector } }
  const spreads = { a: 12, b: 9, c: 9 }

  it.each([
    ['a ReplicaSet', owned('apps/v1', 'ReplicaSet'), { replicaSets: [set] }, spreads],
    ['a StatefulSet', owned('apps/v1', 'StatefulSet'), { statefulSets: [set] }, spreads],
    ['a ReplicationController', owned('v1', 'ReplicationController'), { replicationControllers: [{ metadata: { name: 'web' }, spec: { selector: { app: 'web' } } }] }, spreads],
    ['a ReplicaSet of another API', owned('extensions/v1', 'ReplicaSet'), { replicaSets: [set] }, undefined],
    ['an owner that does not control it', owned('apps/v1', 'ReplicaSet', false), { replicaSets: [set] }, undefined],
    ['a ReplicaSet that is gone', owned('apps/v1', 'ReplicaSet'), { replicaSets: [{ ...set, metadata: { name: 'other' } }] }, undefined],
    ['a ReplicaSet elsewhere', owned('apps/v1', 'ReplicaSet'), { replicaSets: [{ ...set, metadata: { name: 'web', namespace: 'other' } }] }, undefined],
    ['a Job', owned('batch/v1', 'Job'), { replicaSets: [set], statefulSets: [set] }, undefined],
  ])('spreads the pods of %s: %#', (_, metadata, objects, expected) => {
    const decision = byDefault(objects, metadata)
    if (expected)
      expect(scores(decision, 'PodTopologySpread')).toEqual(expected)
    else
      expect(decision.preScoreSkipped).toContain('PodTopologySpread')
  })

  it('takes the defaults of the profile instead, and wants their keys', () => {
    const list = (...defaultConstraints: object[]) => ({ pluginConfig: [{ name: 'PodTopologySpread', args: { defaultingType: 'List', defaultConstraints } }] })
    const over = [...nodes, node('d')]
    const softly = list({ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'ScheduleAnyway' })
    expect(scores(byDefault({ services: [service] }, web, softly, over), 'PodTopologySpread')).toEqual({ a: 3, b: 3, c: 1, d: 0 })
    const hard = list({ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule' })
    expect(answers(byDefault({ services: [service] }, web, hard, over))).toEqual({ a: mismatch, b: mismatch, c: 'ok', d: missing })
    expect(answers(byDefault({}, web, hard, over))).toEqual({ a: 'ok', b: 'ok', c: 'ok', d: 'ok' })
    expect(byDefault({ services: [service] }, web, list()).preScoreSkipped).toContain('PodTopologySpread')
  })
})
