import type { Node, NodeSelectorRequirement, Pod, Toleration } from '../../../model/objects.ts'
import type { ProfileConfig } from '../../../model/scheduler/profile.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOf, movePod } from '../../../model/scheduler/columns/columns.ts'
import { canPlace, place } from '../../../model/scheduler/columns/place.ts'
import { decide } from '../../../model/scheduler/decide.ts'
import { addPod, podInfo, removePod } from '../../../model/scheduler/nodeInfo.ts'
import { schedulerProfile } from '../../../model/scheduler/profile.ts'
import { clusterSnapshot } from '../../../model/scheduler/snapshot.ts'
import { node, pod } from './cluster.ts'
import '../../../model/scheduler/extras.ts'

const zone = 'topology.kubernetes.io/zone'
const hostname = 'kubernetes.io/hostname'
const apps = ['web', 'db', 'cache'] as const
const app = fc.constantFrom(...apps)
const key = fc.constantFrom(zone, hostname, 'disk')
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })

const anyNode = fc.record({
  zone: maybe(fc.constantFrom('1', '2', '3')),
  disk: maybe(fc.constantFrom('ssd', 'hdd')),
  cpu: fc.constantFrom('1', '2', '4'),
  memory: fc.constantFrom('1Gi', '2Gi', '4Gi'),
  pods: fc.constantFrom('3', '110'),
  taint: maybe(fc.constantFrom('NoSchedule' as const, 'PreferNoSchedule' as const)),
  unschedulable: maybe(fc.constant(true)),
  image: maybe(fc.constantFrom(50_000_000, 500_000_000)),
})

function nodeOf(index: number, given: typeof anyNode extends fc.Arbitrary<infer T> ? T : never): Node {
  const labels = { ...given.zone && { [zone]: given.zone }, ...given.disk && { disk: given.disk } }
  return node(`n${index}`, {
    labels,
    allocatable: { cpu: given.cpu, memory: given.memory, pods: given.pods },
    taints: given.taint && [{ key: 'x', effect: given.taint }],
    unschedulable: given.unschedulable,
    status: { images: given.image === undefined ? [] : [{ names: ['nginx:1'], sizeBytes: given.image }] },
  })
}

const selector = app.map(name => ({ matchLabels: { app: name } }))
const term = fc.record({ topologyKey: key, labelSelector: selector })
const affinity = maybe(fc.record({
  requiredDuringSchedulingIgnoredDuringExecution: maybe(fc.array(term, { minLength: 1, maxLength: 2 })),
  preferredDuringSchedulingIgnoredDuringExecution: maybe(fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), podAffinityTerm: term }), { minLength: 1, maxLength: 2 })),
}, { requiredKeys: [] }))
const nodeTerm = fc.record({ matchExpressions: fc.constantFrom<NodeSelectorRequirement[][]>([{ key: 'disk', operator: 'In', values: ['ssd'] }], [{ key: hostname, operator: 'NotIn', values: ['n0'] }]) })

const anyPod = fc.record({
  app,
  namespace: fc.constantFrom('default', 'default', 'other'),
  cpu: fc.constantFrom('0', '100m', '500m', '1'),
  memory: fc.constantFrom(undefined, '64Mi', '512Mi'),
  spread: maybe(fc.array(fc.record({
    maxSkew: fc.integer({ min: 1, max: 3 }),
    topologyKey: key,
    whenUnsatisfiable: fc.constantFrom('DoNotSchedule' as const, 'ScheduleAnyway' as const),
    labelSelector: selector,
    minDomains: fc.constantFrom(undefined, 2),
    nodeTaintsPolicy: fc.constantFrom(undefined, 'Honor' as const),
  }), { minLength: 1, maxLength: 2 })),
  podAffinity: affinity,
  podAntiAffinity: affinity,
  preferred: maybe(fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), preference: nodeTerm }), { minLength: 1, maxLength: 2 })),
  nodeSelector: maybe(fc.constant({ disk: 'ssd' })),
  tolerates: maybe(fc.constant<Toleration[]>([{ key: 'x', operator: 'Exists' }])),
  hostPort: maybe(fc.constantFrom(80, 81)),
})

function podOf(index: number, given: typeof anyPod extends fc.Arbitrary<infer T> ? T : never): Pod {
  return pod(`p${index}`, {
    containers: [{ name: 'c', image: 'nginx:1', resources: { requests: { cpu: given.cpu, ...given.memory && { memory: given.memory } } }, ports: given.hostPort === undefined ? [] : [{ hostPort: given.hostPort }] }],
    topologySpreadConstraints: given.spread,
    affinity: {
      podAffinity: given.podAffinity,
      podAntiAffinity: given.podAntiAffinity,
      nodeAffinity: given.preferred && { preferredDuringSchedulingIgnoredDuringExecution: given.preferred },
    },
    nodeSelector: given.nodeSelector,
    tolerations: given.tolerates,
  }, { namespace: given.namespace, labels: { app: given.app } })
}

const profiles: ProfileConfig[] = [
  {},
  { scoringStrategy: 'MostAllocated' },
  { plugins: { score: { enabled: [{ name: 'InterPodAffinity', weight: 9 }], disabled: [{ name: 'TaintToleration' }] }, filter: { disabled: [{ name: 'NodeUnschedulable' }] } } },
  { pluginConfig: [{ name: 'InterPodAffinity', args: { hardPodAffinityWeight: 30, ignorePreferredTermsOfExistingPods: true } }, { name: 'PodTopologySpread', args: { defaultingType: 'List', defaultConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule' }] } }] },
]
const services = apps.slice(0, 2).map(name => ({ metadata: { name }, spec: { selector: { app: name } } }))

/** A pod that comes (placed if some node will do), or one that goes again. */
const step = fc.oneof({ weight: 4, arbitrary: anyPod.map(given => ({ given })) }, { weight: 1, arbitrary: fc.nat().map(leaver => ({ leaver })) })

describe('placing by columns', () => {
  it('chooses as the plain path does, whatever comes and goes, and overfills no node', () => {
    const property = fc.property(
      fc.array(anyNode, { minLength: 1, maxLength: 8 }),
      fc.array(step, { minLength: 1, maxLength: 25 }),
      fc.constantFrom(...profiles),
      fc.boolean(),
      (nodes, steps, config, served) => {
        const profile = schedulerProfile(config)
        const snapshot = clusterSnapshot({ nodes: nodes.map((given, index) => nodeOf(index, given)), services: served ? services : [] })
        const columns = columnsOf(snapshot, profile)
        const placed: { pod: ReturnType<typeof podInfo>, at: string }[] = []
        let start = 0
        steps.forEach((each, index) => {
          if ('leaver' in each) {
            const [gone] = placed.splice(each.leaver % (placed.length || 1), 1)
            if (gone) {
              removePod(snapshot.byName.get(gone.at)!, gone.pod.key)
              movePod(columns, gone.pod, gone.at, -1)
            }
            return
          }
          const incoming = podInfo(podOf(index, each.given))
          const { chosen, search } = decide(incoming, snapshot, profile, start)
          expect(canPlace(columns, incoming)).toBe(true)
          const placement = place(columns, incoming, start)
          expect(placement.node).toBe(chosen)
          expect(placement.tried).toBe(search.tried)
          start = (start + placement.tried) % nodes.length
          if (chosen === undefined)
            return
          const taken = snapshot.byName.get(chosen)!
          addPod(taken, incoming)
          movePod(columns, incoming, chosen, 1)
          placed.push({ pod: incoming, at: chosen })
          for (const resource of ['cpu', 'memory'])
            expect(taken.requested[resource] ?? 0).toBeLessThanOrEqual(taken.allocatable[resource]!)
          expect(taken.pods.length).toBeLessThanOrEqual(taken.allocatable.pods!)
        })
      },
    )
    fc.assert(property, { numRuns: 400 })
  })

  it('starts from pods that are there already', () => {
    const there = [pod('r', { nodeName: 'a', containers: [{ name: 'c', resources: { requests: { cpu: '3' } } }] }), pod('s', { nodeName: 'gone' })]
    const snapshot = clusterSnapshot({ nodes: [node('a'), node('b')], pods: there })
    expect(place(columnsOf(snapshot, schedulerProfile()), podInfo(pod('p')), 0)).toEqual({ node: 'b', tried: 2 })
  })

  it('leaves to the plain path pods that pin a node, and those that are nominated', () => {
    const columns = columnsOf(clusterSnapshot({ nodes: [node('a')] }), schedulerProfile())
    const pinned = pod('p', { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }] } } } })
    expect(canPlace(columns, podInfo(pinned))).toBe(false)
    expect(canPlace(columns, podInfo({ ...pod('p'), status: { nominatedNodeName: 'a' } }))).toBe(false)
    columns.snapshot.nominated.set('a', [podInfo(pod('w'))])
    expect(canPlace(columns, podInfo(pod('p')))).toBe(false)
  })

  it('says so where no node will do', () => {
    const columns = columnsOf(clusterSnapshot({ nodes: [node('a', { unschedulable: true })] }), schedulerProfile())
    expect(place(columns, podInfo(pod('p')), 0)).toEqual({ tried: 1 })
  })
})
