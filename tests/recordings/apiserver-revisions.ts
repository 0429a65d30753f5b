import type { Direct } from '../../model/apiserver/direct.ts'
import type { ApiRequest } from '../../model/apiserver/requests.ts'
import type { WatchEvent } from '../../model/apiserver/watchers.ts'
import type { Chosen } from './apiserver-compare.ts'
import type { Taint } from './apiserver-taint.ts'
import { handle } from '../../model/apiserver/direct.ts'
import { put } from '../../model/etcd/server.ts'

export type SessionLine
  = | { k: 'note', sleep_s?: number, server?: { 'authorization-mode': string, 'anonymous-auth': boolean, 'extra-flags': string[] } }
    | { k: 'request', method: string, path: string, headers?: Record<string, string>, body?: unknown, status: number, response: any, response_headers?: Record<string, string | string[]> }
    | { k: 'watch', id: string, path: string, headers?: Record<string, string>, status: number, response?: any }
    | { k: 'event', id: string, event: any }
    | { k: 'closed', id: string, by: string }

export interface OpenWatch {
  /** The model's id; undefined: the watch is not modelled. */
  own?: string
  events: WatchEvent[]
  bookmarks: string[]
  /** It was opened while the model's revision wasn't the recording's. */
  adrift: boolean
  closed: boolean
}

export interface Replay {
  direct: Direct
  now: number
  chosen: Chosen
  taint: Taint
  /** The next revision is to be taken from the recording: at the start, and after a write that isn't modelled. */
  adrift: boolean
  watches: Map<string, OpenWatch>
}

function padTo(replay: Replay, revision: number): void {
  while (replay.direct.etcd.store.revision < revision)
    put(replay.direct.etcd, { key: 'elsewhere', value: '' })
}

/** A delete or a binding is answered without a revision; a watch may tell it. */
function alignByEvent(replay: Replay, line: SessionLine & { k: 'request' }, next: readonly SessionLine[]): void {
  const name = line.path.split('?')[0]!.split('/').find((_, index, parts) => index === parts.length - (/\/(?:binding|status)$/.test(line.path) ? 2 : 1))
  const told = next.find(each => each.k !== 'event' || (each.event.type !== 'BOOKMARK' && each.event.object?.metadata?.name === name))
  if (line.method === 'GET' || told?.k !== 'event' || line.path.endsWith('/eviction'))
    return
  const target = Number(told.event.object.metadata.resourceVersion) - 1
  if (target < replay.direct.etcd.store.revision)
    return
  padTo(replay, target)
  replay.chosen.firstRevision ||= target + 1
  replay.adrift = false
}

/** Lets the model's revision be the recording's before a request, where the model can't know it. */
export function align(replay: Replay, request: ApiRequest, line: SessionLine & { k: 'request' }, next: readonly SessionLine[]): void {
  const recorded = Number(line.response?.metadata?.resourceVersion)
  if (!replay.adrift || line.status >= 300)
    return
  if (!(recorded > 0))
    return alignByEvent(replay, line, next)
  const write = line.method !== 'GET'
  const isList = Array.isArray(line.response.items)
  if (!write && (!isList || line.path.includes('resourceVersion=') || line.path.includes('continue=')))
    return
  const before = replay.direct.etcd.store.revision
  let target = recorded
  if (write && !isList) {
    const trial = handle(structuredClone(replay.direct), request, replay.now)
    if (trial.status !== line.status || typeof trial.body === 'string' || trial.body.metadata?.resourceVersion === undefined || Number(trial.body.metadata.resourceVersion) <= before)
      return
    target = recorded - (Number(trial.body.metadata.resourceVersion) - before)
  }
  if (target < before)
    return
  padTo(replay, target)
  replay.chosen.firstRevision ||= target + 1
  replay.adrift = false
}
