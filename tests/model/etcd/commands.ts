import fc from 'fast-check'

/** Keys are few, so that what is drawn meets. Bytes above 127 and a NUL are among them. */
const key = fc.constantFrom('a', 'a/1', 'a/2', 'a/2\0', 'b', 'b/x', 'c', '\xFF')
const rangeEnd = fc.option(fc.oneof({ weight: 3, arbitrary: fc.constantFrom('\0', 'b', 'b0', 'a0', 'c', '\xFF\xFF') }, key), { nil: undefined, freq: 2 })
const value = fc.constantFrom('', '1', '2', '11', 'x', '\xC3\xA9')
const lease = fc.constantFrom('1000', '1001', '1002')
/** A revision as a distance from the present one; undefined for none. */
const past = fc.option(fc.integer({ min: -12, max: 2 }), { nil: undefined })
const flag = fc.option(fc.constant(true), { nil: undefined, freq: 1 })

/** Relative revisions are told by a wrapper, made absolute when the command is put. */
export interface FromNow { fromNow: number }

const fromNow = past.map(distance => distance === undefined ? undefined : { fromNow: distance })

const put = fc.record({
  key,
  value: fc.option(value, { nil: undefined }),
  lease: fc.option(lease, { nil: undefined, freq: 1 }),
  prev_kv: flag,
  ignore_value: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, fc.constant(true)),
  ignore_lease: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, fc.constant(true)),
})

const range = fc.record({
  key,
  range_end: rangeEnd,
  limit: fc.option(fc.integer({ min: -1, max: 3 }), { nil: undefined }),
  revision: fromNow,
  sort_order: fc.constantFrom(undefined, 'NONE', 'ASCEND', 'DESCEND'),
  sort_target: fc.constantFrom(undefined, 'KEY', 'VERSION', 'CREATE', 'MOD', 'VALUE'),
  keys_only: flag,
  count_only: flag,
  serializable: flag,
  min_mod_revision: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fromNow),
  max_mod_revision: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fromNow),
  min_create_revision: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fromNow),
  max_create_revision: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fromNow),
})

const deleteRange = fc.record({ key, range_end: rangeEnd, prev_kv: flag })

const compare = fc.record({ key, range_end: fc.option(rangeEnd, { nil: undefined, freq: 1 }), result: fc.constantFrom('EQUAL', 'GREATER', 'LESS', 'NOT_EQUAL') })
  .chain(base => fc.oneof(
    fc.record({ target: fc.constant('VERSION'), version: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ target: fc.constant('CREATE'), create_revision: fc.oneof(fc.constant(0), fromNow) }),
    fc.record({ target: fc.constant('MOD'), mod_revision: fc.oneof(fc.constant(0), fromNow) }),
    fc.record({ target: fc.constant('VALUE'), value }),
    fc.record({ target: fc.constant('LEASE'), lease: fc.oneof(fc.constant('0'), lease) }),
  ).map(target => ({ ...base, ...target })))

/** Operations of a transaction; `deep` lets them be transactions themselves. */
function operations(deep: number): fc.Arbitrary<object[]> {
  const simple: fc.Arbitrary<object>[] = [
    put.map(request_put => ({ request_put })),
    range.map(request_range => ({ request_range })),
    deleteRange.map(request_delete_range => ({ request_delete_range })),
  ]
  const one = deep > 0 ? fc.oneof(...simple, transaction(deep - 1).map(request_txn => ({ request_txn }))) : fc.oneof(...simple)
  return fc.array(one, { maxLength: 3 })
}

function transaction(deep: number): fc.Arbitrary<object> {
  return fc.record({ compare: fc.array(compare, { maxLength: 2 }), success: operations(deep), failure: operations(deep) })
}

const watch = fc.record({
  key,
  range_end: rangeEnd,
  start_revision: fromNow,
  prev_kv: flag,
  filters: fc.constantFrom(undefined, [], ['NOPUT'], ['NODELETE'], ['NOPUT', 'NODELETE']),
})

export interface Command { path: string, body: any }

/** One thing to put to an etcd: a request, or a watch to open. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: put.map(body => ({ path: '/v3/kv/put', body })) },
  { weight: 4, arbitrary: range.map(body => ({ path: '/v3/kv/range', body })) },
  { weight: 3, arbitrary: deleteRange.map(body => ({ path: '/v3/kv/deleterange', body })) },
  { weight: 5, arbitrary: transaction(2).map(body => ({ path: '/v3/kv/txn', body })) },
  { weight: 1, arbitrary: fc.record({ revision: fromNow, physical: flag }).map(body => ({ path: '/v3/kv/compaction', body })) },
  { weight: 2, arbitrary: fc.record({ ID: lease, TTL: fc.constantFrom(600, '3600', 9_000_000_001) }).map(body => ({ path: '/v3/lease/grant', body })) },
  { weight: 1, arbitrary: fc.record({ ID: lease }).map(body => ({ path: '/v3/lease/revoke', body })) },
  { weight: 1, arbitrary: fc.record({ ID: lease }).map(body => ({ path: '/v3/lease/keepalive', body })) },
  { weight: 1, arbitrary: fc.record({ ID: lease, keys: flag }).map(body => ({ path: '/v3/lease/timetolive', body })) },
  { weight: 2, arbitrary: watch.map(body => ({ path: '/v3/watch', body })) },
)

const base64Fields = new Set(['key', 'value', 'range_end'])

/** The body as it is sent: absolute revisions, bytes in base64. */
export function asBody(body: any, revision: number): any {
  if (Array.isArray(body))
    return body.map(item => asBody(item, revision))
  if (typeof body !== 'object' || body === null)
    return body
  if ('fromNow' in body)
    return String(revision + (body as FromNow).fromNow)
  return Object.fromEntries(Object.entries(body)
    .filter(([, part]) => part !== undefined)
    .map(([name, part]) => [name, base64Fields.has(name) ? btoa(part as string) : asBody(part, revision)]))
}
