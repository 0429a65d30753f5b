// Models server/etcdserver/apply.go (Range)
import type { KeyValue, RangeRequest, RangeResponse } from './kv.ts'
import type { Store } from './store.ts'
import { bytesOf } from './kv.ts'
import { rangeAt } from './store.ts'

const targets = ['KEY', 'VERSION', 'CREATE', 'MOD', 'VALUE'] as const
const orders = ['NONE', 'ASCEND', 'DESCEND'] as const

/** The sort option by its name; undefined for a number that stands for none. */
export function sortOptions(request: RangeRequest): { order?: typeof orders[number], target?: typeof targets[number] } {
  const { sortOrder = 'NONE', sortTarget = 'KEY' } = request
  return {
    order: typeof sortOrder === 'number' ? orders[sortOrder] : sortOrder,
    target: typeof sortTarget === 'number' ? targets[sortTarget] : sortTarget,
  }
}

/**
 * Go's sort leaves equal elements in an order that its steps fix; up to 12 elements it keeps theirs. gateway.ts puts its steps
 * in (sort.ts), which the control plane never needs.
 */
export const sorting: { unstable?: <T>(list: readonly T[], less: (a: T, b: T) => boolean) => T[] } = {}

const fewElements = 12

function sorted(kvs: readonly KeyValue[], by: (kv: KeyValue) => string | number, sign: number): KeyValue[] {
  if (sorting.unstable)
    return sorting.unstable(kvs, (a, b) => sign > 0 ? by(a) < by(b) : by(b) < by(a))
  const keys = new Map(kvs.map(kv => [kv, by(kv)]))
  if (kvs.length > fewElements && new Set(keys.values()).size < kvs.length)
    throw new Error('etcd sorts equal elements with sort.ts only')
  return [...kvs].sort((a, b) => sign * (keys.get(a)! < keys.get(b)! ? -1 : Number(keys.get(a)! > keys.get(b)!)))
}

const sortKeys: Record<typeof targets[number], (kv: KeyValue) => string | number> = {
  KEY: kv => kv.key,
  VERSION: kv => kv.version,
  CREATE: kv => kv.createRevision,
  MOD: kv => kv.modRevision,
  VALUE: kv => bytesOf(kv.value),
}

/**
 * Answers a range request. `current` is the revision that the reader sees as the present one. With a sort or a filter on
 * revisions the limit cuts last; `sortTarget` alone sorts (ascending) what the limit has left.
 * @throws EtcdError compacted or futureRevision
 */
export function readRange(store: Store, request: RangeRequest, current = store.revision): RangeResponse {
  const { limit = 0, minModRevision, maxModRevision, minCreateRevision, maxCreateRevision } = request
  const all = rangeAt(store, request, request.revision, current)
  const response: RangeResponse = { header: { revision: current }, kvs: [], more: false, count: all.length }
  if (request.countOnly)
    return response
  let { order = 'NONE', target = 'KEY' } = sortOptions(request)
  let kvs = all
  const filtered = minModRevision || maxModRevision || minCreateRevision || maxCreateRevision
  if (order === 'NONE' && !filtered && limit > 0)
    kvs = kvs.slice(0, limit + 1)
  if (filtered) {
    kvs = kvs.filter(kv => !(maxModRevision && kv.modRevision > maxModRevision)
      && !(minModRevision && kv.modRevision < minModRevision)
      && !(maxCreateRevision && kv.createRevision > maxCreateRevision)
      && !(minCreateRevision && kv.createRevision < minCreateRevision))
  }
  if (order === 'NONE' && target !== 'KEY')
    order = 'ASCEND'
  if (order !== 'NONE')
    kvs = sorted(kvs, sortKeys[target], order === 'ASCEND' ? 1 : -1)
  if (limit > 0 && kvs.length > limit) {
    kvs = kvs.slice(0, limit)
    response.more = true
  }
  response.kvs = request.keysOnly ? kvs.map(kv => ({ ...kv, value: '' })) : kvs
  return response
}
