// Models server/storage/mvcc/kvstore.go, kvstore_txn.go, index.go and key_index.go
import type { KeyRange, KeyValue, Value } from './kv.ts'
import { etcdError } from './errors.ts'

/** A time to live, and the keys that end with it. Models server/lease/lessor.go */
export interface Lease {
  /** A 64-bit number in decimal. */
  id: string
  /** What was granted, in seconds. */
  ttl: number
  /** When it ends, in ms of the clock that the grant was given. */
  expiry: number
  keys: Set<string>
}

/** The multi-version store of one member: plain data, changed in place by the functions of this folder. */
export interface Store {
  /** Of the last write; 1 on an empty store. */
  revision: number
  /** Reads below it are refused; -1 while nothing has been compacted. */
  compactRevision: number
  /** The keys of `versions`, sorted. */
  keys: string[]
  /** Each key's versions that are not compacted away, oldest first, deletions included. */
  versions: Map<string, KeyValue[]>
  /** All of these versions in the order in which they were written. */
  log: KeyValue[]
  leases: Map<string, Lease>
}

/** A write under way: all its changes share one revision. */
export interface WriteTxn {
  store: Store
  /** What it changed so far. */
  changes: KeyValue[]
}

export function createStore(): Store {
  return { revision: 1, compactRevision: -1, keys: [], versions: new Map(), log: [], leases: new Map() }
}

/** Index of the first of the sorted `keys` that is not below `key`. */
function lowerBound(keys: string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < key)
      low = middle + 1
    else
      high = middle
  }
  return low
}

/** Whether `key` lies in the range. */
export function inRange(range: KeyRange, key: string): boolean {
  if (!range.rangeEnd)
    return key === range.key
  return key >= range.key && (range.rangeEnd === '\0' || key < range.rangeEnd)
}

/** The version of a key that was the present one at `revision`; undefined where there was none or it was deleted. */
function versionAt(store: Store, key: string, revision: number): KeyValue | undefined {
  const versions = store.versions.get(key)
  if (!versions)
    return undefined
  for (let i = versions.length - 1; i >= 0; i--) {
    const kv = versions[i]!
    if (kv.modRevision <= revision)
      return kv.version > 0 ? kv : undefined
  }
  return undefined
}

/**
 * The present versions of a range's keys at `revision`, in the keys' order. `revision` 0 or less is `current`, the revision
 * that the reader sees as the present one.
 * @throws EtcdError compacted or futureRevision
 */
export function rangeAt(store: Store, range: KeyRange, revision = 0, current = store.revision): KeyValue[] {
  if (revision > current)
    throw etcdError('futureRevision')
  const at = revision > 0 ? revision : current
  if (at < store.compactRevision)
    throw etcdError('compacted')
  if (!range.rangeEnd) {
    const kv = versionAt(store, range.key, at)
    return kv ? [kv] : []
  }
  const found: KeyValue[] = []
  for (let i = lowerBound(store.keys, range.key); i < store.keys.length; i++) {
    const key = store.keys[i]!
    if (range.rangeEnd !== '\0' && key >= range.rangeEnd)
      break
    const kv = versionAt(store, key, at)
    if (kv)
      found.push(kv)
  }
  return found
}

export function beginWrite(store: Store): WriteTxn {
  return { store, changes: [] }
}

/** The revision that a reader inside the write sees as the present one. */
export function revisionOf(txn: WriteTxn): number {
  return txn.store.revision + (txn.changes.length > 0 ? 1 : 0)
}

function append(txn: WriteTxn, kv: KeyValue): void {
  Object.freeze(kv)
  const { store } = txn
  let versions = store.versions.get(kv.key)
  if (!versions) {
    store.keys.splice(lowerBound(store.keys, kv.key), 0, kv.key)
    store.versions.set(kv.key, versions = [])
  }
  versions.push(kv)
  store.log.push(kv)
  txn.changes.push(kv)
}

/** Puts a value; gives the write's revision. `lease` must exist, or be '0'. */
export function putIn(txn: WriteTxn, key: string, value: Value, lease: string): number {
  const { store } = txn
  const revision = store.revision + 1
  const before = versionAt(store, key, revision)
  if (before && before.lease !== '0')
    store.leases.get(before.lease)?.keys.delete(key)
  append(txn, {
    key,
    value,
    createRevision: before?.createRevision ?? revision,
    modRevision: revision,
    version: (before?.version ?? 0) + 1,
    lease,
  })
  if (lease !== '0')
    store.leases.get(lease)?.keys.add(key)
  return revision
}

/** Deletes the keys of a range; gives how many there were. */
export function deleteIn(txn: WriteTxn, range: KeyRange): number {
  const { store } = txn
  const found = rangeAt(store, range, 0, revisionOf(txn))
  for (const before of found) {
    if (before.lease !== '0')
      store.leases.get(before.lease)?.keys.delete(before.key)
    append(txn, { key: before.key, value: '', createRevision: 0, modRevision: store.revision + 1, version: 0, lease: '0' })
  }
  return found.length
}

/** Ends the write. One that changed nothing makes no revision. */
export function endWrite(txn: WriteTxn): void {
  if (txn.changes.length > 0)
    txn.store.revision += 1
}

/**
 * Forgets what can only be read below `revision`: of each key the version that was present there stays, and all later ones.
 * A deletion stays only if it is later, or of that very revision.
 * @throws EtcdError compacted or futureRevision
 */
export function compactTo(store: Store, revision: number): void {
  if (revision <= store.compactRevision)
    throw etcdError('compacted')
  if (revision > store.revision)
    throw etcdError('futureRevision')
  store.compactRevision = revision
  const dropped = new Set<KeyValue>()
  for (const [key, versions] of store.versions) {
    let first = versions.findIndex(kv => kv.modRevision > revision)
    if (first < 0)
      first = versions.length
    const present = versions[first - 1]
    if (present && (present.version > 0 || present.modRevision === revision))
      first -= 1
    if (first === 0)
      continue
    for (const kv of versions.splice(0, first))
      dropped.add(kv)
    if (versions.length === 0)
      store.versions.delete(key)
  }
  if (dropped.size > 0) {
    store.log = store.log.filter(kv => !dropped.has(kv))
    store.keys = store.keys.filter(key => store.versions.has(key))
  }
}
