// Models api/etcdserverpb/rpc.proto as the JSON gateway shows it

/** Names of an enum's values, from 0 on. */
export const enums: Record<string, readonly string[]> = {
  SortOrder: ['NONE', 'ASCEND', 'DESCEND'],
  SortTarget: ['KEY', 'VERSION', 'CREATE', 'MOD', 'VALUE'],
  CompareResult: ['EQUAL', 'GREATER', 'LESS', 'NOT_EQUAL'],
  CompareTarget: ['VERSION', 'CREATE', 'MOD', 'VALUE', 'LEASE'],
  FilterType: ['NOPUT', 'NODELETE'],
  EventType: ['PUT', 'DELETE'],
}

/** One field of a message: how JSON names it, how the plain requests of kv.ts do, and what it holds. */
export interface Field {
  /** As in the .proto file: the gateway writes this one. */
  name: string
  /** protobuf's JSON name, which the gateway reads too. */
  jsonName: string
  plain: string
  /** bytes, int64, id (a 64-bit number kept as text), bool, an enum, or a message. */
  type: string
  repeated: boolean
  /** The full name of the oneof that the field belongs to. */
  oneof?: string
}

/** A message a line, its fields as name:type; [] is repeated, ? is a part of the message's oneof. */
const definitions = `
ResponseHeader cluster_id:id member_id:id revision:int64 raft_term:int64
KeyValue key:bytes create_revision:int64 mod_revision:int64 version:int64 value:bytes lease:id
RangeRequest key:bytes range_end:bytes limit:int64 revision:int64 sort_order:SortOrder sort_target:SortTarget serializable:bool keys_only:bool count_only:bool min_mod_revision:int64 max_mod_revision:int64 min_create_revision:int64 max_create_revision:int64
RangeResponse header:ResponseHeader kvs:KeyValue[] more:bool count:int64
PutRequest key:bytes value:bytes lease:id prev_kv:bool ignore_value:bool ignore_lease:bool
PutResponse header:ResponseHeader prev_kv:KeyValue
DeleteRangeRequest key:bytes range_end:bytes prev_kv:bool
DeleteRangeResponse header:ResponseHeader deleted:int64 prev_kvs:KeyValue[]
Compare.target_union result:CompareResult target:CompareTarget key:bytes version:int64? create_revision:int64? mod_revision:int64? value:bytes? lease:id? range_end:bytes
RequestOp.request request_range:RangeRequest? request_put:PutRequest? request_delete_range:DeleteRangeRequest? request_txn:TxnRequest?
ResponseOp.response response_range:RangeResponse? response_put:PutResponse? response_delete_range:DeleteRangeResponse? response_txn:TxnResponse?
TxnRequest compare:Compare[] success:RequestOp[] failure:RequestOp[]
TxnResponse header:ResponseHeader succeeded:bool responses:ResponseOp[]
CompactionRequest revision:int64 physical:bool
CompactionResponse header:ResponseHeader
WatchRequest.request_union create_request:WatchCreateRequest? cancel_request:WatchCancelRequest? progress_request:WatchProgressRequest?
WatchCreateRequest key:bytes range_end:bytes start_revision:int64 progress_notify:bool filters:FilterType[] prev_kv:bool watch_id:int64 fragment:bool
WatchCancelRequest watch_id:int64
WatchProgressRequest
WatchResponse header:ResponseHeader watch_id:int64 created:bool canceled:bool compact_revision:int64 cancel_reason:string fragment:bool events:Event[]
Event type:EventType kv:KeyValue prev_kv:KeyValue
LeaseGrantRequest TTL:int64 ID:id
LeaseGrantResponse header:ResponseHeader ID:id TTL:int64
LeaseRevokeRequest ID:id
LeaseRevokeResponse header:ResponseHeader
LeaseKeepAliveRequest ID:id
LeaseKeepAliveResponse header:ResponseHeader ID:id TTL:int64
LeaseTimeToLiveRequest ID:id keys:bool
LeaseTimeToLiveResponse header:ResponseHeader ID:id TTL:int64 grantedTTL:int64 keys:bytes[]
LeaseLeasesRequest
LeaseLeasesResponse header:ResponseHeader leases:LeaseStatus[]
LeaseStatus ID:id
StatusRequest
StatusResponse header:ResponseHeader version:string dbSize:int64 leader:id raftIndex:int64 raftTerm:int64 raftAppliedIndex:int64 dbSizeInUse:int64
`

function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}

function plainName(name: string): string {
  if (name === 'ID' || name === 'TTL')
    return name.toLowerCase()
  return camel(name.replace(/^(?:request|response)_|_request$/, ''))
}

function parseField(text: string, oneof: string): Field {
  const [, name, type, repeated, part] = /^(\w+):(\w+)(\[\])?(\?)?$/.exec(text)!
  const field = { name: name!, jsonName: camel(name!), plain: plainName(name!), type: type!, repeated: Boolean(repeated) }
  return part ? { ...field, oneof: `etcdserverpb.${oneof}` } : field
}

/** The fields of each message. */
export const messages = new Map<string, Field[]>(definitions.trim().split('\n').map((line) => {
  const [head, ...fields] = line.split(' ')
  return [head!.split('.')[0]!, fields.map(field => parseField(field, head!))]
}))
