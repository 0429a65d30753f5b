import type { Direct } from '../../../model/apiserver/direct.ts'
import type { Doc } from '../../../model/apiserver/status.ts'
import type { WatchEvent } from '../../../model/apiserver/watchers.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addApiClient, apiClientOf, apiServerHandlers, ask } from '../../../model/apiserver/client.ts'
import { createDirect, handle, takeEvents } from '../../../model/apiserver/direct.ts'
import { addApiServer, apiServerOf, isReady } from '../../../model/apiserver/server.ts'
import { checkpoint } from '../../../model/checkpoint.ts'
import { addCluster, awaitLeader, etcdHandlers } from '../../../model/etcd/cluster.ts'
import { createSimulation, operate, runTo, runUntil } from '../../../model/simulation.ts'

const path = '/api/v1/namespaces/default/configmaps'
const merge = { 'content-type': 'application/merge-patch+json' }
const handlers = { ...etcdHandlers, ...apiServerHandlers }
const name = fc.constantFrom('a', 'b', 'c')

/** Something done to one of three ConfigMaps. */
const change = fc.oneof(
  fc.record({ method: fc.constant('POST'), name, colour: fc.constantFrom('red', 'blue') }),
  fc.record({ method: fc.constant('PATCH'), name, colour: fc.constantFrom('red', 'blue') }),
  fc.record({ method: fc.constant('DELETE'), name, colour: fc.constant('') }),
)

function requestOf({ method, name: one, colour }: { method: string, name: string, colour: string }) {
  const labels = { colour }
  if (method === 'POST')
    return { method, path, body: { metadata: { name: one, labels } } }
  return method === 'PATCH' ? { method, path: `${path}/${one}`, headers: merge, body: { metadata: { labels } } } : { method, path: `${path}/${one}` }
}

const revisionOf = ({ object }: WatchEvent) => Number(object.metadata.resourceVersion)

/** What a watcher knows after these events; fails when an event can't follow what it knew. */
function play(events: readonly WatchEvent[]): Map<string, Doc> {
  const known = new Map<string, Doc>()
  let last = 0
  for (const event of events) {
    const key = event.object.metadata.name
    expect(revisionOf(event)).toBeGreaterThan(last)
    last = revisionOf(event)
    expect(known.has(key), `${event.type} ${key}`).toBe(event.type !== 'ADDED')
    if (event.type === 'DELETED')
      known.delete(key)
    else
      known.set(key, event.object)
  }
  return known
}

describe('a watcher', () => {
  it('gets every matching event once and in order, or is told 410', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 40 }), fc.nat(40), fc.boolean(), fc.integer({ min: 1, max: 12 }), (changes, begin, selected, cacheCapacity) => {
      const direct: Direct = createDirect({ cacheCapacity })
      const from = direct.etcd.store.revision
      const query = selected ? '&labelSelector=colour%3Dred' : ''
      // One watches from the beginning; one comes late, and asks for everything since.
      const early = handle(direct, { method: 'GET', path: `${path}?watch=1&resourceVersion=${from}${query}` }, 0).watch!
      let late: string | undefined
      changes.forEach((each, index) => {
        if (index === begin)
          late = handle(direct, { method: 'GET', path: `${path}?watch=1&resourceVersion=${from}${query}` }, 0).watch
        handle(direct, requestOf(each), 0)
      })
      const all = takeEvents(direct, early).events
      const present = (handle(direct, { method: 'GET', path: `${path}?${query}` }, 0).body as Doc).items as Doc[]
      expect([...play(all).keys()].sort()).toEqual(present.map(item => item.metadata.name))
      if (late) {
        const { events } = takeEvents(direct, late)
        expect(events[0]?.type === 'ERROR' ? events[0].object.code : 0).toBe(events[0]?.type === 'ERROR' ? 410 : 0)
        if (events[0]?.type !== 'ERROR')
          expect(events).toEqual(all)
      }
    }), { numRuns: 60 })
  })
})

describe('a patch that changes nothing', () => {
  it('keeps the resourceVersion and sends no event', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.string({ maxLength: 5 }), { noNullPrototype: true }), (data) => {
      const direct = createDirect()
      const made = handle(direct, { method: 'POST', path, body: { metadata: { name: 'x' }, data } }, 0).body as Doc
      const watch = handle(direct, { method: 'GET', path: `${path}?watch=1&resourceVersion=${made.metadata.resourceVersion}` }, 0).watch!
      const patched = handle(direct, { method: 'PATCH', path: `${path}/x`, headers: merge, body: { data } }, 5000).body as Doc
      expect(patched).toEqual(made)
      expect(takeEvents(direct, watch).events).toEqual([])
    }), { numRuns: 50 })
  })
})

/** A server over three members, ready, with these clients. Made once: every run goes on from a copy. */
function cluster(clients: readonly string[]) {
  const simulation = createSimulation({ seed: 5, jitter: 3 })
  const members = addCluster(simulation, { leader: 'etcd-1' })
  awaitLeader(simulation, handlers)
  addApiServer(simulation, { endpoints: members, config: { authorization: 'AlwaysAllow' } })
  clients.forEach(client => addApiClient(simulation, client))
  expect(runUntil(simulation, handlers, each => isReady(apiServerOf(each)))).toBe(true)
  return simulation
}

describe('two writers', () => {
  const ready = cluster(['one', 'two', 'watcher'])

  it('never both succeed on one resourceVersion, whatever the timing, with an etcd member down or not', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('one', 'two'), fc.nat(30)), { minLength: 2, maxLength: 12 }), fc.option(fc.tuple(fc.constantFrom('etcd-1', 'etcd-2', 'etcd-3'), fc.nat(40))), fc.integer(), (writes, failure, seed) => {
      const simulation = checkpoint(ready)
      simulation.random = seed
      ask(simulation, 'one', { method: 'POST', path, body: { metadata: { name: 'x' }, data: { n: '0' } } })
      runTo(simulation, handlers, simulation.now + 50)
      const made = apiClientOf(simulation, 'one').exchanges[0]!.response!.body as Doc
      ask(simulation, 'watcher', { method: 'GET', path: `${path}?watch=1&resourceVersion=${made.metadata.resourceVersion}` })
      runTo(simulation, handlers, simulation.now + 20)
      writes.forEach(([client, after], index) => ask(simulation, client, { method: 'PUT', path: `${path}/x`, body: { metadata: { name: 'x', resourceVersion: made.metadata.resourceVersion }, data: { n: `${client} ${index}` } } }, after))
      if (failure)
        operate(simulation, { op: 'stop', actor: failure[0] }, failure[1])
      runTo(simulation, handlers, simulation.now + 45_000)
      const answers = ['one', 'two'].flatMap(client => apiClientOf(simulation, client).exchanges.slice(client === 'one' ? 1 : 0))
      const succeeded = answers.filter(({ response }) => response?.status === 200)
      expect(succeeded.length).toBeLessThanOrEqual(1)
      expect(answers.every(({ response }) => response !== undefined)).toBe(true)
      // The watcher saw at most that one write, and saw it if its writer was told of it.
      const seen = apiClientOf(simulation, 'watcher').exchanges[0]!.events.map(({ event }) => event.object.data.n)
      expect(seen.length).toBeLessThanOrEqual(1)
      if (succeeded.length)
        expect(seen).toEqual([(succeeded[0]!.response!.body as Doc).data.n])
    }), { numRuns: 25 })
  })

  it('a copy made in the middle of a request goes on to the same end', () => {
    const simulation = checkpoint(ready)
    ask(simulation, 'one', { method: 'POST', path, body: { metadata: { generateName: 'x-' } } })
    for (let events = 0; events < 12; events++) {
      const fork = checkpoint(simulation)
      runTo(fork, handlers, ready.now + 60)
      const again = checkpoint(simulation)
      runTo(again, handlers, ready.now + 60)
      expect(apiClientOf(again, 'one')).toEqual(apiClientOf(fork, 'one'))
      expect(apiClientOf(fork, 'one').exchanges[0]?.response?.status).toBe(201)
      runTo(simulation, handlers, simulation.now + 1)
    }
  })
})
