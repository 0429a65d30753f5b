// Models server/etcdserver/apply.go (Range)
import type { KeyValue, RangeRequest, RangeResponse } from './kv.ts'
import type { Store } from './store.ts'
import { bytesOf } from './kv.ts'
import { sortUnstable } from './sort.ts'
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
  if (order !== 'NONE') {
    const by = sortKeys[target]
    kvs = sortUnstable(kvs, order === 'ASCEND' ? (a, b) => by(a) < by(b) : (a, b) => by(b) < by(a))
  }
  if (limit > 0 && kvs.length > limit) {
    kvs = kvs.slice(0, limit)
    response.more = true
  }
  response.kvs = request.keysOnly ? kvs.map(kv => ({ ...kv, value: '' })) : kvs
  return response
}
