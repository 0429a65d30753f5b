// Models server/storage/mvcc/watchable_store.go, watcher.go and server/etcdserver/api/v3rpc/watch.go
import type { Event, KeyRange, KeyValue, ResponseHeader } from './kv.ts'
import type { Store } from './store.ts'
import { etcdError } from './errors.ts'
import { inRange, rangeAt } from './store.ts'

export interface WatchCreateRequest extends KeyRange {
  /** The first revision wanted; without it (or 0) what comes after now. */
  startRevision?: number
  /** Also tell when nothing happens, every ten minutes. */
  progressNotify?: boolean
  filters?: ('NOPUT' | 'NODELETE' | number)[]
  prevKv?: boolean
  /** The number to give the watch; 0 or none: the next free one. */
  watchId?: number
}

export interface WatchResponse {
  header: ResponseHeader
  /** -1 where a watch could not be made, or where the message is for all watches of the stream. */
  watchId: number
  created?: boolean
  canceled?: boolean
  cancelReason?: string
  /** Why it was cancelled: what it asked for is compacted up to here. */
  compactRevision?: number
  events: Event[]
}

/** One watch of a stream. */
export interface Watcher extends KeyRange {
  id: number
  /** As asked for; 0 for what comes after the watch was made. */
  startRevision: number
  /** The next revision that it takes. */
  minRevision: number
  prevKv: boolean
  noPut: boolean
  noDelete: boolean
  progressNotify: boolean
  /** Whether the next progress message is due (none was made unneeded by an event). */
  progressDue: boolean
  /** Told that what it asked for is compacted; it gets nothing more. */
  compacted: boolean
}

/** What one client opened: several watches, one line of messages. */
export interface WatchStream {
  watchers: Map<number, Watcher>
  nextId: number
  /** When progress is told next, ms. */
  progressAt: number
  /** Messages that the client has not taken yet. */
  responses: WatchResponse[]
}

/** How often a watch that asked for it is told the revision, ms. */
export const progressInterval = 600_000
/** Revisions in one message, when a watch catches up. */
const batchRevisions = 1000

export function createWatchStream(now: number): WatchStream {
  return { watchers: new Map(), nextId: 0, progressAt: now + progressInterval, responses: [] }
}

/** Adds a watch to a stream; what it asked for of the past follows its `created` at once. */
export function createWatch(store: Store, stream: WatchStream, request: WatchCreateRequest): void {
  const refuse = (cancelReason: string) => {
    stream.responses.push({ header: { revision: store.revision }, watchId: -1, created: true, canceled: true, cancelReason, events: [] })
  }
  const { startRevision = 0, rangeEnd = '', filters = [] } = request
  const key = request.key || '\0'
  if (startRevision < 0)
    return refuse(etcdError('compacted').message)
  if (rangeEnd && rangeEnd !== '\0' && key >= rangeEnd)
    return refuse('mvcc: watcher range is empty')
  let id = request.watchId ?? 0
  if (id === 0) {
    while (stream.watchers.has(stream.nextId))
      stream.nextId += 1
    id = stream.nextId++
  }
  else if (stream.watchers.has(id)) {
    return refuse('mvcc: duplicate watch ID provided on the WatchStream')
  }
  const watcher: Watcher = {
    id,
    key,
    rangeEnd,
    startRevision,
    minRevision: startRevision || store.revision + 1,
    prevKv: request.prevKv ?? false,
    noPut: filters.some(filter => filter === 'NOPUT' || filter === 0),
    noDelete: filters.some(filter => filter === 'NODELETE' || filter === 1),
    progressNotify: request.progressNotify ?? false,
    progressDue: true,
    compacted: false,
  }
  stream.watchers.set(id, watcher)
  stream.responses.push({ header: { revision: store.revision }, watchId: id, created: true, events: [] })
  catchUp(store, stream, watcher)
}

/** Sends a watch what it has missed, or that this is compacted. */
function catchUp(store: Store, stream: WatchStream, watcher: Watcher): void {
  if (watcher.minRevision > store.revision)
    return
  if (watcher.minRevision < store.compactRevision) {
    watcher.compacted = true
    stream.responses.push({ header: {}, watchId: watcher.id, canceled: true, compactRevision: store.compactRevision, events: [] })
    return
  }
  let batch: KeyValue[] = []
  let revisions = 0
  for (const kv of store.log) {
    if (kv.modRevision < watcher.minRevision || !inRange(watcher, kv.key))
      continue
    if (batch.at(-1)?.modRevision !== kv.modRevision && ++revisions > batchRevisions) {
      send(store, stream, watcher, batch, store.revision)
      batch = []
      revisions = 1
    }
    batch.push(kv)
  }
  send(store, stream, watcher, batch, store.revision)
  watcher.minRevision = store.revision + 1
}

/** Brings every watch of a stream up to a store that has jumped ahead (a snapshot from the leader). */
export function resync(store: Store, stream: WatchStream): void {
  for (const watcher of stream.watchers.values()) {
    if (!watcher.compacted)
      catchUp(store, stream, watcher)
  }
}

/** The version before, if it can still be read. */
function previous(store: Store, kv: KeyValue): KeyValue | undefined {
  const at = kv.modRevision - 1
  return at < store.compactRevision || at <= 0 ? undefined : rangeAt(store, { key: kv.key }, at)[0]
}

function send(store: Store, stream: WatchStream, watcher: Watcher, changes: KeyValue[], revision: number): void {
  const events = changes
    .filter(kv => kv.version > 0 ? !watcher.noPut : !watcher.noDelete)
    .map((kv): Event => {
      const event: Event = { type: kv.version > 0 ? 'PUT' : 'DELETE', kv }
      const prevKv = watcher.prevKv && kv.createRevision !== kv.modRevision ? previous(store, kv) : undefined
      return prevKv ? { ...event, prevKv } : event
    })
  if (events.length === 0)
    return
  watcher.progressDue = false
  stream.responses.push({ header: { revision }, watchId: watcher.id, events })
}

/** Tells every watch of a stream what one write (just ended) changed: all its events in one message. */
export function notify(store: Store, stream: WatchStream, changes: KeyValue[]): void {
  for (const watcher of stream.watchers.values()) {
    if (watcher.compacted || watcher.minRevision > store.revision)
      continue
    send(store, stream, watcher, changes.filter(kv => inRange(watcher, kv.key)), store.revision)
    watcher.minRevision = store.revision + 1
  }
}

/** Ends one watch; a number that no watch has is passed over in silence. */
export function cancelWatch(store: Store, stream: WatchStream, id: number): void {
  if (stream.watchers.delete(id))
    stream.responses.push({ header: { revision: store.revision }, watchId: id, canceled: true, events: [] })
}

function inSync(store: Store, watcher: Watcher): boolean {
  return !watcher.compacted && store.revision >= watcher.startRevision
}

/** Tells the present revision once for the whole stream, if every watch of it has seen everything up to there. */
export function requestProgress(store: Store, stream: WatchStream): void {
  const watchers = [...stream.watchers.values()]
  if (watchers.length > 0 && watchers.every(watcher => inSync(store, watcher)))
    stream.responses.push({ header: { revision: store.revision }, watchId: -1, events: [] })
}

/** Tells the present revision to each watch that asked for it and had no event since the last time. Call it as time goes by. */
export function tickProgress(store: Store, stream: WatchStream, now: number): void {
  while (now >= stream.progressAt) {
    stream.progressAt += progressInterval
    for (const watcher of stream.watchers.values()) {
      if (watcher.progressNotify && watcher.progressDue && inSync(store, watcher))
        stream.responses.push({ header: { revision: store.revision }, watchId: watcher.id, events: [] })
      watcher.progressDue = true
    }
  }
}
