// Models server/lease/lessor.go
import type { KeyValue, ResponseHeader } from './kv.ts'
import type { Lease, Store } from './store.ts'
import { etcdError } from './errors.ts'
import { beginWrite, deleteIn, endWrite } from './store.ts'

export interface LeaseGrantRequest { id?: string, ttl?: number }
export interface LeaseGrantResponse { header: ResponseHeader, id: string, ttl: number }
export interface LeaseRevokeResponse { header: ResponseHeader }
export interface LeaseKeepAliveResponse { header: ResponseHeader, id: string, ttl: number }
export interface LeaseTimeToLiveRequest { id?: string, keys?: boolean }
export interface LeaseTimeToLiveResponse { header: ResponseHeader, id: string, ttl: number, grantedTTL: number, keys: string[] }
export interface LeaseLeasesResponse { header: ResponseHeader, leases: { id: string }[] }

/** The shortest time to live in seconds: one and a half election time-outs (of 1 s), rounded up. */
const minTTL = 2
/** The longest time to live in seconds. */
const maxTTL = 9_000_000_000

/**
 * Grants a lease of `ttl` seconds from `now` (ms) on.
 * @throws EtcdError leaseTTLTooLarge, leaseExists
 */
export function grantLease(store: Store, id: string, ttl: number, now: number): Lease {
  if (ttl > maxTTL)
    throw etcdError('leaseTTLTooLarge')
  if (store.leases.has(id))
    throw etcdError('leaseExists')
  const lease = { id, ttl: Math.max(ttl, minTTL), expiry: 0, keys: new Set<string>() }
  lease.expiry = now + lease.ttl * 1000
  store.leases.set(id, lease)
  return lease
}

/** The lease. @throws EtcdError leaseNotFound */
export function lookupLease(store: Store, id: string): Lease {
  const lease = store.leases.get(id)
  if (!lease)
    throw etcdError('leaseNotFound')
  return lease
}

/**
 * Ends a lease and deletes its keys, in their order, in one revision; gives the deletions.
 * @throws EtcdError leaseNotFound
 */
export function revokeLease(store: Store, id: string): KeyValue[] {
  const lease = lookupLease(store, id)
  const txn = beginWrite(store)
  for (const key of [...lease.keys].sort())
    deleteIn(txn, { key })
  store.leases.delete(id)
  endWrite(txn)
  return txn.changes
}

/** Starts the time to live anew. @throws EtcdError leaseNotFound */
export function renewLease(store: Store, id: string, now: number): Lease {
  const lease = lookupLease(store, id)
  lease.expiry = now + lease.ttl * 1000
  return lease
}

/** Whole seconds left, as etcd counts them. */
export function remaining(lease: Lease, now: number): number {
  return Math.trunc((lease.expiry - now) / 1000)
}

/** All leases, the one that ends first first. */
export function leasesByExpiry(store: Store): Lease[] {
  return [...store.leases.values()].sort((a, b) => a.expiry - b.expiry)
}

/** A new leader doesn't know when the others last heard from the holders: every lease begins anew, `extra` ms longer. */
export function promoteLeases(store: Store, now: number, extra: number): void {
  for (const lease of store.leases.values())
    lease.expiry = now + lease.ttl * 1000 + extra
}
