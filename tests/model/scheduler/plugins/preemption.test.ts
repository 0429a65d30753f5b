import type { Pod } from '../../../../model/objects.ts'
import { describe, expect, it } from 'vitest'
import { podInfo } from '../../../../model/scheduler/nodeInfo.ts'
import { leastHarm } from '../../../../model/scheduler/plugins/DefaultPreemption.ts'
import { container, decideOn, node, pod } from '../cluster.ts'

function asking(cpu: string, priority: number | undefined, others: object = {}) {
  return { priority, containers: [container({ cpu })], ...others }
}

function victim(name: string, nodeName: string, cpu: string, priority: number | undefined, startTime?: string, labels?: Record<string, string>): Pod {
  return { ...pod(name, asking(cpu, priority, { nodeName }), { labels }), ...startTime && { status: { startTime } } }
}

const at = (hour: number) => `2025-01-01T${String(hour).padStart(2, '0')}:00:00Z`
const preemptor = (cpu = '4', others: object = {}) => pod('p', asking(cpu, 100, others))

describe('defaultPreemption', () => {
  it('takes the pods of lower priority, and says which', () => {
    const decision = decideOn(preemptor(), { nodes: [node('a')], pods: [victim('low', 'a', '3', 0), victim('lower', 'a', '1', undefined)] })
    expect(decision).toMatchObject({
      schedulable: false,
      message: '0/1 nodes are available: 1 Insufficient cpu.',
      postFilterCode: 'Success',
      nominatedNode: 'a',
      preemption: { eligible: true, candidates: [{ node: 'a', numPDBViolations: 0 }], nominated: ['a'] },
    })
    expect(decision.preemption!.candidates[0]!.victims.sort()).toEqual(['default/low', 'default/lower'])
  })

  it('leaves alone pods of the same priority', () => {
    const decision = decideOn(preemptor(), { nodes: [node('a'), node('small', { allocatable: { cpu: '1' } })], pods: [victim('same', 'a', '1', 100)] })
    expect(decision.message).toBe('0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.')
    expect(decision.postFilterCode).toBe('Unschedulable')
    expect(decision.nominatedNode).toBeUndefined()
    expect(decision.preemption).toEqual({ eligible: true, candidates: [], nominated: [] })
  })

  it('says what would still be in the way', () => {
    const decision = decideOn(preemptor('2'), { nodes: [node('a')], pods: [victim('same', 'a', '3', 100), victim('low', 'a', '1', 0)] })
    expect(decision.message).toBe('0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Insufficient cpu.')
  })

  it('spares the more important: higher priority first, then the one that started earlier', () => {
    const pods = [victim('low', 'a', '2', 1, at(1)), victim('mid', 'a', '2', 5, at(2))]
    expect(decideOn(preemptor('2'), { nodes: [node('a')], pods }).preemption!.candidates[0]!.victims).toEqual(['default/low'])
    const equals = [victim('late', 'a', '2', 1, at(5)), victim('early', 'a', '2', 1, at(2))]
    expect(decideOn(preemptor('2'), { nodes: [node('a')], pods: equals }).preemption!.candidates[0]!.victims).toEqual(['default/late'])
    const unstarted = [victim('none', 'a', '2', 1), victim('early', 'a', '2', 1, at(2))]
    expect(decideOn(preemptor('2'), { nodes: [node('a')], pods: unstarted }).preemption!.candidates[0]!.victims).toEqual(['default/none'])
    expect(decideOn(preemptor('2'), { nodes: [node('a')], pods: [...unstarted].reverse() }).preemption!.candidates[0]!.victims).toEqual(['default/none'])
    expect(decideOn(preemptor('3'), { nodes: [node('a')], pods: [victim('x', 'a', '1', 1, at(1)), ...equals.map(each => ({ ...each, spec: asking('1', 1, { nodeName: 'a' }) }) as Pod)] }).preemption!.candidates[0]!.victims).toEqual(['default/early', 'default/late'])
  })

  it('breaks no budget if it can, and counts those that it must', () => {
    const budget = (disruptionsAllowed: number, others: object = {}) =>
      ({ metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } } }, status: { disruptionsAllowed, ...others } })
    const pods = [victim('web', 'a', '2', 1, at(1), { app: 'web' }), victim('db', 'a', '2', 50, at(1), { app: 'db' })]
    const victims = (podDisruptionBudgets: object[], cpu = '2') => {
      const [candidate] = decideOn(preemptor(cpu), { nodes: [node('a')], pods, podDisruptionBudgets: podDisruptionBudgets as never }).preemption!.candidates
      return `${candidate!.victims.map(key => key.slice(8)).join(' ')} ${candidate!.numPDBViolations}`
    }
    expect(victims([])).toBe('web 0')
    expect(victims([budget(0)])).toBe('db 0')
    expect(victims([budget(1)])).toBe('web 0')
    expect(victims([budget(0)], '4')).toBe('db web 1')
    expect(victims([{ ...budget(0), status: undefined }])).toBe('db 0')
    expect(victims([budget(0, { disruptedPods: { web: at(1) } })])).toBe('web 0')
    expect(victims([{ ...budget(0), metadata: { name: 'web', namespace: 'other' } }])).toBe('web 0')
    expect(victims([{ ...budget(0), spec: { selector: {} } }])).toBe('web 0')
    expect(victims([{ ...budget(0), spec: {} }])).toBe('web 0')
    expect(victims([{ ...budget(0), spec: undefined }])).toBe('web 0')
    expect(victims([budget(5), budget(0)])).toBe('db 0')
    const twins = [victim('one', 'a', '2', 1, at(1), { app: 'web' }), victim('two', 'a', '2', 1, at(2), { app: 'web' })]
    expect(decideOn(preemptor('4'), { nodes: [node('a')], pods: twins, podDisruptionBudgets: [budget(1)] }).preemption!.candidates[0]).toMatchObject({ victims: ['default/one', 'default/two'], numPDBViolations: 1 })
  })

  it('counts no pod without labels against a budget', () => {
    const everyone = { metadata: { name: 'all' }, spec: { selector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }, status: { disruptionsAllowed: 0 } }
    const candidate = (labels?: Record<string, string>) => decideOn(preemptor('4'), { nodes: [node('a')], pods: [victim('v', 'a', '4', 1, at(1), labels)], podDisruptionBudgets: [everyone] }).preemption!.candidates[0]!
    expect(candidate().numPDBViolations).toBe(0)
    expect(candidate({ tier: 'x' }).numPDBViolations).toBe(1)
  })

  it('gives up where no preemption is allowed', () => {
    const decision = decideOn(preemptor('4', { preemptionPolicy: 'Never' }), { nodes: [node('a')], pods: [victim('low', 'a', '3', 0)] })
    expect(decision.message).toBe('0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.')
    expect(decision.preemption).toEqual({ eligible: false, message: 'not eligible due to preemptionPolicy=Never.', candidates: [], nominated: [] })
    expect(decideOn(preemptor('4', { preemptionPolicy: 'PreemptLowerPriority' }), { nodes: [node('a')], pods: [victim('low', 'a', '3', 0)] }).nominatedNode).toBe('a')
  })

  it('waits for its victims to leave the node that it is nominated for', () => {
    const leaving = (others: object = {}, condition: object = {}) => ({
      ...victim('low', 'a', '3', 0),
      metadata: { name: 'low', deletionTimestamp: at(1), ...others },
      status: { conditions: [{ type: 'DisruptionTarget', status: 'True' as const, reason: 'PreemptionByScheduler', ...condition }] },
    }) as Pod
    const waiting = (victims: Pod[], nominatedNodeName = 'a') => decideOn(
      { ...preemptor(), status: { nominatedNodeName } },
      { nodes: [node('a'), node('b', { unschedulable: true })], pods: [...victims, victim('same', 'a', '1', 100)] },
    ).preemption!.message
    expect(waiting([leaving()])).toBe('not eligible due to a terminating pod on the nominated node.')
    expect(waiting([leaving({ deletionTimestamp: undefined })])).toBeUndefined()
    expect(waiting([leaving({}, { reason: 'Other' })])).toBeUndefined()
    expect(waiting([leaving({}, { status: 'False' })])).toBeUndefined()
    expect(waiting([leaving({}, { type: 'Other' })])).toBeUndefined()
    expect(waiting([{ ...leaving(), status: {} }])).toBeUndefined()
    expect(waiting([{ ...leaving(), status: undefined }])).toBeUndefined()
    const ready = { type: 'Ready', status: 'False' as const }
    expect(waiting([{ ...leaving(), status: { conditions: [ready, ...leaving().status!.conditions!] } }])).toBe('not eligible due to a terminating pod on the nominated node.')
    expect(waiting([{ ...leaving(), spec: { ...leaving().spec, priority: 100 } }])).toBeUndefined()
    expect(waiting([{ ...leaving(), spec: { ...leaving().spec, nodeName: 'b' } }], 'b')).toBeUndefined()
    expect(waiting([leaving()], 'gone')).toBeUndefined()
  })

  it('puts spread and affinity right as pods come and go', () => {
    const web = { app: 'web' }
    const zone = (name: string, value: string) => node(name, { labels: { zone: value } })
    const spread = preemptor('1', { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: web } }] })
    const nodes = [zone('a', '1'), zone('b', '2')]
    const spreading = decideOn({ ...spread, metadata: { name: 'p', labels: web } }, { nodes, pods: [victim('w1', 'a', '1', 1, at(1), web), victim('w2', 'a', '1', 1, at(2), web), victim('full', 'b', '4', 100)] })
    expect(spreading.preemption!.candidates).toEqual([{ node: 'a', victims: ['default/w1', 'default/w2'].slice(0), numPDBViolations: 0 }])
    const shy = preemptor('1', { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: { matchLabels: web } }] } } })
    const alone = decideOn(shy, { nodes: [zone('a', '1')], pods: [victim('w1', 'a', '1', 1, at(1), web), victim('db', 'a', '1', 1, at(2), { app: 'db' })] })
    expect(alone.preemption!.candidates).toEqual([{ node: 'a', victims: ['default/w1'], numPDBViolations: 0 }])
    const refusing = decideOn(pod('p', asking('1', 100), { labels: web }), { nodes: [zone('a', '1')], pods: [
      { ...pod('db', { ...asking('1', 1), nodeName: 'a', affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: { matchLabels: web } }] } } }) },
      victim('other', 'a', '1', 1),
    ] })
    expect(refusing.preemption!.candidates).toEqual([{ node: 'a', victims: ['default/db'], numPDBViolations: 0 }])
  })
})

describe('defaultPreemption, trying', () => {
  const web = { app: 'web' }
  const selector = { matchLabels: web }
  const zone = (name: string, value: string) => node(name, { labels: { zone: value } })
  const candidates = (incoming: Pod, objects: object) => Object.fromEntries(
    decideOn(incoming, objects as never).preemption!.candidates.map(({ node: name, victims }) => [name, victims.map(key => key.split('/')[1]).join(' ')]),
  )

  it('takes pods that have not started for the last to start, and those of the same time in their order', () => {
    const two = (first?: string, second?: string) => candidates(preemptor('4'), { nodes: [node('a')], pods: [victim('x', 'a', '2', 1, first), victim('y', 'a', '2', 1, second)] }).a
    expect(two(at(1), at(1))).toBe('x y')
    expect(two(at(2), at(1))).toBe('y x')
    expect(two(undefined, at(1))).toBe('y x')
    expect(two(at(1), undefined)).toBe('x y')
    // As upstream's clock has it: each is asked later than the one before.
    expect(two(undefined, undefined)).toBe('y x')
  })

  it('takes each node as it is, whatever was tried on another', () => {
    const shy = preemptor('1', { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: selector }] } } })
    const pods = [victim('w1', 'a', '1', 1, at(1), web), victim('w2', 'b', '1', 1, at(1), web), victim('full', 'b', '1', 1, at(1))]
    expect(candidates(shy, { nodes: [zone('a', '1'), zone('b', '2')], pods })).toEqual({ a: 'w1', b: 'w2' })
    // Both in one zone: the pod on the other node stays in the way.
    expect(candidates(shy, { nodes: [zone('a', '1'), zone('b', '1')], pods })).toEqual({})
  })

  it('lets the first of its kind pass where the others would go', () => {
    const near = pod('p', asking('4', 100, { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: selector }] } } }), { labels: web })
    expect(candidates(near, { nodes: [zone('a', '1')], pods: [victim('w', 'a', '4', 1, at(1), web)] })).toEqual({ a: 'w' })
  })

  it('counts for the spread only who matches, here, on nodes that count', () => {
    const spread = (others: object = {}) => pod('p', asking('4', 100, { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector, ...others }] }), { labels: web })
    const nodes = [zone('a', '1'), node('b', { labels: { zone: '2' }, allocatable: { cpu: '1' } })]
    const there = victim('there', 'b', '1', 100, at(1), web)
    const both = [victim('w', 'a', '2', 1, at(1), web), victim('v', 'a', '2', 1, at(2), web)]
    expect(candidates(spread(), { nodes, pods: [...both, there] })).toEqual({ a: 'w v' })
    // One web pod is to stay on a, beside pods that aren't of this spread: their going makes no room in it.
    const stays = victim('stays', 'a', '0', 100, at(1), web)
    const two = victim('also', 'a', '0', 100, at(1), web)
    const others = [victim('db', 'a', '4', 1, at(1), { app: 'db' })]
    const elsewhere = [{ ...victim('far', 'a', '4', 1, at(1), web), metadata: { name: 'far', namespace: 'other', labels: web } }]
    expect(candidates(spread(), { nodes, pods: [stays, two, there, ...others] })).toEqual({})
    expect(candidates(spread(), { nodes, pods: [stays, two, there, ...elsewhere] })).toEqual({})
    expect(candidates(spread({ maxSkew: 2 }), { nodes, pods: [stays, two, there, ...others] })).toEqual({ a: 'db' })
  })
})

describe('leastHarm', () => {
  const candidate = (name: string, violations: number, ...victims: [priority: number, hour?: number][]) => ({
    node: { name } as never,
    violations,
    victims: victims.map(([priority, hour], index) => podInfo(victim(`${name}${index}`, name, '1', priority, hour === undefined ? undefined : at(hour)))),
  })
  const least = (...candidates: ReturnType<typeof candidate>[]) => leastHarm(candidates).map(({ node: { name } }) => name).join(' ')

  it('prefers, in this order, fewer violations, less important victims, a lesser sum, fewer of them, the latest start', () => {
    expect(least(candidate('a', 1, [1]), candidate('b', 0, [9], [9]))).toBe('b')
    expect(least(candidate('a', 0, [5]), candidate('b', 0, [4], [4]))).toBe('b')
    expect(least(candidate('a', 0, [5], [2]), candidate('b', 0, [5], [1]))).toBe('b')
    expect(least(candidate('a', 0, [5], [-9]), candidate('b', 0, [5]))).toBe('b')
    expect(least(candidate('a', 0, [5, 1], [1, 9]), candidate('b', 0, [5, 2], [1, 3]))).toBe('b')
    expect(least(candidate('a', 0, [5, 1], [5, 9]), candidate('b', 0, [5, 3], [5, 2]))).toBe('b')
    expect(least(candidate('a', 0, [5]), candidate('b', 0, [5, 9]))).toBe('a')
    expect(least(candidate('a', 0, [5, 1]), candidate('b', 0, [5, 1]))).toBe('a b')
    expect(least(candidate('a', 0, [2 ** 31 - 1]), candidate('b', 0, [-(2 ** 31)]))).toBe('b')
  })
})
