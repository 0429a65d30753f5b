// Models etcd's JSON gateway (grpc-gateway over api/etcdserverpb/rpc.proto)
import type { Json } from './json.ts'
import type { RangeRequest, ResponseHeader } from './kv.ts'
import type { Message } from './protojson.ts'
import type { Server } from './server.ts'
import type { WatchCreateRequest } from './watch.ts'
import { codes, EtcdError } from './errors.ts'
import { JsonSyntaxError, parseJson } from './json.ts'
import { bytesOf } from './kv.ts'
import { decode, encode } from './protojson.ts'
import { closeStream, compact, deleteRange, leaseGrant, leaseKeepAlive, leaseLeases, leaseRevoke, leaseTimeToLive, openStream, put, range, takeResponses, txn, watchCancel, watchCreate, watchProgress } from './server.ts'
import './sort.ts'

/** An answer: HTTP's status and the JSON body. */
export interface Answer { status: number, response: Message }

type Call = (server: Server, request: never, now: number) => { header: ResponseHeader }

const methods: Record<string, [message: string, call: Call]> = {
  'kv/range': ['Range', (server, request: RangeRequest) => range(server, request)],
  'kv/put': ['Put', put],
  'kv/deleterange': ['DeleteRange', deleteRange],
  'kv/txn': ['Txn', txn],
  'kv/compaction': ['Compaction', compact],
  'lease/grant': ['LeaseGrant', leaseGrant],
  'lease/revoke': ['LeaseRevoke', leaseRevoke],
  'kv/lease/revoke': ['LeaseRevoke', leaseRevoke],
  'lease/keepalive': ['LeaseKeepAlive', leaseKeepAlive],
  'lease/timetolive': ['LeaseTimeToLive', leaseTimeToLive],
  'kv/lease/timetolive': ['LeaseTimeToLive', leaseTimeToLive],
  'lease/leases': ['LeaseLeases', leaseLeases],
  'kv/lease/leases': ['LeaseLeases', leaseLeases],
  'maintenance/status': ['Status', status],
}

/** Paths that etcd serves and this model doesn't. */
const notModelled = /^(?:auth|cluster|election|lock|maintenance)\//

const httpStatus: Record<number, number> = {
  [codes.unknown]: 500,
  [codes.invalidArgument]: 400,
  [codes.deadlineExceeded]: 504,
  [codes.notFound]: 404,
  [codes.resourceExhausted]: 429,
  [codes.failedPrecondition]: 400,
  [codes.outOfRange]: 400,
  [codes.unimplemented]: 501,
  [codes.unavailable]: 503,
}

/** What the member says of itself. The size is that of the values kept, in whole pages. */
function status(server: Server): Message & { header: ResponseHeader } {
  const { store, raftTerm, memberId, raftIndex } = server
  const bytes = store.log.reduce((sum, kv) => sum + kv.key.length + bytesOf(kv.value).length + 64, 0)
  const dbSize = (5 + Math.ceil(bytes / 4096)) * 4096
  const raft = { raftIndex, raftTerm, raftAppliedIndex: raftIndex }
  return { header: { revision: store.revision }, version: '3.5.30', dbSize, leader: memberId, ...raft, dbSizeInUse: dbSize }
}

/** The refusal as the gateway tells it. Other errors are thrown on. */
export function refuse(error: unknown): Answer {
  if (error instanceof EtcdError)
    return { status: httpStatus[error.code] ?? 500, response: { code: error.code, message: error.message } }
  if (error instanceof JsonSyntaxError)
    return { status: 400, response: { code: codes.invalidArgument, message: error.message } }
  throw error
}

/** The text of a body: a text stands for itself, everything else for its JSON. */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body ?? {})
}

/** @throws EtcdError, JsonSyntaxError */
function read(body: unknown, type: string): Message {
  const text = textOf(body)
  const json: Json | undefined = parseJson(text)
  return json ? decode(text, json, type) : {}
}

/** A response with its header filled in by the member that answers. */
export function write(server: Server, response: { header: ResponseHeader }, type: string): Message {
  const { clusterId, memberId, raftTerm } = server
  return encode({ ...response, header: { clusterId, memberId, raftTerm, ...response.header } }, type)
}

/**
 * Answers a POST of `body` (a JSON value, or the text as sent) to `path`, such as /v3/kv/range, as etcd's gateway does:
 * keys and values in base64, 64-bit numbers as strings. `now` is in ms. Never throws for what a client sent. What this model
 * leaves out is answered 501.
 */
export function call(server: Server, path: string, body: unknown, now: number): Answer {
  const name = /^\/v3\/(.*)$/.exec(path)?.[1] ?? ''
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (!method) {
    if (notModelled.test(name))
      return { status: 501, response: { code: codes.unimplemented, message: `not modelled: ${path}` } }
    return { status: 404, response: { code: codes.notFound, message: 'Not Found' } }
  }
  try {
    const [message, carryOut] = method
    const request = read(body, `${message}Request`)
    const response = write(server, carryOut(server, request as never, now), `${message}Response`)
    return { status: 200, response: message === 'LeaseKeepAlive' ? { result: response } : response }
  }
  catch (error) {
    return refuse(error)
  }
}

/**
 * Opens a stream with a first message, as a POST to /v3/watch does. A message that can't be read ends the stream; what is
 * told then is the first of its messages.
 */
export function openWatch(server: Server, name: string, body: unknown, now: number): Message[] {
  openStream(server, name, now)
  return sendWatch(server, name, body)
}

/** Sends another message on an open stream; gives what the stream says at once. */
export function sendWatch(server: Server, name: string, body: unknown): Message[] {
  try {
    const { create, cancel, progress } = read(body, 'WatchRequest') as { create?: WatchCreateRequest, cancel?: { watchId?: number }, progress?: object }
    if (create)
      watchCreate(server, name, create)
    else if (cancel)
      watchCancel(server, name, cancel.watchId ?? 0)
    else if (progress)
      watchProgress(server, name)
  }
  catch (error) {
    closeStream(server, name)
    return [{ error: refuse(error).response }]
  }
  return takeMessages(server, name)
}

/** The messages that a stream holds for its client, as they come over HTTP: one `result` each. */
export function takeMessages(server: Server, name: string): Message[] {
  return takeResponses(server, name).map(response => ({ result: write(server, response, 'WatchResponse') }))
}
