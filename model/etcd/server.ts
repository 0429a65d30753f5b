// Models server/etcdserver/v3_server.go and apply.go: what one member does with a request
import type { CompactionRequest, DeleteRangeRequest, DeleteRangeResponse, KeyValue, PutRequest, PutResponse, RangeRequest, RangeResponse, ResponseHeader, TxnRequest, TxnResponse } from './kv.ts'
import type { LeaseGrantRequest, LeaseGrantResponse, LeaseKeepAliveResponse, LeaseLeasesResponse, LeaseRevokeResponse, LeaseTimeToLiveRequest, LeaseTimeToLiveResponse } from './lease.ts'
import type { Store } from './store.ts'
import type { WatchCreateRequest, WatchResponse, WatchStream } from './watch.ts'
import { checkKey, checkPut, checkRange, checkTxn } from './checks.ts'
import { etcdError } from './errors.ts'
import { bytesOf } from './kv.ts'
import { grantLease, leasesByExpiry, remaining, renewLease, revokeLease } from './lease.ts'
import { readRange } from './range.ts'
import { beginWrite, compactTo, createStore, endWrite } from './store.ts'
import { applyDelete, applyPath, applyPut, checkPath, choosePath } from './txn.ts'
import { cancelWatch, createWatch, createWatchStream, notify, requestProgress, tickProgress } from './watch.ts'

/** One member: its store and the watches opened on it. Plain data, changed in place. */
export interface Server {
  store: Store
  /** By the name that their opener gave them. */
  streams: Map<string, WatchStream>
  clusterId: string
  memberId: string
  raftTerm: number
  /** Entries of the log that are applied. */
  raftIndex: number
  /** The number of the next lease that is granted without one. */
  nextLeaseId: number
}

/** A request that every member applies, in the order of the log. */
export type RaftRequest
  = | { put: PutRequest }
    | { deleteRange: DeleteRangeRequest }
    | { txn: TxnRequest }
    | { compaction: CompactionRequest }
    | { leaseGrant: LeaseGrantRequest & { id: string } }
    | { leaseRevoke: { id?: string } }

/** Bytes that one proposal may hold. */
const maxRequestBytes = 1.5 * 1024 * 1024

/** A member with an empty store. Ids are 64-bit numbers in decimal. */
export function createServer(ids: { clusterId?: string, memberId?: string, raftTerm?: number } = {}): Server {
  const { clusterId = '1', memberId = '1', raftTerm = 2 } = ids
  return { store: createStore(), streams: new Map(), clusterId, memberId, raftTerm, raftIndex: 4, nextLeaseId: 1_000_001 }
}

/** About what a request takes on the wire, in bytes. */
function sizeOf(request: unknown): number {
  if (typeof request === 'string')
    return request.length + 2
  if (Array.isArray(request))
    return request.reduce((sum: number, item) => sum + sizeOf(item), 0)
  if (request && typeof request === 'object')
    return Object.entries(request).reduce((sum, [name, value]) => sum + (name === 'value' ? bytesOf(value as string).length + 4 : sizeOf(value) + 2), 0)
  return 2
}

/**
 * What the member that takes a request refuses before it reaches the others.
 * @throws EtcdError see checks.ts; requestTooLarge
 */
export function checkRequest(request: RaftRequest): void {
  if ('put' in request)
    checkPut(request.put)
  else if ('deleteRange' in request)
    checkKey(request.deleteRange)
  else if ('txn' in request)
    checkTxn(request.txn)
  if (sizeOf(request) > maxRequestBytes)
    throw etcdError('requestTooLarge')
}

function write<T>(server: Server, change: (txn: ReturnType<typeof beginWrite>) => T): T {
  const txn = beginWrite(server.store)
  const response = change(txn)
  endWrite(txn)
  notifyAll(server, txn.changes)
  return response
}

function notifyAll(server: Server, changes: KeyValue[]): void {
  if (changes.length === 0)
    return
  for (const stream of server.streams.values())
    notify(server.store, stream, changes)
}

/** The answer to a checked request, after it was carried out. @throws EtcdError what the store refuses */
export function applyRequest(server: Server, request: RaftRequest, now: number): { header: ResponseHeader } {
  const { store } = server
  server.raftIndex += 1
  if ('put' in request)
    return write(server, txn => applyPut(txn, request.put))
  if ('deleteRange' in request)
    return write(server, txn => applyDelete(txn, request.deleteRange))
  if ('txn' in request) {
    const path = choosePath(store, request.txn)
    checkPath(store, path)
    const response = write(server, txn => applyPath(txn, path))
    return { ...response, header: { revision: store.revision } }
  }
  if ('compaction' in request) {
    compactTo(store, request.compaction.revision ?? 0)
    return { header: { revision: store.revision } }
  }
  if ('leaseGrant' in request) {
    const { id, ttl = 0 } = request.leaseGrant
    const lease = grantLease(store, id, ttl, now)
    return { header: { revision: store.revision }, id, ttl: lease.ttl } as LeaseGrantResponse
  }
  notifyAll(server, revokeLease(store, request.leaseRevoke.id ?? '0'))
  return { header: { revision: store.revision } }
}

function carryOut(server: Server, request: RaftRequest, now = 0): { header: ResponseHeader } {
  checkRequest(request)
  return applyRequest(server, request, now)
}

/** @throws EtcdError emptyKey, invalidSortOption, compacted, futureRevision */
export function range(server: Server, request: RangeRequest): RangeResponse {
  checkRange(request)
  return readRange(server.store, request)
}

/** @throws EtcdError emptyKey, valueProvided, leaseProvided, keyNotFound, leaseNotFound, requestTooLarge */
export function put(server: Server, request: PutRequest): PutResponse {
  return carryOut(server, { put: request })
}

/** @throws EtcdError emptyKey */
export function deleteRange(server: Server, request: DeleteRangeRequest): DeleteRangeResponse {
  return carryOut(server, { deleteRange: request }) as DeleteRangeResponse
}

/** @throws EtcdError see checks.ts and txn.ts; nothing is written then */
export function txn(server: Server, request: TxnRequest): TxnResponse {
  return carryOut(server, { txn: request }) as TxnResponse
}

/** @throws EtcdError compacted, futureRevision */
export function compact(server: Server, request: CompactionRequest): { header: ResponseHeader } {
  return carryOut(server, { compaction: request })
}

/** The request with a lease number of the member's choice, if it brings none. */
export function withLeaseId(server: Server, request: LeaseGrantRequest): LeaseGrantRequest & { id: string } {
  const id = request.id ?? '0'
  return { ...request, id: id === '0' ? String(server.nextLeaseId++) : id }
}

/** `ttl` in seconds, `now` in ms. @throws EtcdError leaseTTLTooLarge, leaseExists */
export function leaseGrant(server: Server, request: LeaseGrantRequest, now: number): LeaseGrantResponse {
  return carryOut(server, { leaseGrant: withLeaseId(server, request) }, now) as LeaseGrantResponse
}

/** Deletes the lease's keys too. @throws EtcdError leaseNotFound */
export function leaseRevoke(server: Server, request: { id?: string }): LeaseRevokeResponse {
  return carryOut(server, { leaseRevoke: request })
}

/** The time to live from now on; 0 if there is no such lease. */
export function leaseKeepAlive(server: Server, request: { id?: string }, now: number): LeaseKeepAliveResponse {
  const id = request.id ?? '0'
  const header = { revision: server.store.revision }
  return { header, id, ttl: server.store.leases.has(id) ? renewLease(server.store, id, now).ttl : 0 }
}

/** Whole seconds left; -1 if there is no such lease. */
export function leaseTimeToLive(server: Server, request: LeaseTimeToLiveRequest, now: number): LeaseTimeToLiveResponse {
  const id = request.id ?? '0'
  const header = { revision: server.store.revision }
  const lease = server.store.leases.get(id)
  if (!lease)
    return { header, id, ttl: -1, grantedTTL: 0, keys: [] }
  return { header, id, ttl: remaining(lease, now), grantedTTL: lease.ttl, keys: request.keys ? [...lease.keys] : [] }
}

export function leaseLeases(server: Server): LeaseLeasesResponse {
  return { header: { revision: server.store.revision }, leases: leasesByExpiry(server.store).map(({ id }) => ({ id })) }
}

/** The leases that have ended by `now` (ms): for the leader to revoke. */
export function expiredLeases(server: Server, now: number): string[] {
  return leasesByExpiry(server.store).filter(lease => lease.expiry <= now).map(lease => lease.id)
}

/** What time alone does on a member without others: ends leases, tells progress. */
export function tick(server: Server, now: number): void {
  for (const id of expiredLeases(server, now))
    leaseRevoke(server, { id })
  for (const stream of server.streams.values())
    tickProgress(server.store, stream, now)
}

/** Opens a watch stream under a name of the caller's choice. */
export function openStream(server: Server, name: string, now = 0): void {
  server.streams.set(name, createWatchStream(now))
}

export function closeStream(server: Server, name: string): void {
  server.streams.delete(name)
}

/** Adds a watch to an open stream; `created` is the first of its messages. */
export function watchCreate(server: Server, name: string, request: WatchCreateRequest): void {
  createWatch(server.store, streamOf(server, name), request)
}

export function watchCancel(server: Server, name: string, watchId: number): void {
  cancelWatch(server.store, streamOf(server, name), watchId)
}

export function watchProgress(server: Server, name: string): void {
  requestProgress(server.store, streamOf(server, name))
}

/** The messages that a stream holds for its client, which has them now. */
export function takeResponses(server: Server, name: string): WatchResponse[] {
  return streamOf(server, name).responses.splice(0)
}

function streamOf(server: Server, name: string): WatchStream {
  const stream = server.streams.get(name)
  if (!stream)
    throw new Error(`no watch stream ${name} is open`)
  return stream
}
