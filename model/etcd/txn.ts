// Models server/etcdserver/apply.go (Put, DeleteRange, Txn)
import type { Compare, DeleteRangeRequest, DeleteRangeResponse, KeyValue, PutRequest, PutResponse, RequestOp, ResponseOp, TxnRequest, TxnResponse } from './kv.ts'
import type { Store, WriteTxn } from './store.ts'
import { etcdError } from './errors.ts'
import { bytesOf } from './kv.ts'
import { lookupLease } from './lease.ts'
import { readRange } from './range.ts'
import { deleteIn, putIn, rangeAt, revisionOf } from './store.ts'

/** Puts one key inside a write. @throws EtcdError keyNotFound, leaseNotFound */
export function applyPut(txn: WriteTxn, request: PutRequest): PutResponse {
  const { key, ignoreValue, ignoreLease } = request
  let { value = '', lease = '0' } = request
  const [before] = rangeAt(txn.store, { key }, 0, revisionOf(txn))
  if (lease !== '0')
    lookupLease(txn.store, lease)
  checkPrevious(request, before)
  if (before && ignoreValue)
    value = before.value
  if (before && ignoreLease)
    lease = before.lease
  const revision = putIn(txn, key, value, lease)
  return request.prevKv && before ? { header: { revision }, prevKv: before } : { header: { revision } }
}

function checkPrevious(request: PutRequest, before: KeyValue | undefined): void {
  if ((request.ignoreValue || request.ignoreLease) && !before)
    throw etcdError('keyNotFound')
}

/** Deletes a range inside a write. */
export function applyDelete(txn: WriteTxn, request: DeleteRangeRequest): DeleteRangeResponse {
  const prevKvs = request.prevKv ? rangeAt(txn.store, request, 0, revisionOf(txn)) : []
  const deleted = deleteIn(txn, request)
  return { header: { revision: revisionOf(txn) }, deleted, prevKvs }
}

const compareResults = ['EQUAL', 'GREATER', 'LESS', 'NOT_EQUAL'] as const
const compareTargets = ['VERSION', 'CREATE', 'MOD', 'VALUE', 'LEASE'] as const
const absent: KeyValue = { key: '', value: '', createRevision: 0, modRevision: 0, version: 0, lease: '0' }

/** What a comparison sets against each other: numbers, byte strings, or (64-bit) leases. */
function compareSides(compare: Compare, kv: KeyValue): [string | number | bigint, string | number | bigint] {
  const { target = 'VERSION' } = compare
  switch (typeof target === 'number' ? compareTargets[target] : target) {
    case 'VERSION': return [kv.version, compare.version ?? 0]
    case 'CREATE': return [kv.createRevision, compare.createRevision ?? 0]
    case 'MOD': return [kv.modRevision, compare.modRevision ?? 0]
    case 'VALUE': return [bytesOf(kv.value), bytesOf(compare.value)]
    case 'LEASE': return [BigInt(kv.lease), BigInt(compare.lease ?? '0')]
    default: return [0, 0]
  }
}

function holdsFor(compare: Compare, kv: KeyValue): boolean {
  const [actual, wanted] = compareSides(compare, kv)
  const { result = 'EQUAL' } = compare
  switch (typeof result === 'number' ? compareResults[result] : result) {
    case 'EQUAL': return actual === wanted
    case 'NOT_EQUAL': return actual !== wanted
    case 'GREATER': return actual > wanted
    case 'LESS': return actual < wanted
    default: return true
  }
}

/** Whether a comparison holds for every key of its range. A missing key has zeroes, and no value that equals anything. */
export function holds(store: Store, compare: Compare): boolean {
  const found = rangeAt(store, compare)
  if (found.length === 0)
    return compare.target !== 'VALUE' && compare.target !== 3 && holdsFor(compare, absent)
  return found.every(kv => holdsFor(compare, kv))
}

/** The branches that a transaction takes, itself first, then its nested ones: all decided before anything is written. */
export interface TxnPath { succeeded: boolean, ops: RequestOp[], nested: TxnPath[] }

export function choosePath(store: Store, request: TxnRequest): TxnPath {
  const succeeded = (request.compare ?? []).every(compare => holds(store, compare))
  const ops = (succeeded ? request.success : request.failure) ?? []
  return { succeeded, ops, nested: ops.flatMap(op => op.txn ? [choosePath(store, op.txn)] : []) }
}

/** Visits every operation of the chosen branches, in order. */
function eachOp(path: TxnPath, visit: (op: RequestOp) => void): void {
  let nested = 0
  for (const op of path.ops) {
    if (op.txn)
      eachOp(path.nested[nested++]!, visit)
    else
      visit(op)
  }
}

/**
 * Refuses what could not be carried out, so that a transaction is carried out whole or not at all.
 * @throws EtcdError keyNotFound, leaseNotFound; then futureRevision, compacted
 */
export function checkPath(store: Store, path: TxnPath): void {
  eachOp(path, ({ put }) => {
    if (!put)
      return
    checkPrevious(put, rangeAt(store, { key: put.key })[0])
    if (put.lease && put.lease !== '0')
      lookupLease(store, put.lease)
  })
  eachOp(path, (op) => {
    const revision = op.range?.revision ?? 0
    if (revision === 0)
      return
    if (revision > store.revision)
      throw etcdError('futureRevision')
    if (revision < store.compactRevision)
      throw etcdError('compacted')
  })
}

/** Carries the chosen branches out inside a write. A nested transaction's header stays empty. */
export function applyPath(txn: WriteTxn, path: TxnPath): TxnResponse {
  let nested = 0
  const responses = path.ops.map((op): ResponseOp => {
    if (op.range)
      return { range: readRange(txn.store, op.range, revisionOf(txn)) }
    if (op.put)
      return { put: applyPut(txn, op.put) }
    if (op.deleteRange)
      return { deleteRange: applyDelete(txn, op.deleteRange) }
    return { txn: applyPath(txn, path.nested[nested++]!) }
  })
  return { header: {}, succeeded: path.succeeded, responses }
}
