import type { Server } from '../../../model/etcd/server.ts'
import type { Command } from './commands.ts'
import type { RealEtcd, RealWatch } from './real-etcd.ts'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, openWatch, takeMessages } from '../../../model/etcd/gateway.ts'
import { closeStream, createServer } from '../../../model/etcd/server.ts'
import { sortUnstable } from '../../../model/etcd/sort.ts'
import { asBody, command } from './commands.ts'
import { asLater, earlierShifts } from './differences.ts'
import { closeRealWatch, findEtcd, openRealWatch, post, startEtcd, stopEtcd, versionOf } from './real-etcd.ts'

const program = findEtcd()
if (!program)
  console.log('real etcd: skipped: no etcd is installed (Debian: etcd-server)')

/** What an event message says, without the ids of who sent it. */
function masked(message: unknown): unknown {
  return JSON.parse(JSON.stringify(message), (key, value) => ['cluster_id', 'member_id', 'raft_term'].includes(key) ? undefined : value)
}

/** Answers with what may differ taken out: ids, the time that a lease has left, the order of its keys. */
function comparable(path: string, { status, response }: { status: number, response: any }): unknown {
  const body = masked(response) as any
  if (path.endsWith('/timetolive') && Number(body.TTL) > 0)
    return { status, body: { ...body, TTL: 'left', keys: body.keys?.toSorted() } }
  return { status, body }
}

/** The parts of a watch's messages in order, one event after the other. How many came in a message, chance decides. */
function flattened(messages: any[]): unknown[] {
  return messages.flatMap(({ result, error }) => {
    if (error)
      return [{ error: error.message }]
    const { events = [], header: _, ...said } = result
    return events.length > 0 ? masked(events) as unknown[] : [said]
  })
}

/** The real one looks this often for watches that are behind, ms: one that finds nothing to tell is behind for so long. */
const syncInterval = 300

/** The two etcds that get the same. */
interface Pair {
  /** When a watch was last opened, ms. */
  watchedAt: number
  real: RealEtcd
  model: Server
  watches: { name: string, real: RealWatch, messages: any[] }[]
}

function collect(pair: Pair): void {
  for (const { name, messages } of pair.watches)
    messages.push(...takeMessages(pair.model, name))
}

/** Waits until the real one has told its watches as much as the model, for at most 8 s. */
async function settle(pair: Pair): Promise<void> {
  collect(pair)
  for (const { real, messages } of pair.watches) {
    const wanted = flattened(messages).length
    for (let waited = 0; waited < 8000 && flattened(real.messages).length < wanted; waited += 2)
      await sleep(2)
  }
}

async function putToBoth(pair: Pair, { path, body }: Command, index: number): Promise<void> {
  const { revision, compactRevision } = pair.model.store
  const sent = asBody(body, revision)
  if (path === '/v3/watch')
    return watchBoth(pair, `watch ${index}`, sent, compactRevision)
  if (path === '/v3/kv/compaction') {
    await settle(pair)
    await sleep(Math.max(0, pair.watchedAt + syncInterval - Date.now()))
  }
  const answer = await post(pair.real, path, sent)
  expect(comparable(path, call(pair.model, path, sent, 0)), `${path} ${JSON.stringify(sent)}`).toEqual(comparable(path, asLater(answer)))
}

async function watchBoth(pair: Pair, name: string, create: any, compactRevision: number): Promise<void> {
  await settle(pair)
  // differences.negativeStart, differences.deletionAtCompaction
  if (Number(create.start_revision) < 0)
    delete create.start_revision
  else if (Number(create.start_revision) === compactRevision)
    create.start_revision = String(compactRevision + 1)
  const body = { create_request: create }
  const watch = { name, real: openRealWatch(pair.real, body), messages: openWatch(pair.model, name, body, 0) }
  pair.watches.push(watch)
  pair.watchedAt = Date.now()
  await settle(pair)
}

/** Empties both, so that a shorter sequence that still differs can be looked for. */
async function clear(pair: Pair): Promise<void> {
  const all = { key: btoa('\0'), range_end: btoa('\0') }
  await putToBoth(pair, { path: '/v3/kv/txn', body: { success: [{ request_delete_range: { key: '\0', range_end: '\0' } }] } }, 0)
  for (const id of pair.model.store.leases.keys())
    await putToBoth(pair, { path: '/v3/lease/revoke', body: { ID: id } }, 0)
  expect(call(pair.model, '/v3/kv/range', all, 0).response.count).toBeUndefined()
}

async function compareRun(pair: Pair, commands: Command[]): Promise<void> {
  pair.watches = []
  try {
    await clear(pair)
    for (const [index, command] of commands.entries())
      await putToBoth(pair, command, index)
    await settle(pair)
    if (pair.watches.length > 0)
      await sleep(5)
    for (const { name, real, messages } of pair.watches)
      expect(flattened(messages), name).toEqual(flattened(real.messages))
  }
  finally {
    for (const { name, real } of pair.watches) {
      closeRealWatch(real)
      closeStream(pair.model, name)
    }
  }
}

describe.skipIf(!program)(`the model and a real etcd${program ? ` ${versionOf(program)}` : ''}`, () => {
  const pair = { model: createServer(), watches: [], watchedAt: 0 } as unknown as Pair

  beforeAll(async () => {
    pair.real = await startEtcd(program!)
  }, 30_000)
  afterAll(() => stopEtcd(pair.real))

  it('answer the same on an empty store', async () => {
    pair.model = createServer()
    const bodies: [string, unknown][] = [
      ['/v3/kv/range', { key: 'AA==', range_end: 'AA==' }],
      ['/v3/kv/compaction', { revision: '-1' }],
      ['/v3/kv/compaction', { revision: 5 }],
      ['/v3/kv/range', { key: 'YQ==', revision: '2' }],
      ['/v3/kv/range', { key: 'YQ==', revision: '-7' }],
      ['/v3/kv/txn', { success: [{ request_range: { key: 'YQ==', revision: '-1' } }] }],
      ['/v3/kv/txn', { success: [{ request_range: { key: 'YQ==', revision: '-2' } }] }],
      ['/v3/kv/compaction', { revision: 0 }],
      ['/v3/kv/compaction', { revision: 0 }],
      ['/v3/kv/compaction', { revision: '1' }],
      ['/v3/lease/leases', {}],
      ['/v3/lease/grant', { ID: '-7', TTL: '-1' }],
      ['/v3/lease/grant', { ID: '-7', TTL: 9_000_000_001 }],
      ['/v3/lease/revoke', { ID: -7 }],
      ['/v3/lease/revoke', {}],
      ['/v3/lease/keepalive', {}],
      ['/v3/kv/put', ''],
      ['/v3/kv/txn', ''],
    ]
    for (const [path, body] of bodies)
      expect(comparable(path, call(pair.model, path, body, 0)), `${path} ${JSON.stringify(body)}`).toEqual(comparable(path, asLater(await post(pair.real, path, body))))
  })

  it('refuse the same transactions', async () => {
    const big = Array.from({ length: 129 }, (_, i) => ({ request_put: { key: `k${i}`, value: 'v' } }))
    const nested = (ops: object[], depth: number): object => depth === 0 ? { success: ops } : { success: [{ request_txn: nested(ops, depth - 1) }] }
    const bodies: any[] = [
      { success: big },
      { success: big.slice(1) },
      { failure: big },
      nested(big.slice(1), 1),
      nested(big.slice(2), 1),
      nested(big.slice(3), 2),
      { success: [{}] },
      { success: [{ request_put: { key: 'a', value: 'x'.repeat(1_600_000) } }] },
      { success: [{ request_put: { key: 'a', value: '1' } }, { request_delete_range: { key: 'A', range_end: '\0' } }] },
      { success: [{ request_put: { key: 'a', value: '1' } }, { request_delete_range: { key: '\0', range_end: '\0' } }] },
      { success: [{ request_put: { key: 'b', value: '1' } }, { request_put: { key: 'b', value: '2' } }, { request_put: { value: '2' } }] },
      { compare: [{ key: 'a', result: 7 }], success: [{ request_range: { key: 'a' } }] },
      { compare: [{ key: 'a', target: 'MOD', version: 1 }], success: [{ request_range: { key: 'a' } }] },
    ]
    for (const body of bodies)
      await putToBoth(pair, { path: '/v3/kv/txn', body }, 0)
    await putToBoth(pair, { path: '/v3/kv/put', body: { key: 'big', value: 'x'.repeat(1_600_000) } }, 0)
    await putToBoth(pair, { path: '/v3/kv/range', body: { key: '\0', range_end: '\0', keys_only: true } }, 0)
  })

  it('sort alike, more keys than Go sorts in order', async () => {
    for (let i = 0; i < 90; i++)
      await putToBoth(pair, { path: '/v3/kv/put', body: { key: `s/${(i * 37) % 61}`, value: String((i * i) % 5) } }, 0)
    const ask = async (body: object): Promise<any[]> => (await post(pair.real, '/v3/kv/range', { key: btoa('s/'), range_end: btoa('s0'), ...body })).response.kvs
    const plain = await ask({})
    const by: Record<string, (kv: any) => string | number> = { VERSION: kv => Number(kv.version), CREATE: kv => Number(kv.create_revision), VALUE: kv => kv.value, KEY: kv => atob(kv.key) }
    for (const [target, value] of Object.entries(by)) {
      for (const length of [13, 20, 40, 61]) {
        const some = await ask({ range_end: btoa(`${atob(plain[length - 1].key)}\0`) })
        const up = sortUnstable(some, (a, b) => value(a) < value(b), earlierShifts)
        const down = sortUnstable(some, (a, b) => value(b) < value(a), earlierShifts)
        const end = { range_end: btoa(`${atob(plain[length - 1].key)}\0`), sort_target: target }
        expect(await ask({ ...end, sort_order: 'ASCEND' }), `${target} ${length}`).toEqual(up)
        expect(await ask({ ...end, sort_order: 'DESCEND' }), `${target} ${length}`).toEqual(down)
      }
    }
  })

  const numRuns = Number(process.env.FC_RUNS ?? 150)
  it(`answer ${numRuns} sequences alike, and tell their watches the same`, async () => {
    const seed = process.env.FC_SEED === undefined ? {} : { seed: Number(process.env.FC_SEED) }
    // The many keys of the tests above would be there in the past: differences.sortOfEquals.
    await clear(pair)
    await putToBoth(pair, { path: '/v3/kv/compaction', body: { revision: { fromNow: 0 } } }, 0)
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), commands => compareRun(pair, commands)),
      { ...seed, numRuns, interruptAfterTimeLimit: undefined },
    )
  }, 600_000)
})
