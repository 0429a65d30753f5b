import type { ApiServerConfig } from '../../../model/apiserver/context.ts'
import type { ApiRequest } from '../../../model/apiserver/requests.ts'
import type { ApiResponse, Doc } from '../../../model/apiserver/status.ts'
import { describe, expect, it } from 'vitest'
import { addApiClient, apiClientOf, apiServerHandlers, ask, askAndWait } from '../../../model/apiserver/client.ts'
import { createDirect, handle } from '../../../model/apiserver/direct.ts'
import { knownOf } from '../../../model/apiserver/in-flight.ts'
import { addApiServer, apiServerOf, isReady } from '../../../model/apiserver/server.ts'
import { addCluster, awaitLeader, etcdHandlers } from '../../../model/etcd/cluster.ts'
import { createSimulation, runTo, runUntil } from '../../../model/simulation.ts'

const handlers = { ...etcdHandlers, ...apiServerHandlers }
const admin = { name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] }
const alice = { name: 'alice', groups: ['developers', 'system:authenticated'] }

function start(config: Partial<ApiServerConfig> = {}) {
  const simulation = createSimulation({ seed: 2 })
  addCluster(simulation, { members: 1, leader: 'etcd-1' })
  awaitLeader(simulation, handlers)
  addApiServer(simulation, { endpoints: ['etcd-1'], config: { anonymous: false, ...config }, users: { alice, admin } })
  addApiClient(simulation, 'kubectl')
  for (const client of ['alice', 'admin', 'rival'])
    addApiClient(simulation, client)
  runUntil(simulation, handlers, each => isReady(apiServerOf(each)))
  const send = (client: string, request: ApiRequest) => {
    const begin = simulation.trace.length
    const response = askAndWait(simulation, handlers, client, request)!
    const messages = simulation.trace.slice(begin)
    return { response, body: response.body as Doc, stages: messages.filter(({ kind }) => kind === 'Stage').map(({ summary }) => summary.stage), toEtcd: messages.filter(({ from, to, kind }) => from === 'kube-apiserver' && to === 'etcd-1' && kind !== 'Watch').map(({ kind }) => kind) }
  }
  return { simulation, send }
}

const deployment = (labels: object) => ({ metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } } } })
const deployments = '/apis/apps/v1/namespaces/default/deployments'

describe('the stages of a request', () => {
  it('an accepted create passes all of them and writes once', () => {
    const { send } = start()
    const { response, stages, toEtcd } = send('kubectl', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) })
    expect(response.status).toBe(201)
    expect(stages).toEqual(['authentication', 'authorization', 'mutating-admission', 'validation', 'validating-admission', 'storage'])
    expect(toEtcd).toEqual(['Txn'])
  })

  it('who is unknown gets no further than authentication, who may not no further than authorization', () => {
    const { send } = start({ tokens: {} })
    const unknown = send('kubectl', { method: 'GET', path: '/api/v1/pods', headers: { authorization: 'Bearer nobody' } })
    expect(unknown.response.status).toBe(401)
    expect(unknown.stages).toEqual(['authentication'])
    const denied = send('alice', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) })
    expect(denied.body.message).toBe('deployments.apps is forbidden: User "alice" cannot create resource "deployments" in API group "apps" in the namespace "default"')
    expect(denied.stages).toEqual(['authentication', 'authorization'])
    expect(denied.toEtcd).toEqual([])
  })

  it('a wrong object ends in validation, before etcd is asked', () => {
    const { send } = start()
    const { body, stages, toEtcd } = send('kubectl', { method: 'POST', path: deployments, body: deployment({ app: 'other' }) })
    expect(body).toMatchObject({ code: 422, message: 'Deployment.apps "web" is invalid: spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels`' })
    expect(stages.at(-1)).toBe('validation')
    expect(toEtcd).toEqual([])
  })

  it('the second of two writers of one resourceVersion gets a 409, from storage, without validation', () => {
    const { send } = start()
    const made = send('kubectl', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) }).body
    const put = (replicas: number, labels = { app: 'web' }) => send('kubectl', { method: 'PUT', path: `${deployments}/web`, body: { ...deployment(labels), metadata: { name: 'web', resourceVersion: made.metadata.resourceVersion }, spec: { ...deployment(labels).spec, replicas } } })
    expect(put(2).response.status).toBe(200)
    const late = put(3)
    expect(late.body.message).toBe('Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again')
    expect(late.stages).toEqual(['authentication', 'authorization', 'mutating-admission', 'storage'])
    // Wrong and late: it is the version that is told, for it is compared before the object is validated.
    expect(put(3, { app: 'other' }).response.status).toBe(409)
  })

  it('of two who race with the same, present version, the second fails at etcd\'s compare', () => {
    const { simulation, send } = start()
    const made = send('kubectl', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) }).body
    const put = (client: string, replicas: number, after: number) =>
      ask(simulation, client, { method: 'PUT', path: `${deployments}/web`, body: { ...made, spec: { ...made.spec, replicas } } }, after)
    const begin = simulation.trace.length
    put('kubectl', 2, 0)
    put('rival', 3, 4)
    runTo(simulation, handlers, simulation.now + 100)
    const [first, second] = ['kubectl', 'rival'].map(client => apiClientOf(simulation, client).exchanges.at(-1)?.response)
    expect([first?.status, second?.status]).toEqual([200, 409])
    const messages = simulation.trace.slice(begin)
    expect(messages.filter(({ kind }) => kind === 'TxnResponse').map(({ summary }) => summary.succeeded)).toEqual([true, false])
    expect(messages.filter(({ kind, summary }) => kind === 'Stage' && summary.client === 'rival').map(({ summary }) => summary.stage)).toEqual([
      ...['authentication', 'authorization', 'mutating-admission', 'validation', 'validating-admission', 'storage'],
      // The update is made once more, on what is there now.
      ...['mutating-admission', 'storage'],
    ])
  })

  it('whoever refuses is the last stage that the request entered', () => {
    const { send } = start({ tokens: {} })
    send('kubectl', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) })
    const path = `${deployments}/web`
    const refusals: [ApiRequest, number, string, string?][] = [
      [{ method: 'GET', path, headers: { authorization: 'Bearer nobody' } }, 401, 'authentication'],
      [{ method: 'DELETE', path }, 403, 'authorization', 'alice'],
      [{ method: 'POST', path: deployments.replace('default', 'missing'), body: deployment({ app: 'web' }) }, 404, 'mutating-admission'],
      [{ method: 'DELETE', path: '/api/v1/namespaces/default' }, 403, 'mutating-admission'],
      [{ method: 'PUT', path, body: deployment({ app: 'other' }) }, 422, 'validation'],
      [{ method: 'POST', path: deployments, body: deployment({ app: 'web' }) }, 409, 'storage'],
      [{ method: 'PUT', path, body: { ...deployment({ app: 'web' }), metadata: { name: 'web', uid: 'other' } } }, 409, 'storage'],
      [{ method: 'PUT', path: `${deployments}/gone`, body: { ...deployment({ app: 'web' }), metadata: { name: 'gone' } } }, 404, 'storage'],
      [{ method: 'GET', path: `${deployments}/gone` }, 404, 'storage'],
      [{ method: 'DELETE', path: `${deployments}/gone` }, 404, 'storage'],
    ]
    for (const [request, status, stage, client = 'kubectl'] of refusals) {
      const { response, stages } = send(client, request)
      expect({ path: request.path, method: request.method, status: response.status, stage: stages.at(-1) }).toEqual({ path: request.path, method: request.method, status, stage })
    }
  })

  it('what is known of a request grows with its stages', () => {
    const { simulation } = start()
    ask(simulation, 'admin', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) })
    const at = (stage: string) => {
      runUntil(simulation, handlers, ({ trace }) => trace.some(({ summary, received }) => summary.client === 'admin' && summary.stage === stage && received !== undefined))
      return knownOf(apiServerOf(simulation), 'admin')
    }
    expect(at('authentication')).toEqual({ user: admin })
    expect(at('authorization').reason).toBe('RBAC: allowed by ClusterRoleBinding "kubeadm:cluster-admins" of ClusterRole "cluster-admin" to Group "kubeadm:cluster-admins"')
    const { object } = at('mutating-admission')
    expect(object?.spec.strategy.type).toBe('RollingUpdate')
    expect(object?.metadata.uid).toBeUndefined()
    expect(at('validation').object?.metadata).toMatchObject({ name: 'web', uid: expect.any(String), generation: 1 })
    // A copy: what was told does not change.
    expect(object?.metadata.uid).toBeUndefined()
  })

  it('a copy of the simulation, taken in the midst of a request, goes on as the original does', () => {
    const { simulation } = start()
    ask(simulation, 'admin', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) })
    runUntil(simulation, handlers, ({ trace }) => trace.some(({ summary }) => summary.stage === 'validating-admission'))
    const copy = structuredClone(simulation)
    for (const each of [simulation, copy])
      runTo(each, handlers, each.now + 100)
    expect(apiClientOf(simulation, 'admin').exchanges.at(-1)?.response?.status).toBe(201)
    expect(copy).toEqual(simulation)
  })

  it('admission tolerates, prioritises and refuses a pod', () => {
    const { send } = start()
    const pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }
    const refused = send('kubectl', { method: 'POST', path: '/api/v1/namespaces/default/pods', body: pod })
    expect(refused.body.message).toContain('serviceaccount "default" not found')
    expect(refused.stages.at(-1)).toBe('mutating-admission')
    send('kubectl', { method: 'POST', path: '/api/v1/namespaces/default/serviceaccounts', body: { metadata: { name: 'default' } } })
    const { spec, status } = send('kubectl', { method: 'POST', path: '/api/v1/namespaces/default/pods', body: pod }).body
    expect(spec.tolerations).toHaveLength(2)
    expect(spec).toMatchObject({ priority: 0, serviceAccountName: 'default', schedulerName: 'default-scheduler' })
    expect(status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
  })

  it('what components may do by their starting roles, and not more', () => {
    const { simulation, send } = start()
    addApiClient(simulation, 'kube-scheduler')
    runTo(simulation, handlers, simulation.now + 5)
    expect(send('kube-scheduler', { method: 'GET', path: '/api/v1/pods' }).response.status).toBe(200)
    expect(send('kube-scheduler', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) }).response.status).toBe(403)
  })
})

describe('what the model leaves out', () => {
  const direct = createDirect()
  const get = (request: Partial<ApiRequest> & { path: string }): ApiResponse => handle(direct, { method: 'GET', ...request }, 0)
  it.each([
    ['a resource of the real one', { path: '/api/v1/namespaces/default/secrets' }],
    ['a field of the real one', { method: 'POST', path: '/api/v1/namespaces/default/pods', body: { metadata: { name: 'p' }, spec: { hostPID: true, containers: [{ name: 'c', image: 'i' }] } } }],
    ['a query parameter', { path: '/api/v1/namespaces/default/pods?shard=1' }],
    ['server-side apply', { method: 'PATCH', path: '/api/v1/namespaces/default/configmaps/x?fieldManager=me', headers: { 'content-type': 'application/apply-patch+yaml' }, body: {} }],
  ])('%s is answered with its own 501, never guessed', (_, request) => {
    // Pods need an account, which comes before validation.
    get({ method: 'POST', path: '/api/v1/namespaces/default/serviceaccounts', body: { metadata: { name: 'default' } } })
    const { status, body } = get(request)
    expect(status).toBe(501)
    expect((body as Doc).message).toMatch(/^not modelled: /)
  })

  it('what no server has is said to be missing, in the real one\'s words', () => {
    expect(get({ path: '/api/v1/configmapz' }).body).toMatchObject({ code: 404, message: 'the server could not find the requested resource' })
    expect(get({ method: 'DELETE', path: '/api/v1/namespaces' }).status).toBe(405)
  })
})
