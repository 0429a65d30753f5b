import type { Message } from '../../model/etcd/protojson.ts'
import type { Server } from '../../model/etcd/server.ts'
import type { Recording } from './source.ts'
import { expect } from 'vitest'
import { call, openWatch, sendWatch, takeMessages } from '../../model/etcd/gateway.ts'
import { closeStream, createServer, tick } from '../../model/etcd/server.ts'
import { describeRecordings, sessionLines } from './source.ts'

type SessionLine
  = | { k: 'note', sleep_s?: number }
    | { k: 'request', path: string, body: unknown, status: number, response: Message }
    | { k: 'watch' | 'watch_send', id: string, body: unknown }
    | { k: 'event', id: string, message: Message }
    | { k: 'closed', id: string, by: string }

function ownMessage(replay: Replay, message: Message): Message {
  return JSON.parse(withOwnLeases(replay, JSON.stringify(message))) as Message
}

/** How long the real one may have taken over what happens by the clock, ms. */
const patience = 5000

/** The text that was sent: the recorder's own spacing, which places in error texts depend on. */
function asSent(body: unknown): string {
  if (typeof body === 'string')
    return body
  return spaced(body)
}

function spaced(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map(spaced).join(', ')}]`
  if (value && typeof value === 'object')
    return `{${Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${spaced(part)}`).join(', ')}}`
  return JSON.stringify(value)
}

/** What differs from run to run: ids and terms, indexes and sizes, the rest of a lease's time, the order of its keys. */
function masked(path: string, message: Message): unknown {
  return JSON.parse(JSON.stringify(message), (key, value) => {
    if (['cluster_id', 'member_id', 'raft_term', 'leader', 'raftTerm', 'raftIndex', 'raftAppliedIndex', 'dbSize', 'dbSizeInUse'].includes(key))
      return 'varies'
    if (path.endsWith('lease/timetolive') && key === 'TTL' && Number(value) >= 0)
      return 'varies'
    if (path.endsWith('lease/timetolive') && key === 'keys')
      return [...value as string[]].sort()
    return value
  })
}

interface Replay {
  server: Server
  now: number
  /** Messages that the model has sent and the recording hasn't shown yet, by stream. */
  waiting: Map<string, Message[]>
  /** Leases whose numbers the server chose: the model's by the real one's. */
  leases: Map<string, string>
}

/** A text of the recording with the model's lease numbers. */
function withOwnLeases(replay: Replay, text: string): string {
  return [...replay.leases].reduce((result, [real, own]) => result.replaceAll(`"${real}"`, `"${own}"`), text)
}

function collect(replay: Replay): void {
  for (const [id, messages] of replay.waiting) {
    if (replay.server.streams.has(id))
      messages.push(...takeMessages(replay.server, id))
  }
}

function pass(replay: Replay, ms: number): void {
  const end = replay.now + ms
  while (replay.now < end) {
    replay.now = Math.min(replay.now + 100, end)
    tick(replay.server, replay.now)
    collect(replay)
  }
}

function watchIdOf(message: Message): string {
  return String((message.result as Message | undefined)?.watch_id ?? '0')
}

/** The next message of the same watch: between two watches of a stream the order of one revision is arbitrary. */
function nextOf(messages: Message[], wanted: Message): Message | undefined {
  const index = messages.findIndex(message => watchIdOf(message) === watchIdOf(wanted))
  return index < 0 ? undefined : messages.splice(index, 1)[0]
}

function replayLine(replay: Replay, line: SessionLine, where: string): boolean {
  switch (line.k) {
    case 'note':
      pass(replay, (line.sleep_s ?? 0) * 1000)
      return false
    case 'request': {
      pass(replay, 10)
      const answer = call(replay.server, line.path, withOwnLeases(replay, asSent(line.body)), replay.now)
      collect(replay)
      if (line.path.endsWith('lease/grant') && answer.status === 200 && line.status === 200)
        replay.leases.set(String(line.response.ID), String(answer.response.ID))
      expect(answer.status, where).toBe(line.status)
      expect(masked(line.path, answer.response), where).toEqual(masked(line.path, ownMessage(replay, line.response)))
      return true
    }
    case 'watch':
      replay.waiting.set(line.id, openWatch(replay.server, line.id, asSent(line.body), replay.now))
      return true
    case 'watch_send':
      replay.waiting.get(line.id)!.push(...sendWatch(replay.server, line.id, asSent(line.body)))
      return true
    case 'event': {
      const messages = replay.waiting.get(line.id)!
      for (let waited = 0; messages.length === 0 && waited < patience; waited += 100)
        pass(replay, 100)
      const message = nextOf(messages, line.message)
      expect(message, `${where}: no such message`).toBeDefined()
      expect(masked('watch', message!), where).toEqual(masked('watch', ownMessage(replay, line.message)))
      return true
    }
    case 'closed':
      expect(replay.waiting.get(line.id), `${where}: messages that the real one didn't send`).toEqual([])
      replay.waiting.delete(line.id)
      closeStream(replay.server, line.id)
      return true
  }
}

function replaySession(recording: Recording): number {
  const lines = sessionLines<SessionLine>(recording, ['note', 'request', 'watch', 'watch_send', 'event', 'closed'])
  const replay: Replay = { server: createServer(), now: 0, waiting: new Map(), leases: new Map() }
  let checked = 0
  lines.forEach((line, index) => {
    if (replayLine(replay, line, `${recording.name}:${index + 1}`))
      checked += 1
  })
  for (const [id, messages] of replay.waiting)
    expect(messages, `${recording.name}: messages on ${id} that the real one didn't send`).toEqual([])
  return checked
}

describeRecordings('etcd/sessions', replaySession)
