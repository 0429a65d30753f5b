// Models server/etcdserver/api/v3rpc/key.go
import type { Compare, DeleteRangeRequest, KeyRange, PutRequest, RangeRequest, RequestOp, TxnRequest } from './kv.ts'
import { etcdError } from './errors.ts'
import { bytesOf } from './kv.ts'
import { sortOptions } from './range.ts'

/** Operations that one list of a transaction may hold. */
const maxTxnOps = 128

/** What a member refuses before anything is proposed. @throws EtcdError emptyKey, invalidSortOption */
export function checkRange(request: RangeRequest): void {
  checkKey(request)
  const { order, target } = sortOptions(request)
  if (!order || !target)
    throw etcdError('invalidSortOption')
}

/** @throws EtcdError emptyKey, valueProvided, leaseProvided */
export function checkPut(request: PutRequest): void {
  checkKey(request)
  if (request.ignoreValue && bytesOf(request.value) !== '')
    throw etcdError('valueProvided')
  if (request.ignoreLease && (request.lease ?? '0') !== '0')
    throw etcdError('leaseProvided')
}

/** @throws EtcdError emptyKey */
export function checkKey(request: DeleteRangeRequest | Compare): void {
  if (!request.key)
    throw etcdError('emptyKey')
}

/** @throws EtcdError tooManyOps, emptyKey, keyNotFound (an empty operation), duplicateKey and those of its operations */
export function checkTxn(request: TxnRequest): void {
  checkTxnOps(request, maxTxnOps)
  checkIntervals(request.success ?? [])
  checkIntervals(request.failure ?? [])
}

function checkTxnOps(request: TxnRequest, max: number): void {
  const { compare = [], success = [], failure = [] } = request
  const operations = Math.max(compare.length, success.length, failure.length)
  if (operations > max)
    throw etcdError('tooManyOps')
  compare.forEach(checkKey)
  for (const op of [...success, ...failure])
    checkOp(op, max - operations)
}

function checkOp(op: RequestOp, max: number): void {
  if (op.range)
    checkRange(op.range)
  else if (op.put)
    checkPut(op.put)
  else if (op.deleteRange)
    checkKey(op.deleteRange)
  else if (op.txn)
    checkTxnOps(op.txn, max)
  else
    throw etcdError('keyNotFound')
}

/**
 * Refuses a key put twice, or put and deleted, by operations that may run together. `rangeEnd` '\0' counts as that very key
 * here, so a deletion "from a key on" hides nothing: etcd lets it pass.
 * @throws EtcdError duplicateKey
 */
function checkIntervals(ops: RequestOp[]): { puts: Set<string>, deletions: KeyRange[] } {
  const deletions: KeyRange[] = ops.flatMap(op => op.deleteRange ? [op.deleteRange] : [])
  const puts = new Set<string>()
  const add = (key: string, mayRepeat?: Set<string>) => {
    if (puts.has(key) && !mayRepeat?.has(key))
      throw etcdError('duplicateKey')
    if (deletions.some(({ key: from, rangeEnd }) => rangeEnd ? key >= from && key < rangeEnd : key === from))
      throw etcdError('duplicateKey')
    puts.add(key)
  }
  for (const op of ops) {
    if (!op.txn)
      continue
    const then = checkIntervals(op.txn.success ?? [])
    const otherwise = checkIntervals(op.txn.failure ?? [])
    then.puts.forEach(key => add(key))
    otherwise.puts.forEach(key => add(key, then.puts))
    deletions.push(...then.deletions, ...otherwise.deletions)
  }
  for (const op of ops) {
    if (op.put)
      add(op.put.key)
  }
  return { puts, deletions }
}
