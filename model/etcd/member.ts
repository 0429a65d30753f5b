// Models server/etcdserver/server.go: the state of a member among others
import type { Raft, RaftMessage } from './raft/state.ts'
import type { RaftRequest, Server } from './server.ts'
import { createRaft, electionTicks, tickInterval } from './raft/state.ts'
import { createServer } from './server.ts'

/** ms. */
export const electionTimeout = electionTicks * tickInterval
/** What a request may take before the member gives it up, ms. */
export const requestTimeout = 5000 + 2 * electionTimeout
/** A client's request under way. */
export interface Pending {
  client: string
  /** As the client numbered it. */
  id: number | string
  kind: string
  request: any
  /** When it came, ms. */
  start: number
  /** What it waits for: a leader to be known, its entry to be applied, its read to be confirmed, the leader's answer, the hand-over. */
  waits: 'leader' | 'apply' | 'read' | 'forward' | 'transfer'
  /** The entry that must be applied before a confirmed read is answered. */
  index?: number
}

/** What the log carries: a request, and who waits for it. */
export interface Proposal { id: string, request: RaftRequest }

/** One member: plain data. */
export interface Member {
  server: Server
  raft: Raft
  /** The last entry carried out. */
  applied: number
  /** Entries after which a snapshot is taken and the log cut, but for `keepEntries` of them. */
  snapshotCount: number
  keepEntries: number
  /** Numbers the member's requests. */
  counter: number
  pending: Record<string, Pending>
  /** Proposals that other members have passed on, not yet looked at. */
  proposals: RaftMessage[]
  /** Linearizable reads: the round under way and those that wait for the next. */
  reads: { context: string, round: string[], next: string[] }
  /** Who opened which watch stream, by the stream's name on the server. */
  streams: Record<string, { client: string, stream: string, requireLeader: boolean }>
  /** The leader that was known when last looked; '' for none. */
  knownLead: string
  /** When this member last became leader, ms; -1 for never. */
  electedAt: number
  /** Since when the connection to each member stands, ms. */
  connectedSince: Record<string, number>
  /** Election time-outs in a row without a leader. */
  leaderless: number
  /** It was asked to stop, and hands over first. */
  terminating: boolean
}

/** A member at its first start. */
export function createMember(name: string, members: string[], options: { snapshotCount?: number, keepEntries?: number } = {}): Member {
  const { snapshotCount = 100_000, keepEntries = 5000 } = options
  const memberId = String(members.indexOf(name) + 1)
  const server = createServer({ memberId, raftTerm: 1 })
  server.nextLeaseId = (members.indexOf(name) + 1) * 1_000_000 + 1
  return {
    server,
    raft: createRaft(name, members),
    applied: 0,
    snapshotCount,
    keepEntries,
    counter: 0,
    pending: {},
    proposals: [],
    reads: { context: '', round: [], next: [] },
    streams: {},
    knownLead: '',
    electedAt: -1,
    connectedSince: {},
    leaderless: 0,
    terminating: false,
  }
}
