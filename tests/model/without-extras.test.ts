import type { ApiRequest } from '../../model/apiserver/requests.ts'
import type { ApiResponse } from '../../model/apiserver/status.ts'
import type { Pod } from '../../model/objects.ts'
import { expect, it } from 'vitest'
import { addApiClient, apiServerHandlers, askAndWait } from '../../model/apiserver/client.ts'
import { addApiServer, apiServerOf, isReady } from '../../model/apiserver/server.ts'
import { addCluster, awaitLeader, etcdHandlers } from '../../model/etcd/cluster.ts'
import { createServer, put, range } from '../../model/etcd/server.ts'
import { decide } from '../../model/scheduler/decision.ts'
import { schedulerProfile } from '../../model/scheduler/profile.ts'
import { clusterSnapshot } from '../../model/scheduler/snapshot.ts'
import { createSimulation, runUntil } from '../../model/simulation.ts'

const handlers = { ...etcdHandlers, ...apiServerHandlers }
const namespaced = '/api/v1/namespaces/default'
const meta = { metadata: { name: 'x' } }
const podWith = (spec: object, container: object = {}) => ({ ...meta, spec: { containers: [{ name: 'c', image: 'nginx', ...container }], ...spec } })

/** An API server as the site's scenes have it. */
function ask(request: ApiRequest): ApiResponse {
  const sim = createSimulation({ seed: 1 })
  const endpoints = addCluster(sim, { members: 1 })
  awaitLeader(sim, handlers)
  addApiServer(sim, { endpoints })
  runUntil(sim, handlers, () => isReady(apiServerOf(sim)))
  addApiClient(sim, 'kubectl')
  askAndWait(sim, handlers, 'kubectl', { method: 'POST', path: `${namespaced}/serviceaccounts`, body: { metadata: { name: 'default' }, automountServiceAccountToken: false } })
  return askAndWait(sim, handlers, 'kubectl', request)!
}

it.each<[string, ApiRequest]>([
  ['a resource', { method: 'POST', path: `${namespaced}/configmaps`, body: meta }],
  ['a resource that nobody has', { method: 'GET', path: `${namespaced}/configmapz` }],
  ['the write of a resource that is only watched', { method: 'POST', path: `${namespaced}/services`, body: { ...meta, spec: { ports: [{ port: 80 }] } } }],
  ['a subresource', { method: 'GET', path: '/apis/apps/v1/namespaces/default/deployments/web/scale' }],
  ['a label selector', { method: 'GET', path: `${namespaced}/pods?labelSelector=app%3Dweb` }],
  ['a continue token', { method: 'GET', path: `${namespaced}/pods?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ` }],
  ['a body as text', { method: 'POST', path: `${namespaced}/pods`, body: '{}' }],
  ['a container\'s environment', { method: 'POST', path: `${namespaced}/pods`, body: podWith({}, { env: [{ name: 'A', value: '1' }] }) }],
  ['a probe', { method: 'POST', path: `${namespaced}/pods`, body: podWith({}, { livenessProbe: { tcpSocket: { port: 80 } } }) }],
  ['a volume', { method: 'POST', path: `${namespaced}/pods`, body: podWith({ volumes: [{ name: 'v', emptyDir: {} }] }) }],
  ['an affinity', { method: 'POST', path: `${namespaced}/pods`, body: podWith({ affinity: { podAffinity: {} } }) }],
  ['a token of a service account', { method: 'POST', path: `${namespaced}/pods`, body: podWith({ automountServiceAccountToken: true }) }],
  ['a path outside of resources', { method: 'GET', path: '/nowhere' }],
])('without extras.ts the server says 501 to %s, and guesses nothing', (_, request) => {
  const { status, body } = ask(request)
  expect({ status, body }).toMatchObject({ status: 501, body: { reason: 'NotModelled' } })
})

it.each<[string, ApiRequest, number]>([
  ['takes a plain pod', { method: 'POST', path: `${namespaced}/pods`, body: podWith({}) }, 201],
  ['refuses a wrong one', { method: 'POST', path: `${namespaced}/pods`, body: podWith({}, { image: '' }) }, 422],
  ['lists what it only watches', { method: 'GET', path: `${namespaced}/services` }, 200],
])('without extras.ts the server %s', (_, request, status) => {
  expect(ask(request).status).toBe(status)
})

it('without sort.ts etcd sorts what Go\'s steps don\'t matter for', () => {
  const server = createServer()
  for (let i = 0; i < 20; i++)
    put(server, { key: `k${String(i).padStart(2, '0')}`, value: i < 10 ? 'low' : 'high' })
  const all = { key: 'k', rangeEnd: 'l' }
  expect(range(server, { ...all, sortOrder: 'DESCEND', sortTarget: 'MOD' }).kvs.map(({ key }) => key).slice(0, 2)).toEqual(['k19', 'k18'])
  expect(range(server, { ...all, rangeEnd: 'k12', sortOrder: 'ASCEND', sortTarget: 'VALUE' }).kvs.map(({ key }) => key).slice(0, 3)).toEqual(['k10', 'k11', 'k00'])
  expect(() => range(server, { ...all, sortOrder: 'ASCEND', sortTarget: 'VALUE' })).toThrow('sort.ts')
})

it('without extras.ts the scheduler has the default profile, the same as with them, and no more', async () => {
  const near = { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'zone' }
  const pod: Pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'c' }], affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [near] } } } }
  const snapshot = clusterSnapshot({ nodes: [{ metadata: { name: 'n', labels: { zone: 'a' } }, status: { allocatable: { pods: '10' } } }] })
  const summary = () => {
    const { at, weights, plugins, ...rest } = schedulerProfile({ schedulerName: 'mine' })
    return { ...rest, weights: [...weights], plugins: plugins.map(({ name }) => name), at: Object.entries(at).map(([point, chosen]) => [point, chosen.map(({ name }) => name)]) }
  }
  const before = summary()
  expect(() => decide(pod, snapshot)).toThrow('extras.ts')
  expect(() => schedulerProfile({ scoringStrategy: 'MostAllocated' })).toThrow('profileConfig.ts')

  await import('../../model/scheduler/extras.ts')
  expect(summary()).toEqual(before)
  expect(decide(pod, snapshot).nodes[0]!.firstFailure).toMatchObject({ plugin: 'InterPodAffinity' })
})
