// Models server/etcdserver/api/v3rpc/watch.go and interceptor.go: watch streams of a member's clients
import type { Context } from '../simulation.ts'
import type { Member } from './member.ts'
import type { WatchCreateRequest } from './watch.ts'
import { etcdError } from './errors.ts'
import { fill } from './header.ts'
import { closeStream, openStream, takeResponses, watchCancel, watchCreate, watchProgress } from './server.ts'
import { summarise } from './summary.ts'

/** A message on a watch stream. The first on a name opens the stream. */
export interface WatchMessage {
  /** The client's name for the stream. */
  stream: string
  create?: WatchCreateRequest
  cancel?: { watchId?: number }
  progress?: object
  close?: boolean
  /** End the stream when the member has known no leader for a while, as the API server asks. */
  requireLeader?: boolean
}

/** Election time-outs without a leader after which a stream that requires one ends. */
const maxLeaderless = 3

export function handleStream(member: Member, client: string, message: WatchMessage, context: Context): void {
  const { server, streams } = member
  const { stream, create, cancel, progress, close, requireLeader = false } = message
  const name = `${client}/${stream}`
  if (close) {
    closeStream(server, name)
    delete streams[name]
    return
  }
  if (!streams[name]) {
    if (requireLeader && !member.raft.lead)
      return endStream(client, stream, context)
    openStream(server, name, context.now)
    streams[name] = { client, stream, requireLeader }
  }
  if (create)
    watchCreate(server, name, create)
  else if (cancel)
    watchCancel(server, name, cancel.watchId ?? 0)
  else if (progress)
    watchProgress(server, name)
}

function endStream(client: string, stream: string, context: Context): void {
  const { code, message } = etcdError('noLeader')
  context.send(client, 'WatchResponse', { stream, error: { code, message } }, { error: message })
}

/** Sends what the streams hold for their clients. */
export function sendResponses(member: Member, context: Context): void {
  for (const [name, { client, stream }] of Object.entries(member.streams)) {
    for (const response of takeResponses(member.server, name)) {
      const payload = { stream, response: fill(member, response) }
      context.send(client, 'WatchResponse', payload, summarise('WatchResponse', payload))
    }
  }
}

/** Ends the streams that require a leader, once there has been none for long enough. */
export function endLeaderlessStreams(member: Member, context: Context): void {
  if (member.leaderless !== maxLeaderless)
    return
  for (const [name, { client, stream, requireLeader }] of Object.entries(member.streams)) {
    if (!requireLeader)
      continue
    endStream(client, stream, context)
    closeStream(member.server, name)
    delete member.streams[name]
  }
}

/** Closes the streams of a client that is gone. */
export function closeStreamsOf(member: Member, client: string): void {
  for (const [name, stream] of Object.entries(member.streams)) {
    if (stream.client !== client)
      continue
    closeStream(member.server, name)
    delete member.streams[name]
  }
}
