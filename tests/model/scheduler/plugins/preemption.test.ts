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
