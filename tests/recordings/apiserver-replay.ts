import type { Direct } from '../../model/apiserver/direct.ts'
import type { ApiRequest } from '../../model/apiserver/requests.ts'
import type { ApiResponse, Doc } from '../../model/apiserver/status.ts'
import type { WatchEvent } from '../../model/apiserver/watchers.ts'
import type { OpenWatch, Replay, SessionLine } from './apiserver-revisions.ts'
import { closeWatch, createDirect, handle, pass, takeEvents } from '../../model/apiserver/direct.ts'
import { requestInfo } from '../../model/apiserver/requests.ts'
import { difference, stripped, translated } from './apiserver-compare.ts'
import { align } from './apiserver-revisions.ts'
import { dependsOn, isTainted, noTaint, taintObject } from './apiserver-taint.ts'

/** How a line came out. */
export type Outcome = 'equal' | 'not modelled' | 'left out' | { wrong: string }

const users = {
  'admin-token': { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] },
  'alice-token': { name: 'alice', uid: 'u-alice', groups: ['developers', 'system:authenticated'] },
  'bob-token': { name: 'bob', uid: 'u-bob', groups: ['developers', 'qa', 'system:authenticated'] },
  'carol-token': { name: 'carol', uid: 'u-carol', groups: ['system:authenticated'] },
}
const compactionFlag = '--etcd-compaction-interval='

function startOf(line: SessionLine | undefined, now: number, phase: number): Direct {
  if (line?.k !== 'note' || !line.server)
    throw new Error('the first line doesn\'t say how the server was started')
  const { 'authorization-mode': mode, 'anonymous-auth': anonymous, 'extra-flags': flags } = line.server
  const other = flags.find(flag => !flag.startsWith(compactionFlag))
  if (other || !['AlwaysAllow', 'RBAC'].includes(mode))
    throw new Error(`unknown server flag ${other ?? mode}`)
  const interval = flags[0] && Number.parseFloat(flags[0].slice(compactionFlag.length)) * 1000
  const rbac = mode === 'RBAC'
  const direct = createDirect({ authorization: rbac ? 'RBAC' : 'AlwaysAllow', anonymous, tokens: users, ...(rbac && { certificate: undefined }), ...(interval && { compactionInterval: interval }) } as object, now)
  if (interval)
    direct.compactAt = now + interval * phase
  return direct
}

/** The first time that the session tells. */
function firstTime(lines: readonly SessionLine[]): number {
  for (const line of lines) {
    const told = line.k === 'request' && line.method === 'POST' && line.status === 201 && line.response?.metadata?.creationTimestamp
    if (told)
      return Date.parse(told)
  }
  return Date.parse('2026-11-22T16:00:00Z')
}

function pull(replay: Replay): void {
  for (const watch of replay.watches.values()) {
    if (!watch.own)
      continue
    const { events, closed } = takeEvents(replay.direct, watch.own)
    watch.closed ||= closed
    for (const event of events) {
      const { metadata } = event.object
      if (event.type === 'BOOKMARK' && !metadata.annotations)
        watch.bookmarks.push(metadata.resourceVersion)
      else
        watch.events.push(event)
    }
  }
}

const resourceOfKind = (kind: string) => kind === 'Endpoints' ? 'endpoints' : kind.endsWith('s') ? `${kind.toLowerCase()}es` : `${kind.toLowerCase()}s`

function taintedEvent(replay: Replay, object: Doc | undefined): boolean {
  if (!object?.metadata?.name)
    return false
  const { name, namespace = '' } = object.metadata
  return isTainted(replay.taint, resourceOfKind(object.kind ?? ''), namespace, name) || (object.kind === 'Service' && name === 'kubernetes')
}

/** A whole object sent back carries the real server's times: the model's stand in their place. */
function withOwnTimes(replay: Replay, request: ApiRequest): ApiRequest {
  const { body } = request
  const metadata = (body as Doc | undefined)?.metadata
  if (request.method !== 'PUT' || !metadata?.creationTimestamp)
    return request
  const { resource: _resource, ...headers } = request.headers ?? {}
  const present = handle(structuredClone(replay.direct), { method: 'GET', path: request.path.split('?')[0]!.replace(/\/(?:status|scale|finalize)$/, ''), headers }, replay.now)
  const own = typeof present.body === 'string' ? undefined : present.body.metadata
  const times = Object.fromEntries(['creationTimestamp', 'deletionTimestamp'].filter(key => metadata[key] && own?.[key] && Math.abs(Date.parse(metadata[key]) - Date.parse(own[key])) < 5000).map(key => [key, own![key]]))
  return { ...request, body: { ...body as Doc, metadata: { ...metadata, ...times } } }
}

const lowerCase = (headers: Record<string, string | string[]> = {}) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat()]))
const notModelled = ({ status, body }: ApiResponse) => status === 501 && typeof body === 'object' && body.reason === 'NotModelled'

function replayRequest(replay: Replay, line: SessionLine & { k: 'request' }, next: readonly SessionLine[]): Outcome {
  replay.now += 30
  const request = withOwnTimes(replay, translated(replay.chosen, { method: line.method, path: line.path, headers: Object.fromEntries(Object.entries(line.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])), ...('body' in line && { body: line.body }) }))
  const info = requestInfo(request)
  const recordedName = String(line.response?.kind === 'Status' ? line.response.details?.name ?? '' : line.response?.metadata?.name ?? '')
  const bodyName = String((line.body as Doc | undefined)?.metadata?.name ?? recordedName)
  const changes = line.method !== 'GET' && line.status < 300
  const setAside = () => {
    if (!changes && !(line.method === 'POST' && info.resource === 'services'))
      return
    replay.adrift = true
    if (changes && !info.query.dryRun && info.isResource)
      taintObject(replay.taint, info, info.name || (info.verb === 'deletecollection' ? '' : recordedName || bodyName))
  }
  if (dependsOn(replay.taint, info, bodyName)) {
    setAside()
    return 'left out'
  }
  if (line.status === 201 && line.response?.metadata?.creationTimestamp)
    replay.now = Math.max(replay.now, Date.parse(line.response.metadata.creationTimestamp))
  align(replay, request, line, next)
  // Where the model doesn't know the revision, it can't say what a cache holds or how far a revision is.
  if (replay.adrift && line.method === 'GET' && (info.query.resourceVersion || (line.status < 300 && line.response?.items)))
    return 'left out'
  const answer = handle(replay.direct, request, replay.now)
  if (line.status === 504)
    replay.now += 3000
  pull(replay)
  if (notModelled(answer)) {
    setAside()
    return 'not modelled'
  }
  if (answer.status !== line.status)
    return { wrong: `status ${line.status} recorded (${JSON.stringify(line.response).slice(0, 300)}), ${answer.status} in the model (${JSON.stringify(answer.body).slice(0, 300)})` }
  const found = difference(replay.chosen, stripped(line.response), stripped(answer.body), JSON.stringify(line.body ?? ''))
    ?? difference(replay.chosen, lowerCase(line.response_headers), lowerCase(answer.headers), '', 'headers')
  return found ? { wrong: found } : 'equal'
}

function replayWatch(replay: Replay, line: SessionLine & { k: 'watch' }): Outcome {
  replay.now += 30
  const headers = Object.fromEntries(Object.entries(line.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  const request = translated(replay.chosen, { method: 'GET', path: line.path, headers })
  const watch: OpenWatch = { events: [], bookmarks: [], adrift: replay.adrift, closed: false }
  replay.watches.set(line.id, watch)
  const info = requestInfo(request)
  if (replay.taint.everything || (info.name && info.verb === 'get' && dependsOn(replay.taint, info, '')))
    return 'left out'
  const answer = handle(replay.direct, request, replay.now)
  if (notModelled(answer))
    return 'not modelled'
  if (answer.status !== line.status)
    return { wrong: `status ${line.status} recorded, ${answer.status} in the model` }
  if (answer.status !== 200) {
    const found = difference(replay.chosen, line.response, answer.body)
    return found ? { wrong: found } : 'equal'
  }
  // A watch of one named object is a plain read.
  watch.own = answer.watch ?? 'read'
  if (!answer.watch)
    watch.events.push(answer.body as unknown as WatchEvent)
  pull(replay)
  return 'equal'
}

/** How long the real one may have taken over what happens by the clock, ms. */
const patience = 4000

function wait(replay: Replay, ms: number): void {
  replay.now += ms
  pass(replay.direct, replay.now)
  pull(replay)
}

function replayEvent(replay: Replay, { id, event }: SessionLine & { k: 'event' }): Outcome {
  const watch = replay.watches.get(id)!
  if (!watch.own || taintedEvent(replay, event.object))
    return 'left out'
  if (event.type === 'BOOKMARK' && !event.object.metadata.annotations) {
    // Their number and moment differ from run to run; what they tell may not.
    return !watch.bookmarks.length || watch.bookmarks.includes(event.object.metadata.resourceVersion) ? 'equal' : { wrong: `a bookmark at ${event.object.metadata.resourceVersion}; the model's are at ${watch.bookmarks.join(', ')}` }
  }
  watch.events = watch.events.filter(own => !taintedEvent(replay, own.object))
  const own = watch.events.shift()
  if (event.type === 'BOOKMARK' && own?.type === 'BOOKMARK' && watch.adrift)
    return 'left out'
  if (!own)
    return { wrong: `no event in the model; recorded: ${JSON.stringify(event).slice(0, 200)}` }
  const found = difference(replay.chosen, stripped(event), stripped(own))
  return found ? { wrong: found } : 'equal'
}

function leftOver(replay: Replay, watch: OpenWatch): string | undefined {
  const [event] = watch.events.filter(own => !taintedEvent(replay, own.object))
  return event && `an event that the real one didn't send: ${JSON.stringify(event).slice(0, 200)}`
}

function replayClosed(replay: Replay, { id, by }: SessionLine & { k: 'closed' }): Outcome {
  const watch = replay.watches.get(id)!
  replay.watches.delete(id)
  if (!watch.own)
    return 'left out'
  if (watch.own === 'read')
    return watch.events.length ? { wrong: 'an object that wasn\'t read' } : 'equal'
  replay.watches.set(id, watch)
  if (by === 'server') {
    for (let waited = 0; !watch.closed && waited < patience; waited += 100)
      wait(replay, 100)
  }
  replay.watches.delete(id)
  closeWatch(replay.direct, watch.own)
  if (by === 'server' && !watch.closed)
    return { wrong: 'the server closed this watch' }
  const more = leftOver(replay, watch)
  return more ? { wrong: more } : 'equal'
}

/** Replays a session line by line. `phase`: where in its interval the compactor stands at the beginning, 0 to 1. */
export function replaySession(lines: readonly SessionLine[], phase = 0.9): { line: number, outcome: Outcome }[] {
  const now = firstTime(lines) - 100
  const replay: Replay = { direct: startOf(lines[0], now, phase), now, chosen: { texts: new Map(), ports: new Map(), firstRevision: 0 }, taint: noTaint(), adrift: true, watches: new Map() }
  const outcomes: { line: number, outcome: Outcome }[] = []
  lines.forEach((line, index) => {
    const note = (outcome: Outcome) => outcomes.push({ line: index + 1, outcome })
    if (line.k === 'note')
      wait(replay, (line.sleep_s ?? 0) * 1000)
    else if (line.k === 'request')
      note(replayRequest(replay, line, lines.slice(index + 1)))
    else if (line.k === 'watch')
      note(replayWatch(replay, line))
    else if (line.k === 'event')
      note(replayEvent(replay, line))
    else
      note(replayClosed(replay, line))
  })
  for (const [id, watch] of replay.watches) {
    const more = leftOver(replay, watch)
    if (more)
      outcomes.push({ line: lines.length, outcome: { wrong: `${id}: ${more}` } })
  }
  return outcomes
}
