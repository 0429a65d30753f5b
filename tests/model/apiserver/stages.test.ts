import type { ApiServerConfig } from '../../../model/apiserver/context.ts'
import type { ApiRequest } from '../../../model/apiserver/requests.ts'
import type { ApiResponse, Doc } from '../../../model/apiserver/status.ts'
import { describe, expect, it } from 'vitest'
import { addApiClient, apiServerHandlers, askAndWait } from '../../../model/apiserver/client.ts'
import { createDirect, handle } from '../../../model/apiserver/direct.ts'
import { addApiServer, apiServerOf, isReady } from '../../../model/apiserver/server.ts'
import { addCluster, awaitLeader, etcdHandlers } from '../../../model/etcd/cluster.ts'
import { createSimulation, runTo, runUntil } from '../../../model/simulation.ts'

const handlers = { ...etcdHandlers, ...apiServerHandlers }
const alice = { name: 'alice', groups: ['developers', 'system:authenticated'] }

function start(config: Partial<ApiServerConfig> = {}) {
  const simulation = createSimulation({ seed: 2 })
  addCluster(simulation, { members: 1, leader: 'etcd-1' })
  awaitLeader(simulation, handlers)
  addApiServer(simulation, { endpoints: ['etcd-1'], config: { anonymous: false, ...config }, users: { alice } })
  addApiClient(simulation, 'kubectl')
  addApiClient(simulation, 'alice')
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

  it('the second of two writers of one resourceVersion gets a 409', () => {
    const { send } = start()
    const made = send('kubectl', { method: 'POST', path: deployments, body: deployment({ app: 'web' }) }).body
    const put = (replicas: number) => send('kubectl', { method: 'PUT', path: `${deployments}/web`, body: { ...deployment({ app: 'web' }), metadata: { name: 'web', resourceVersion: made.metadata.resourceVersion }, spec: { ...deployment({ app: 'web' }).spec, replicas } } })
    expect(put(2).response.status).toBe(200)
    expect(put(3).body.message).toBe('Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again')
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
  const ask = (request: Partial<ApiRequest> & { path: string }): ApiResponse => handle(direct, { method: 'GET', ...request }, 0)
  it.each([
    ['a resource of the real one', { path: '/api/v1/namespaces/default/secrets' }],
    ['a field of the real one', { method: 'POST', path: '/api/v1/namespaces/default/pods', body: { metadata: { name: 'p' }, spec: { hostPID: true, containers: [{ name: 'c', image: 'i' }] } } }],
    ['a query parameter', { path: '/api/v1/namespaces/default/pods?shard=1' }],
    ['server-side apply', { method: 'PATCH', path: '/api/v1/namespaces/default/configmaps/x?fieldManager=me', headers: { 'content-type': 'application/apply-patch+yaml' }, body: {} }],
  ])('%s is answered with its own 501, never guessed', (_, request) => {
    // Pods need an account, which comes before validation.
    ask({ method: 'POST', path: '/api/v1/namespaces/default/serviceaccounts', body: { metadata: { name: 'default' } } })
    const { status, body } = ask(request)
    expect(status).toBe(501)
    expect((body as Doc).message).toMatch(/^not modelled: /)
  })

  it('what no server has is said to be missing, in the real one\'s words', () => {
    expect(ask({ path: '/api/v1/configmapz' }).body).toMatchObject({ code: 404, message: 'the server could not find the requested resource' })
    expect(ask({ method: 'DELETE', path: '/api/v1/namespaces' }).status).toBe(405)
  })
})
