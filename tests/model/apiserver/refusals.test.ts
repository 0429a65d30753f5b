import type { ApiServerConfig } from '../../../model/apiserver/context.ts'
import type { Direct } from '../../../model/apiserver/direct.ts'
import type { Doc } from '../../../model/apiserver/status.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { createDirect, handle } from '../../../model/apiserver/direct.ts'

const configMaps = '/api/v1/namespaces/default/configmaps'
const json = { 'content-type': 'application/json-patch+json' }
const alice = { name: 'alice', groups: ['developers', 'system:authenticated'] }
const admin = { name: 'admin', groups: ['system:masters', 'system:authenticated'] }

let direct: Direct

function start(config: Partial<ApiServerConfig> = {}): void {
  direct = createDirect({ authorization: 'AlwaysAllow', ...config })
}

function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): { status: number, body: Doc } {
  const type: Record<string, string> = method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {}
  const { status, body: answer } = handle(direct, { method, path, headers: { ...type, ...headers }, ...(body !== undefined && { body }) }, 1000)
  return { status, body: answer as Doc }
}

function refusal(...request: Parameters<typeof send>) {
  const { status, body } = send(...request)
  return `${status} ${body.message}`
}

beforeEach(() => start())

describe('who writes an object that is not the one he means', () => {
  it('by its uid: 409 even when nothing is there any more', () => {
    const uid = '11111111-2222-3333-4444-555555555555'
    expect(refusal('PUT', `${configMaps}/gone`, { metadata: { name: 'gone', uid } })).toBe(`409 Operation cannot be fulfilled on configmaps "gone": StorageError: invalid object, Code: 4, Key: /registry/configmaps/default/gone, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: `)
    expect(refusal('PUT', `${configMaps}/gone`, { metadata: { name: 'gone' } })).toBe('404 configmaps "gone" not found')
  })

  it('a namespace has words of its own for preconditions', () => {
    const { body: { metadata } } = send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })
    expect(refusal('DELETE', '/api/v1/namespaces/shop', { preconditions: { uid: 'x' } })).toBe(`409 Operation cannot be fulfilled on namespaces "shop": Precondition failed: UID in precondition: x, UID in object meta: ${metadata.uid}`)
    expect(refusal('DELETE', '/api/v1/namespaces/shop', { preconditions: { resourceVersion: '1' } })).toBe(`409 Operation cannot be fulfilled on namespaces "shop": Precondition failed: ResourceVersion in precondition: 1, ResourceVersion in object meta: ${metadata.resourceVersion}`)
  })

  it('a binding in a namespace that is not there misses the namespace, not the pod', () => {
    expect(refusal('POST', '/api/v1/namespaces/nowhere/pods/p/binding', { metadata: { name: 'p' }, target: { name: 'n' } })).toBe('404 namespaces "nowhere" not found')
  })
})

describe('a patch', () => {
  it('is read only when its object is there', () => {
    expect(refusal('PATCH', `${configMaps}/none`, [1])).toBe('404 configmaps "none" not found')
    send('POST', configMaps, { metadata: { name: 'a' } })
    expect(refusal('PATCH', `${configMaps}/a`, [1])).toBe('400 error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}')
  })

  it('is refused when cut off, and an applied one without the name of who applies it', () => {
    send('POST', configMaps, { metadata: { name: 'a' } })
    expect(refusal('PATCH', `${configMaps}/a`, '{"data":')).toBe('400 error decoding patch: unexpected end of JSON input')
    expect(refusal('PATCH', `${configMaps}/a`, {}, { 'content-type': 'application/apply-patch+yaml' })).toBe('422 PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch')
  })

  it.each([
    [{ op: 'test', path: '/data/none', value: null }],
    [{ op: 'add', path: '/data/a' }],
    [{ op: 'remove', path: '/metadata/finalizers/-' }],
  ])('of which two libraries think differently is not modelled: %j', (operation) => {
    send('POST', configMaps, { metadata: { name: 'a' }, data: { a: '1' } })
    expect(send('PATCH', `${configMaps}/a`, [operation], json).status).toBe(501)
  })
})

describe('a list', () => {
  it('of one name has no next page', () => {
    for (const name of ['a', 'b'])
      send('POST', configMaps, { metadata: { name } })
    const { body } = send('GET', `${configMaps}?limit=1&fieldSelector=metadata.name%3Da`)
    expect(body.items).toHaveLength(1)
    expect(body.metadata).toEqual({ resourceVersion: expect.any(String) })
    expect(send('GET', `${configMaps}?limit=1`).body.metadata.continue).toBeDefined()
  })
})

it('an empty dryRun is a wrong one', () => {
  expect(refusal('POST', `${configMaps}?dryRun=`, { metadata: { name: 'a' } })).toBe('422 CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: [""]: supported values: "All"')
})

describe('not modelled rather than guessed', () => {
  it.each([
    ['GET', `${configMaps}?watch=1&resourceVersion=1&resourceVersionMatch=Exact`],
    ['GET', `${configMaps}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=9999`],
    ['GET', `${configMaps}?limit=1&resourceVersion=0&resourceVersionMatch=NotOlderThan`],
    ['GET', `${configMaps}?resourceVersion=18446744073709551616`],
    ['GET', `${configMaps}?labelSelector=a,%3Db`],
    ['GET', `${configMaps}?limit=1&limit=2`],
    ['GET', `${configMaps}?labelSelector=%zz`],
    ['GET', `${configMaps}?timeoutSeconds=soon`],
    ['GET', `${configMaps}/`],
    ['GET', '/apis/example.com/v1/things'],
    ['POST', configMaps, { metadata: { name: 'a', generation: 3 } }],
    ['POST', '/api/v1/namespaces/default/pods', { metadata: { name: 'a' }, spec: { restartPolicy: 5 } }],
    ['POST', '/api/v1/namespaces/default/resourcequotas', { metadata: { name: 'q' }, spec: { hard: { pods: '1.5' } } }],
    ['POST', '/api/v1/namespaces', { metadata: { name: 'n' }, spec: { finalizers: ['plain'] } }],
  ])('%s %s %j', (...request) => {
    expect(refusal(...request as Parameters<typeof send>)).toMatch(/^501 not modelled: /)
  })

  it('the causes of an ill-formed label in an update, which upstream repeats', () => {
    send('POST', configMaps, { metadata: { name: 'a' } })
    expect(send('PATCH', `${configMaps}/a`, { metadata: { labels: { 'b!': '1' } } }).status).toBe(501)
  })

  it('a node port that a service of that type may not have', () => {
    const services = '/api/v1/namespaces/default/services'
    send('POST', services, { metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } })
    expect(send('PATCH', `${services}/s`, { spec: { ports: [{ port: 80, nodePort: 30005 }] } }).status).toBe(501)
  })
})

describe('who is allowed what', () => {
  beforeEach(() => start({ authorization: 'RBAC', tokens: { 'alice-token': alice, 'admin-token': admin } }))

  it('a token is known whatever the case of its scheme', () => {
    expect(refusal('GET', '/api/v1/nodes', undefined, { authorization: 'bearer alice-token' })).toContain('403 nodes is forbidden: User "alice"')
  })

  it('the name in a field selector counts among other terms', () => {
    expect(refusal('GET', `${configMaps}?fieldSelector=metadata.namespace%3Ddefault,metadata.name%3Done`, undefined, { authorization: 'Bearer alice-token' })).toContain('403 configmaps "one" is forbidden')
  })

  it('cluster-admin also reaches what is no resource', () => {
    const nowhere = () => send('GET', '/nothing', undefined, { authorization: 'Bearer alice-token' }).status
    expect(nowhere()).toBe(403)
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }
    send('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', { metadata: { name: 'all' }, roleRef, subjects: [{ kind: 'User', name: 'alice' }] }, { authorization: 'Bearer admin-token' })
    expect(nowhere()).toBe(404)
  })
})
