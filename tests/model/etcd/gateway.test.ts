import { describe, expect, it } from 'vitest'
import { call, openWatch, sendWatch, takeMessages } from '../../../model/etcd/gateway.ts'
import { createServer, deleteRange, leaseGrant, leaseRevoke, leaseTimeToLive, put, range, tick, txn } from '../../../model/etcd/server.ts'
import { progressInterval } from '../../../model/etcd/watch.ts'

/** What the gateway says of a body that is no request. */
function refusal(body: unknown, path = '/v3/kv/range'): unknown {
  const { status, response } = call(createServer(), path, body, 0)
  expect(status).toBe(400)
  return response.message
}

describe('the JSON gateway', () => {
  it('tells what is wrong with a text in the words of Go\'s JSON', () => {
    expect(refusal('{"key":')).toBe('unexpected EOF')
    expect(refusal('{key: 1}')).toBe('invalid character \'k\' looking for beginning of object key string')
    expect(refusal('{"key" "YQ=="}')).toBe('invalid character \'"\' after object key')
    expect(refusal('{"key": "YQ==" "a"}')).toBe('invalid character \'"\' after object key:value pair')
    expect(refusal('{"compare": [1 2]}', '/v3/kv/txn')).toBe('invalid character \'2\' after array element')
    expect(refusal('{"limit": 01}')).toBe('invalid character \'1\' after object key:value pair')
    expect(refusal('{"limit": 1.}')).toBe('invalid character \'}\' after decimal point in numeric literal')
    expect(refusal('{"keys_only": trUe}')).toBe('invalid character \'U\' in literal true (expecting \'u\')')
    expect(refusal('hello')).toBe('invalid character \'h\' looking for beginning of value')
    expect(refusal('')).toBe('etcdserver: key is not provided')
  })

  it('tells what is wrong with a message in the words of protobuf', () => {
    expect(refusal('[]')).toBe('proto:\u00A0syntax error (line 1:1): unexpected token [')
    expect(refusal('{"key": 5}')).toBe('proto:\u00A0(line 1:9): invalid value for bytes field key: 5')
    expect(refusal('{\n "limit": "x"}')).toBe('proto:\u00A0(line 2:11): invalid value for int64 field limit: "x"')
    expect(refusal('{"limit": 1.5}')).toBe('proto:\u00A0(line 1:11): invalid value for int64 field limit: 1.5')
    expect(refusal('{"limit": 9223372036854775808}')).toBe('proto:\u00A0(line 1:11): invalid value for int64 field limit: 9223372036854775808')
    expect(refusal('{"range_end": "?"}')).toBe('proto:\u00A0(line 1:15): invalid value for bytes field rangeEnd: "?"')
    expect(refusal('{"keys_only": "yes"}')).toBe('proto:\u00A0(line 1:15): invalid value for bool field keysOnly: "yes"')
    expect(refusal('{"key": "YQ==", "key": "Yg=="}')).toBe('proto:\u00A0(line 1:17): duplicate field "key"')
    expect(refusal('{"compare": {}}', '/v3/kv/txn')).toBe('proto:\u00A0syntax error (line 1:13): unexpected token {')
    expect(refusal('{"compare": [{"version": 1, "mod_revision": 2}]}', '/v3/kv/txn')).toBe('proto:\u00A0(line 1:29): error parsing "mod_revision", oneof etcdserverpb.Compare.target_union is already set')
  })

  it('reads numbers, names and bytes in every form that protobuf allows', () => {
    const server = createServer()
    put(server, { key: 'a>?', value: '1' })
    for (const body of ['{"key": "YT4/", "limit": "1"}', '{"key": "YT4_", "limit": 1e0}', '{"key": "YT4_", "rangeEnd": "", "limit": 10.0e-1, "unknown": {}}', '{"key": "YT4/", "sort_order": 1, "sort_target": "NOBODY", "limit": null}'])
      expect(call(server, '/v3/kv/range', body, 0).response.count, body).toBe('1')
    expect(refusal('{"key": "YQ==", "sort_order": 9}')).toBe('etcdserver: invalid sort option')
  })

  it('knows which paths etcd has', () => {
    expect(call(createServer(), '/v3/kv/nothing', {}, 0)).toEqual({ status: 404, response: { code: 5, message: 'Not Found' } })
    expect(call(createServer(), '/v2/keys', {}, 0).status).toBe(404)
    expect(call(createServer(), '/v3/auth/enable', {}, 0)).toEqual({ status: 501, response: { code: 12, message: 'not modelled: /v3/auth/enable' } })
  })

  it('tells progress only when a whole stream is in sync and has reached its start', () => {
    const server = createServer()
    const key = btoa('a')
    openWatch(server, 's', { create_request: { key } }, 0)
    expect(sendWatch(server, 's', { progress_request: {} })).toMatchObject([{ result: { watch_id: '-1', header: { revision: '1' } } }])
    sendWatch(server, 's', { create_request: { key, start_revision: 3 } })
    expect(sendWatch(server, 's', { progress_request: {} })).toEqual([])
    put(server, { key: 'b' })
    put(server, { key: 'b' })
    expect(sendWatch(server, 's', { progress_request: {} })).toMatchObject([{ result: { watch_id: '-1', header: { revision: '3' } } }])
    expect(openWatch(server, 'none', { progress_request: {} }, 0)).toEqual([])
  })

  it('tells progress every ten minutes to who asked, unless there was an event', () => {
    const server = createServer()
    const key = btoa('a')
    openWatch(server, 's', { create_request: { key, progress_notify: true } }, 0)
    openWatch(server, 'silent', { create_request: { key } }, 0)
    tick(server, progressInterval)
    expect(takeMessages(server, 's')).toMatchObject([{ result: { header: { revision: '1' } } }])
    put(server, { key: 'a' })
    tick(server, 2 * progressInterval)
    expect(takeMessages(server, 's')).toMatchObject([{ result: { events: [{ kv: { key } }] } }])
    tick(server, 3 * progressInterval)
    expect(takeMessages(server, 's')).toMatchObject([{ result: { header: { revision: '2' } } }])
    expect(takeMessages(server, 'silent')).toHaveLength(1)
  })

  it('still tells a watch of a deletion at the very revision of the compaction', () => {
    const server = createServer()
    const key = btoa('a')
    put(server, { key: 'a' })
    txn(server, { success: [{ deleteRange: { key: 'a' } }] })
    put(server, { key: 'b' })
    call(server, '/v3/kv/compaction', { revision: 3 }, 0)
    expect(openWatch(server, 's', { create_request: { key, start_revision: 3, prev_kv: true } }, 0)).toMatchObject([
      { result: { created: true } },
      { result: { events: [{ type: 'DELETE', kv: { key, mod_revision: '3' } }] } },
    ])
    call(server, '/v3/kv/compaction', { revision: 4 }, 0)
    expect(server.store.keys).toEqual(['b'])
  })

  it('splits what a watch has missed into messages of a thousand revisions', () => {
    const server = createServer()
    for (let i = 0; i < 2500; i++)
      put(server, { key: 'a', value: String(i) })
    const [, ...told] = openWatch(server, 's', { create_request: { key: btoa('a'), start_revision: 1 } }, 0) as { result: { events: object[] } }[]
    expect(told.map(({ result }) => result.events.length)).toEqual([1000, 1000, 500])
  })

  it('takes a deleted key, or one put again without it, off its lease', () => {
    const server = createServer()
    const keys = () => leaseTimeToLive(server, { id: '7', keys: true }, 0).keys
    leaseGrant(server, { id: '7', ttl: 60 }, 0)
    for (const key of ['a', 'b', 'c'])
      put(server, { key, lease: '7' })
    expect(keys()).toEqual(['a', 'b', 'c'])
    deleteRange(server, { key: 'a' })
    put(server, { key: 'b' })
    expect(keys()).toEqual(['c'])
    put(server, { key: 'a' })
    leaseRevoke(server, { id: '7' })
    expect(server.store.revision).toBe(8)
    expect(range(server, { key: 'a', rangeEnd: 'd' }).kvs.map(({ key }) => key)).toEqual(['a', 'b'])
  })

  it('shows an object that is a value as its JSON', () => {
    const server = createServer()
    const value = { kind: 'Pod' }
    put(server, { key: 'a', value })
    expect(range(server, { key: 'a' }).kvs[0]!.value).toBe(value)
    expect(call(server, '/v3/kv/range', { key: btoa('a') }, 0).response.kvs).toMatchObject([{ value: btoa('{"kind":"Pod"}') }])
  })
})
