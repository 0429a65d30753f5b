import type { Exchange } from '../../model/apiserver/client.ts'
import type { ApiRequest } from '../../model/apiserver/requests.ts'
import type { ApiResponse, Doc } from '../../model/apiserver/status.ts'
import type { Simulation } from '../../model/simulation.ts'
import { Buffer } from 'node:buffer'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addApiClient, apiClientOf, apiServerHandlers, ask, askAndWait } from '../../model/apiserver/client.ts'
import { addApiServer, apiServerOf, isReady } from '../../model/apiserver/server.ts'
import { addClient, addCluster, awaitLeader, callAndWait, etcdHandlers } from '../../model/etcd/cluster.ts'
import { createSimulation, operate, runTo, runUntil } from '../../model/simulation.ts'
import { linesOf, root } from './source.ts'
import '../../model/apiserver/extras.ts'

const handlers = { ...etcdHandlers, ...apiServerHandlers }
const configMaps = '/api/v1/namespaces/default/configmaps'
const merge = { 'content-type': 'application/merge-patch+json' }

function start(members: number, endpoints: string[]): Simulation {
  const simulation = createSimulation({ seed: 7 })
  const names = addCluster(simulation, { members, leader: 'etcd-1' })
  expect(awaitLeader(simulation, handlers)).toBe(true)
  addClient(simulation, 'etcdctl', names)
  addApiServer(simulation, { endpoints, config: { authorization: 'AlwaysAllow' } })
  addApiClient(simulation, 'kubectl')
  expect(runUntil(simulation, handlers, each => isReady(apiServerOf(each)))).toBe(true)
  return simulation
}

function send(simulation: Simulation, method: string, path: string, body?: unknown): ApiResponse {
  const request: ApiRequest = { method, path, ...(body !== undefined && { body }), ...(method === 'PATCH' && { headers: merge }) }
  const response = askAndWait(simulation, handlers, 'kubectl', request)
  expect(response, `${method} ${path} is answered`).toBeDefined()
  return response!
}

const bodyOf = (response: ApiResponse | undefined) => response?.body as Doc
const pod = { metadata: { name: 'q' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }

interface QuorumLine { t: number, k: string, title?: string, req?: string, status?: number, resp?: any, took?: number, m?: number, w?: string, sec?: number }

describe.skipIf(!existsSync(join(root, 'apiserver/quorum.jsonl')))('the API server over three etcd members, apiserver/quorum.jsonl', () => {
  it('tells writers and watchers what the real one told them', () => {
    const lines = linesOf<QuorumLine>(join(root, 'apiserver/quorum.jsonl'))
    const simulation = start(3, ['etcd-2', 'etcd-3', 'etcd-1'])
    send(simulation, 'POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } })
    const zero = lines.find(({ title }) => title === 'create')!.t - 0.1
    const begin = simulation.now
    const at = (t: number) => begin + (t - zero) * 1000 - simulation.now
    const expected: { line: QuorumLine, index: number }[] = []
    let index = apiClientOf(simulation, 'kubectl').exchanges.length
    let writes = 0
    // Requests are in the order of their answers; they are sent when they were begun.
    const events = lines.map(line => ({ line, start: line.k === 'req' ? line.t - line.took! : line.t })).sort((a, b) => a.start - b.start)
    for (const { line, start: when } of events) {
      runTo(simulation, handlers, Math.max(simulation.now, begin + (when - zero) * 1000))
      if (line.k === 'kill etcd leader' || line.k === 'quorum lost: kill') {
        operate(simulation, { op: 'stop', actor: `etcd-${line.m}` }, Math.max(0, at(when)))
      }
      else if (line.k === 'quorum back') {
        operate(simulation, { op: 'start', actor: 'etcd-2' })
      }
      else if (line.k === 'watch-open') {
        const resource = line.w === 'nodes' ? '/api/v1/nodes' : configMaps
        ask(simulation, 'kubectl', { method: 'GET', path: `${resource}?watch=1${line.w === 'new-during-loss-rv0' ? '&resourceVersion=0' : ''}` })
        expected.push({ line, index: index++ })
      }
      else if (line.k === 'req' && !/z(?:\?verbose)?$/.test(line.req!)) {
        const [method = '', path = ''] = line.req!.split(' ')
        const body = method === 'POST' ? path.endsWith('pods') ? pod : { metadata: { name: 'q' }, data: { a: '0' } } : { data: { a: String(++writes) } }
        ask(simulation, 'kubectl', { method, path, ...(method !== 'GET' && { body }), ...(method === 'PATCH' && { headers: merge }) })
        expected.push({ line, index: index++ })
      }
      else if (line.k === 'first write after quorum back') {
        // The recorder had tried again and again until one succeeded.
        const back = simulation.now - line.sec! * 1000
        const tries = Array.from({ length: 10 }, (_, n) => ask(simulation, 'kubectl', { method: 'PATCH', path: `${configMaps}/q`, headers: merge, body: { data: { a: `back ${n}` } } }, n * 300)).length
        const written = () => apiClientOf(simulation, 'kubectl').exchanges.slice(index).find(({ response }) => response?.status === 200)
        expect(runUntil(simulation, handlers, () => written() !== undefined, 10_000), 'a write succeeds again').toBe(true)
        expect(written()!.answered! - back, 'how long that took').toBeLessThan(4000)
        index += tries
      }
    }
    runTo(simulation, handlers, simulation.now + 10_000)
    const { exchanges } = apiClientOf(simulation, 'kubectl')
    for (const { line, index: own } of expected) {
      const exchange: Exchange = exchanges[own]!
      const where = `${line.t} ${line.title ?? line.k} ${line.w ?? ''}`
      // A read that hung for a minute got no answer, or a gateway's; the model says 504 for both.
      expect(exchange.response?.status, where).toBe(line.status || 504)
      if (line.took !== undefined && line.took > 1)
        expect(Math.abs((exchange.answered! - exchange.sent) / 1000 - line.took), `${where}: how long it took`).toBeLessThan(0.5)
      if (line.resp?.message)
        expect(bodyOf(exchange.response), where).toMatchObject({ message: line.resp.message, ...(line.resp.reason && { reason: line.resp.reason }) })
    }
    // The open watch got every write once and in order, and ended half a minute after etcd had fallen silent.
    const watch = exchanges.find(({ request, response }) => request.path === `${configMaps}?watch=1` && response?.status === 200)!
    const recorded = lines.filter(({ k, w }) => k === 'watch' && w === 'cm').length
    const changes = watch.events.filter(({ event }) => event.type === 'MODIFIED').map(({ event }) => event.object.data.a)
    expect(changes.slice(-recorded)).toEqual(['1', '3', '4'].slice(-recorded))
    const closed = lines.find(({ k, w }) => k === 'watch-closed' && w === 'cm')!.t
    expect(Math.abs((watch.closed! - begin) / 1000 + zero - closed)).toBeLessThan(3)
  })
})

interface TitledLine { title: string, req?: string, status?: number, resp?: any, events?: { e: any }[] }

/** A recorded text with the revisions of this run in the place of the recorded ones. */
function withOwn(text: string, own: Record<string, number>): string {
  return text.replace(/\d{2,}/g, number => String(own[number] ?? number))
}

function watchOnce(simulation: Simulation, path: string): Exchange {
  ask(simulation, 'kubectl', { method: 'GET', path })
  runTo(simulation, handlers, simulation.now + 100)
  return apiClientOf(simulation, 'kubectl').exchanges.at(-1)!
}

function token(revision: number, startKey: string): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: startKey })).toString('base64url')
}

const decoded = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString())

describe.skipIf(!existsSync(join(root, 'apiserver/restart.jsonl')))('revisions that are gone, apiserver/restart.jsonl and compaction.jsonl', () => {
  it('a restart forgets the past of watches; a compaction that of lists', () => {
    const lines = linesOf<TitledLine>(join(root, 'apiserver/restart.jsonl'))
    const simulation = start(1, ['etcd-1'])
    const old = Number(bodyOf(send(simulation, 'POST', configMaps, { metadata: { name: 'cm1' }, data: { k: '1' } })).metadata.resourceVersion)
    for (let k = 2; k < 5; k++)
      send(simulation, 'PATCH', `${configMaps}/cm1`, { data: { k: String(k) } })
    operate(simulation, { op: 'stop', actor: 'kube-apiserver' })
    operate(simulation, { op: 'start', actor: 'kube-apiserver' }, 10)
    runTo(simulation, handlers, simulation.now + 100)
    const restarted = apiServerOf(simulation).server.caches.configmaps!.baseRevision
    const own = { 3176: old, 3205: restarted }
    let compacted = false
    for (const line of lines) {
      if (line.title === 'compact') {
        callAndWait(simulation, handlers, 'etcdctl', 'Compaction', { revision: restarted }, 'etcd-1')
        compacted = true
        continue
      }
      const path = line.req!.split(' ')[1]!
      const given = path.includes('continue=') ? `/api/v1/namespaces?limit=1&continue=${token(old, '/default\0')}` : withOwn(path, own)
      if (line.events) {
        const exchange = watchOnce(simulation, given)
        expect(exchange.response?.status, line.title).toBe(line.status)
        expect(exchange.events.map(({ event }) => ({ ...event })), line.title).toEqual(line.events.map(({ e }) => JSON.parse(withOwn(JSON.stringify(e), { ...own, 410: 410 }))))
        expect(exchange.closed, `${line.title}: closed`).toBeDefined()
      }
      else {
        const response = send(simulation, 'GET', given)
        expect(response.status, line.title).toBe(line.status)
        const body = bodyOf(response)
        if (line.resp.message)
          expect(body.message, line.title).toBe(line.resp.message)
        if (line.resp.metadata.continue)
          expect(decoded(body.metadata.continue).start, line.title).toBe(decoded(line.resp.metadata.continue).start)
        expect(body.metadata.remainingItemCount, line.title).toBe(line.resp.metadata.remainingItemCount)
      }
    }
    expect(compacted).toBe(true)
  })

  it('a compaction alone takes nothing from a server that has it in its cache', () => {
    const lines = linesOf<TitledLine>(join(root, 'apiserver/compaction.jsonl'))
    const simulation = start(1, ['etcd-1'])
    operate(simulation, { op: 'stop', actor: 'kube-apiserver' })
    operate(simulation, { op: 'start', actor: 'kube-apiserver' }, 10)
    runTo(simulation, handlers, simulation.now + 100)
    const first = Number(bodyOf(send(simulation, 'POST', configMaps, { metadata: { name: 'cm1' }, data: { k: '1' } })).metadata.resourceVersion)
    for (let k = 2; k < 6; k++)
      send(simulation, 'PATCH', `${configMaps}/cm1`, { data: { k: String(k) } })
    const { continue: token } = bodyOf(send(simulation, 'GET', '/api/v1/namespaces?limit=1')).metadata
    callAndWait(simulation, handlers, 'etcdctl', 'Compaction', { revision: first + 4 }, 'etcd-1')
    const find = (start: string) => lines.find(({ title }) => title.startsWith(start))!
    const history = watchOnce(simulation, `${configMaps}?watch=1&resourceVersion=${first}`)
    expect(history.events.map(({ event }) => event.type)).toEqual(['MODIFIED', 'MODIFIED', 'MODIFIED', 'MODIFIED'])
    expect(find('after etcd compaction, watch').events!.every(({ e }) => e.type !== 'ERROR')).toBe(true)
    for (const title of ['after compaction, watch from resourceVersion=1', 'after compaction, pods watch']) {
      const line = find(title)
      const exchange = watchOnce(simulation, line.req!.split(' ')[1]!)
      const { e } = line.events![0]!
      const base = apiServerOf(simulation).server.caches.configmaps!.baseRevision
      expect(exchange.events.map(({ event }) => event), title).toEqual([{ ...e, object: { ...e.object, message: `too old resource version: 1 (${base})` } }])
    }
    const exact = find('after compaction, exact list')
    const list = send(simulation, 'GET', `${configMaps}?resourceVersion=${first}&resourceVersionMatch=Exact&limit=10`)
    expect(list.status).toBe(exact.status)
    expect(bodyOf(list).metadata.resourceVersion).toBe(String(first))
    const continued = find('after compaction, an old continue token')
    const page = send(simulation, 'GET', `/api/v1/namespaces?limit=1&continue=${token}`)
    expect(page.status).toBe(continued.status)
    expect(bodyOf(page).items[0].metadata.name).toBe(continued.resp.items[0].metadata.name)
    expect(decoded(bodyOf(page).metadata.continue).start).toBe(decoded(continued.resp.metadata.continue).start)
  })
})
