// Models go.etcd.io/raft: raft.go (the state), log.go and tracker/progress.go
import type { Store } from '../store.ts'

/** Ticks (100 ms each, as etcd sets them) after which a follower that hears nothing campaigns, at the least. */
export const electionTicks = 10
/** Ticks between a leader's heartbeats. */
export const heartbeatTicks = 1
/** ms. */
export const tickInterval = 100

/** An entry of the replicated log. One without data is what a new leader begins its term with. */
export interface Entry<D = unknown> {
  readonly index: number
  readonly term: number
  readonly data?: D
}

/** The store as it was after `index`, for members whose next entry is no longer in the log. */
export interface Snapshot {
  readonly index: number
  readonly term: number
  readonly store: Store
}

export type Role = 'follower' | 'preCandidate' | 'candidate' | 'leader'

/** What a leader knows of a member. */
export interface Progress {
  /** The last entry that it is known to hold. */
  match: number
  /** The next entry to send. */
  next: number
  /** Entries are sent one message at a time until the leader knows where the member stands. */
  probing: boolean
  probeSent: boolean
  /** Heard from since quorum was last checked. */
  recentActive: boolean
}

/** A linearizable read that waits for a quorum to confirm the leader. */
export interface ReadIndexRequest {
  /** Names the round, unique in the cluster. */
  context: string
  /** The member that asked. */
  from: string
  /** What was committed when it asked. */
  index: number
  acks: string[]
}

/** One member's Raft: plain data. `term`, `vote`, `commit` and the log outlive a crash. */
export interface Raft {
  id: string
  /** All members, this one included. */
  members: string[]
  term: number
  vote: string
  commit: number
  /** The entries after `snapshot.index` (or after what is compacted away), without gaps. */
  log: Entry[]
  /** Index and term of the last entry before the log's first. */
  compacted: { index: number, term: number }
  snapshot: Snapshot | undefined
  role: Role
  /** '' while none is known. */
  lead: string
  electionElapsed: number
  heartbeatElapsed: number
  /** Ticks of silence after which this member campaigns, drawn anew for each term and role. */
  electionTimeout: number
  votes: Record<string, boolean>
  progress: Record<string, Progress>
  /** To whom leadership is being handed over; '' for nobody. */
  transferee: string
  reads: ReadIndexRequest[]
  /** Reads that came before the leader had committed anything of its own term. */
  earlyReads: { context: string, from: string }[]
  /** Messages to send, and confirmed reads of this member's own: whoever drives takes them. */
  outbox: RaftMessage[]
  readStates: { context: string, index: number }[]
}

export type RaftMessage = { to: string, from: string, term: number } & (
  | { type: 'MsgPreVote' | 'MsgVote', index: number, logTerm: number, transfer: boolean }
  | { type: 'MsgPreVoteResp' | 'MsgVoteResp', reject: boolean }
  | { type: 'MsgApp', index: number, logTerm: number, entries: Entry[], commit: number }
  | { type: 'MsgAppResp', index: number, reject: boolean, hint: number }
  | { type: 'MsgHeartbeat', commit: number, context: string }
  | { type: 'MsgHeartbeatResp', context: string }
  | { type: 'MsgSnap', snapshot: Snapshot }
  | { type: 'MsgProp', data: unknown }
  | { type: 'MsgReadIndex', context: string }
  | { type: 'MsgReadIndexResp', context: string, index: number }
  | { type: 'MsgTransferLeader' | 'MsgTimeoutNow' }
)

type Body<T> = T extends unknown ? Omit<T, 'to' | 'from' | 'term'> : never
export type MessageBody = Body<RaftMessage>

/** Puts a message of this member's term into the outbox. `term` 0 marks one that has no term of its own. */
export function post(raft: Raft, to: string, body: MessageBody, term = raft.term): void {
  raft.outbox.push({ ...body, to, from: raft.id, term } as RaftMessage)
}

/** A member at its first start: the cluster's members are the log's first entries, all committed. */
export function createRaft(id: string, members: string[]): Raft {
  const log = members.map((member, i): Entry => Object.freeze({ index: i + 1, term: 1, data: Object.freeze({ member }) }))
  return {
    id,
    members,
    term: 1,
    vote: '',
    commit: log.length,
    log,
    compacted: { index: 0, term: 0 },
    snapshot: undefined,
    role: 'follower',
    lead: '',
    electionElapsed: 0,
    heartbeatElapsed: 0,
    electionTimeout: electionTicks,
    votes: {},
    progress: {},
    transferee: '',
    reads: [],
    earlyReads: [],
    outbox: [],
    readStates: [],
  }
}

export function quorum(raft: Raft): number {
  return (raft.members.length >> 1) + 1
}

export function lastIndex(raft: Raft): number {
  return raft.compacted.index + raft.log.length
}

/** The term of an entry; 0 where the log doesn't know. */
export function termAt(raft: Raft, index: number): number {
  if (index === raft.compacted.index)
    return raft.compacted.term
  return raft.log[index - raft.compacted.index - 1]?.term ?? 0
}

/** The entries from `from` up to `to`, both included, as far as the log has them. */
export function entriesFrom(raft: Raft, from: number, to = Infinity): Entry[] {
  return raft.log.slice(Math.max(from - raft.compacted.index - 1, 0), Math.max(to - raft.compacted.index, 0))
}

/** Drops the log's entries up to `index`. */
export function compactLog(raft: Raft, index: number): void {
  if (index <= raft.compacted.index)
    return
  const term = termAt(raft, index)
  raft.log = entriesFrom(raft, index + 1)
  raft.compacted = { index, term }
}
