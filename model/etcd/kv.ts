// Models api/mvccpb/kv.proto and api/etcdserverpb/rpc.proto (the key-value part)

/**
 * What a key holds. The store never looks inside but to compare and to sort. An object is kept by reference, must never be
 * changed afterwards, and counts as its JSON text wherever bytes are asked for.
 */
export type Value = string | object

/**
 * One version of a key. A key (and a string value) is a string of bytes: one character a byte, compared in that order; plain
 * ASCII names are simply themselves. A deletion is a version with `version` 0 and `createRevision` 0.
 */
export interface KeyValue {
  readonly key: string
  readonly value: Value
  /** Revision of the put that made the key, 0 in a deletion. */
  readonly createRevision: number
  /** Revision of this version. */
  readonly modRevision: number
  /** 1 for the first version since the key was made, 0 in a deletion. */
  readonly version: number
  /** The lease the key hangs on, a 64-bit number in decimal; '0' for none. */
  readonly lease: string
}

export type SortOrder = 'NONE' | 'ASCEND' | 'DESCEND'
export type SortTarget = 'KEY' | 'VERSION' | 'CREATE' | 'MOD' | 'VALUE'

/**
 * The keys from `key` up to `rangeEnd`, that one left out. Without `rangeEnd` (or ''): the one key. `rangeEnd` '\0': every key
 * from `key` on; with `key` '\0' too: all keys.
 */
export interface KeyRange {
  key: string
  rangeEnd?: string
}

export interface RangeRequest extends KeyRange {
  /** At most so many keys; 0 for all. */
  limit?: number
  /** The revision to read at; 0 or less for the present one. */
  revision?: number
  sortOrder?: SortOrder | number
  sortTarget?: SortTarget | number
  /** Answer from this member's own store, however old it may be. */
  serializable?: boolean
  keysOnly?: boolean
  countOnly?: boolean
  minModRevision?: number
  maxModRevision?: number
  minCreateRevision?: number
  maxCreateRevision?: number
}

export interface PutRequest {
  key: string
  value?: Value
  lease?: string
  prevKv?: boolean
  ignoreValue?: boolean
  ignoreLease?: boolean
}

export interface DeleteRangeRequest extends KeyRange {
  prevKv?: boolean
}

/** A condition on a key, or on every key of a range; true where `actual result wanted` is, say `version GREATER 3`. */
export interface Compare extends KeyRange {
  target?: 'VERSION' | 'CREATE' | 'MOD' | 'VALUE' | 'LEASE' | number
  result?: 'EQUAL' | 'GREATER' | 'LESS' | 'NOT_EQUAL' | number
  version?: number
  createRevision?: number
  modRevision?: number
  value?: Value
  lease?: string
}

/** One operation of a transaction: exactly one of the four. */
export interface RequestOp {
  range?: RangeRequest
  put?: PutRequest
  deleteRange?: DeleteRangeRequest
  txn?: TxnRequest
}

/** If every comparison holds, `success`, else `failure`, in one revision. */
export interface TxnRequest {
  compare?: Compare[]
  success?: RequestOp[]
  failure?: RequestOp[]
}

export interface CompactionRequest {
  revision?: number
  physical?: boolean
}

/** On every answer; the ids and the term are filled in by the member that answers. */
export interface ResponseHeader {
  clusterId?: string
  memberId?: string
  revision?: number
  raftTerm?: number
}

export interface RangeResponse {
  header: ResponseHeader
  kvs: KeyValue[]
  /** There were more keys than `limit`. */
  more: boolean
  /** Keys of the range, whatever the limit and the filters. */
  count: number
}

export interface PutResponse {
  header: ResponseHeader
  prevKv?: KeyValue
}

export interface DeleteRangeResponse {
  header: ResponseHeader
  deleted: number
  prevKvs: KeyValue[]
}

export interface ResponseOp {
  range?: RangeResponse
  put?: PutResponse
  deleteRange?: DeleteRangeResponse
  txn?: TxnResponse
}

export interface TxnResponse {
  header: ResponseHeader
  succeeded: boolean
  responses: ResponseOp[]
}

/** A change of one key as a watch tells it. */
export interface Event {
  type: 'PUT' | 'DELETE'
  /** Of a deletion only `key` and `modRevision` say something. */
  kv: KeyValue
  /** The version before, where the watch asked for it and it isn't compacted. */
  prevKv?: KeyValue
}

/** The bytes of a value. */
export function bytesOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}

/** The `rangeEnd` with which `prefix` as `key` means every key that begins with it. */
export function prefixEnd(prefix: string): string {
  for (let i = prefix.length - 1; i >= 0; i--) {
    const code = prefix.charCodeAt(i)
    if (code < 0xFF)
      return prefix.slice(0, i) + String.fromCharCode(code + 1)
  }
  return '\0'
}
