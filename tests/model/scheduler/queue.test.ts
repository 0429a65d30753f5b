import type { ClusterEvent } from '../../../model/scheduler/queueingHints.ts'
import { describe, expect, it } from 'vitest'
import { podInfo } from '../../../model/scheduler/nodeInfo.ts'
import { schedulerProfile } from '../../../model/scheduler/profile.ts'
import { backoffAfter, dequeuePod, enqueuePod, flush, movePods, newQueue, nextFlush, nextPod, retryLater, waitForChange } from '../../../model/scheduler/queue.ts'
import { worthTrying } from '../../../model/scheduler/queueingHints.ts'
import { newScheduler, observe, scheduleOne } from '../../../model/scheduler/scheduler.ts'
import { container, node, pod } from './cluster.ts'
import '../../../model/scheduler/extras.ts'

const everything = () => true

describe('the scheduling queue', () => {
  it('takes higher priority first, then who has waited longer', () => {
    const queue = newQueue()
    enqueuePod(queue, 'old', 0, 1)
    enqueuePod(queue, 'new', 0, 2)
    enqueuePod(queue, 'high', 9, 3)
    enqueuePod(queue, 'same', 0, 2)
    expect([1, 2, 3, 4, 5].map(() => nextPod(queue, 4)?.key)).toEqual(['high', 'old', 'new', 'same', undefined])
  })

  it('lets a refused pod wait for a change, and then for its back-off only where others are to be tried', () => {
    const queue = newQueue()
    enqueuePod(queue, 'a', 0, 0)
    waitForChange(queue, nextPod(queue, 0)!, ['NodeResourcesFit'], 0)
    expect(nextPod(queue, 100)).toBeUndefined()
    movePods(queue, ({ plugins }) => plugins.includes('NodePorts'), 100)
    expect(queue.unschedulable).toHaveLength(1)
    movePods(queue, ({ plugins }) => plugins.includes('NodeResourcesFit'), 100)
    expect(queue.backoff).toMatchObject([{ key: 'a', backoffUntil: 1000 }])
    enqueuePod(queue, 'b', 0, 200)
    expect(nextPod(queue, 200)!.key).toBe('b')
    expect(nextPod(queue, 200)).toMatchObject({ key: 'a', attempts: 2 })
  })

  it('makes a pod active whose back-off is over', () => {
    const queue = newQueue()
    enqueuePod(queue, 'a', 5, 0)
    waitForChange(queue, nextPod(queue, 0)!, [], 0)
    movePods(queue, everything, 10)
    enqueuePod(queue, 'b', 0, 20)
    expect(nextFlush(queue)).toBe(1000)
    flush(queue, 999)
    expect(queue.active.map(({ key }) => key)).toEqual(['b'])
    flush(queue, 1000)
    expect(queue.active.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(nextFlush(queue)).toBeUndefined()
    waitForChange(queue, nextPod(queue, 1000)!, [], 1000)
    movePods(queue, everything, 5000)
    expect(queue.active.map(({ key }) => key)).toContain('a')
  })

  it('keeps a pod back that failed by an error until its back-off is over', () => {
    const queue = newQueue()
    enqueuePod(queue, 'a', 0, 0)
    retryLater(queue, nextPod(queue, 0)!, 0)
    expect(nextPod(queue, 999)).toBeUndefined()
    expect(nextPod(queue, 1000)!.key).toBe('a')
  })

  it('tries a pod again after five minutes, whatever happened', () => {
    const queue = newQueue()
    enqueuePod(queue, 'a', 0, 0)
    waitForChange(queue, nextPod(queue, 0)!, ['NodeName'], 0)
    expect(nextFlush(queue)).toBe(300_000)
    expect(nextPod(queue, 299_999)).toBeUndefined()
    expect(nextPod(queue, 300_000)!.key).toBe('a')
  })

  it('backs off for 1, 2, 4, 8, 10 seconds', () => {
    expect([1, 2, 3, 4, 5, 50].map(backoffAfter)).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000])
  })

  it('forgets a pod that is bound or gone, wherever it stands', () => {
    const queue = newQueue()
    enqueuePod(queue, 'a', 0, 0)
    expect(dequeuePod(queue, 'a')!.key).toBe('a')
    expect(dequeuePod(queue, 'a')).toBeUndefined()
    enqueuePod(queue, 'a', 0, 0)
    waitForChange(queue, nextPod(queue, 0)!, [], 0)
    expect(dequeuePod(queue, 'a')!.key).toBe('a')
    expect(nextFlush(queue)).toBeUndefined()
  })
})

describe('queueing hints', () => {
  const { plugins } = schedulerProfile()
  const worth = (refusedBy: string, event: ClusterEvent, spec: object = {}) =>
    worthTrying(podInfo(pod('p', spec)), plugins.filter(({ name }) => name === refusedBy), event)
  const added = (given: object = {}) => ({ kind: 'node' as const, node: node('n', given) })
  const changed = (from: object, to: object) => ({ kind: 'node' as const, node: node('n', to), before: node('n', from) })
  const taint = { taints: [{ key: 'x', effect: 'NoSchedule' as const }] }
  const big = { containers: [container({ cpu: '8' })] }
  const running = pod('r', { nodeName: 'n' })

  it.each([
    ['NodeResourcesFit', added({ allocatable: { cpu: '8' } }), big, true],
    ['NodeResourcesFit', added(), big, false],
    ['NodeResourcesFit', changed({}, { labels: { a: 'b' } }), {}, false],
    ['NodeResourcesFit', changed({}, { allocatable: { cpu: '8' } }), {}, true],
    ['NodeResourcesFit', changed({ allocatable: { cpu: '8' } }, {}), {}, false],
    ['NodeResourcesFit', { kind: 'assignedPodDeleted', pod: running }, big, true],
    ['NodeResourcesFit', { kind: 'assignedPod', pod: running }, big, false],
    ['NodeResourcesFit', { kind: 'nodeDeleted', node: node('n') }, big, false],
    ['TaintToleration', changed(taint, {}), {}, true],
    ['TaintToleration', changed({}, taint), {}, false],
    ['TaintToleration', changed({}, {}), {}, false],
    ['TaintToleration', added(taint), {}, false],
    ['TaintToleration', { kind: 'assignedPodDeleted', pod: running }, {}, false],
    ['NodeUnschedulable', changed({ unschedulable: true }, {}), {}, true],
    ['NodeAffinity', changed({}, { labels: { disk: 'ssd' } }), { nodeSelector: { disk: 'ssd' } }, true],
    ['NodeAffinity', changed({}, { labels: { disk: 'hdd' } }), { nodeSelector: { disk: 'ssd' } }, false],
    ['NodePorts', { kind: 'assignedPodDeleted', pod: running }, {}, true],
    ['PodTopologySpread', added(), {}, true],
    ['PodTopologySpread', changed({}, { labels: { zone: '1' } }), {}, true],
    ['PodTopologySpread', changed({}, { allocatable: { cpu: '8' } }), {}, false],
    ['PodTopologySpread', { kind: 'nodeDeleted', node: node('n') }, {}, true],
    ['InterPodAffinity', { kind: 'assignedPod', pod: running }, {}, true],
    ['InterPodAffinity', { kind: 'assignedPod', pod: running, before: running }, {}, false],
    ['nobody', { kind: 'assignedPod', pod: running }, {}, true],
  ] as [string, ClusterEvent, object, boolean][])('%s, %#', (refusedBy, event, spec, is) => {
    expect(worth(refusedBy, event, spec)).toBe(is)
  })
})

describe('the scheduler’s view', () => {
  const unbound = (name: string, spec: object = {}) => pod(name, spec, { namespace: 'default' })

  it('queues neither gated pods nor those on their way out', () => {
    const state = newScheduler()
    observe(state, 'pods', 'ADDED', unbound('gated', { schedulingGates: [{ name: 'x' }] }), 0)
    observe(state, 'pods', 'ADDED', pod('leaving', {}, { namespace: 'default', deletionTimestamp: '2025-01-01T00:00:00Z' }), 0)
    expect(state.queue).toEqual(newQueue())
    observe(state, 'pods', 'MODIFIED', unbound('gated'), 1)
    expect(state.queue.active.map(({ key }) => key)).toEqual(['default/gated'])
  })

  it('tries a pod again whose spec has changed, not one whose status has', () => {
    const state = newScheduler()
    observe(state, 'nodes', 'ADDED', node('a', { taints: [{ key: 'x', effect: 'NoSchedule' }] }), 0)
    observe(state, 'pods', 'ADDED', unbound('p'), 0)
    expect(scheduleOne(state, 0)).toMatchObject({ kind: 'unschedulable' })
    observe(state, 'pods', 'MODIFIED', { ...unbound('p'), status: { phase: 'Pending' } } as never, 1)
    expect(scheduleOne(state, 1)).toBeUndefined()
    observe(state, 'pods', 'MODIFIED', unbound('p', { tolerations: [{ operator: 'Exists' }] }), 2)
    expect(scheduleOne(state, 2)).toMatchObject({ kind: 'assumed', node: 'a' })
  })

  it('goes on from where the last search stopped', () => {
    const state = newScheduler({ percentageOfNodesToScore: 10 })
    for (let index = 0; index < 250; index++)
      observe(state, 'nodes', 'ADDED', node(`n${index}`), 0)
    const placed = ['p', 'q', 'r'].map((name) => {
      observe(state, 'pods', 'ADDED', unbound(name), 0)
      const outcome = scheduleOne(state, 0)
      return outcome?.kind === 'assumed' && outcome.node
    })
    expect(placed).toEqual(['n0', 'n100', 'n200'])
    expect(state.start).toBe(50)
  })

  it('sees room again when pods are over or gone', () => {
    const state = newScheduler()
    const full = { containers: [container({ cpu: '4' })] }
    observe(state, 'nodes', 'ADDED', node('a'), 0)
    observe(state, 'pods', 'ADDED', unbound('r', { ...full, nodeName: 'a' }), 0)
    observe(state, 'pods', 'ADDED', unbound('p', full), 0)
    expect(scheduleOne(state, 0)).toMatchObject({ kind: 'unschedulable' })
    observe(state, 'pods', 'MODIFIED', { ...unbound('r', { ...full, nodeName: 'a' }), status: { phase: 'Succeeded' } } as never, 1)
    expect(scheduleOne(state, 1)).toMatchObject({ kind: 'assumed', node: 'a' })
    observe(state, 'nodes', 'DELETED', node('a'), 2)
    observe(state, 'pods', 'ADDED', unbound('q'), 2)
    expect(scheduleOne(state, 2)).toMatchObject({ kind: 'unschedulable', decision: { message: 'no nodes available to schedule pods' } })
  })
})
