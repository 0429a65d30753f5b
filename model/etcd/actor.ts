// Models server/etcdserver/raft.go and server.go: a member as an actor of the simulation
import type { Context, Handler, Input } from '../simulation.ts'
import type { Member, Proposal } from './member.ts'
import type { Entry, RaftMessage } from './raft/state.ts'
import { copyOf } from '../checkpoint.ts'
import { EtcdError, etcdError } from './errors.ts'
import { promoteLeases } from './lease.ts'
import { electionTimeout } from './member.ts'
import { compactLog, entriesFrom, termAt, tickInterval } from './raft/state.ts'
import { propose, receive, recover, tick, transferLeadership, unreachable } from './raft/step.ts'
import { answerReads, endReads, finish, flushWaiting, giveUp, handleClient, handleForward, retryReads, startReads } from './requests.ts'
import { applyRequest, expiredLeases } from './server.ts'
import { closeStreamsOf, endLeaderlessStreams, sendResponses } from './streams.ts'
import { summarise } from './summary.ts'
import { resync, tickProgress } from './watch.ts'

/** How often the leader looks for leases that have ended, ms. */
const leaseInterval = 500

/** Behaves as an etcd member. cluster.ts says which messages it takes. */
export const handleMember: Handler<Member> = (member, input, context) => {
  if (input.type === 'start')
    start(member, context)
  else if (input.type === 'reset')
    disconnect(member, input.peer)
  else if (input.type === 'timer')
    handleTimer(member, input, context)
  else
    handleMessage(member, input, context)
  drive(member, context)
}

function start(member: Member, context: Context): void {
  const { server, raft } = member
  recover(raft, context.random)
  server.streams.clear()
  Object.assign(member, { pending: {}, proposals: [], reads: { context: '', round: [], next: [] }, streams: {}, knownLead: '', electedAt: -1, leaderless: 0, terminating: false })
  member.connectedSince = Object.fromEntries(raft.members.map(peer => [peer, context.now]))
  context.setTimer('tick', tickInterval * context.random())
  context.setTimer('election', electionTimeout)
  context.setTimer('leases', leaseInterval)
}

function disconnect(member: Member, peer: string): void {
  if (!member.raft.members.includes(peer))
    return closeStreamsOf(member, peer)
  delete member.connectedSince[peer]
  unreachable(member.raft, peer)
}

function handleTimer(member: Member, timer: Input & { type: 'timer' }, context: Context): void {
  const { raft, server } = member
  switch (timer.name) {
    case 'tick':
      context.setTimer('tick', tickInterval)
      for (const stream of server.streams.values())
        tickProgress(server.store, stream, context.now)
      return tick(raft, context.random)
    case 'election':
      context.setTimer('election', electionTimeout)
      member.leaderless = raft.lead ? 0 : member.leaderless + 1
      return endLeaderlessStreams(member, context)
    case 'leases':
      context.setTimer('leases', leaseInterval)
      return revokeExpired(member, context)
    case 'read':
      return retryReads(member, context)
    case 'proposal':
      return takeProposals(member, context)
    default:
      return giveUp(member, timer.payload, context)
  }
}

/** The leader has the leases revoked that have ended. */
function revokeExpired(member: Member, context: Context): void {
  if (member.raft.role !== 'leader')
    return
  for (const id of expiredLeases(member.server, context.now))
    propose(member.raft, Object.freeze({ id: `${context.name}/expired ${id}`, request: { leaseRevoke: { id } } } satisfies Proposal))
}

function handleMessage(member: Member, { message }: Input & { type: 'message' }, context: Context): void {
  const { raft } = member
  const fromMember = raft.members.includes(message.from) && message.from !== raft.id
  if (!fromMember)
    return handleClient(member, message, context)
  member.connectedSince[message.from] ??= context.now
  if (message.kind.startsWith('LeaseForward')) {
    handleForward(member, message, context)
  }
  else if (message.kind === 'MsgProp') {
    member.proposals.push(message.payload)
    context.setTimer('proposal', 0)
  }
  else {
    receive(raft, message.payload as RaftMessage, context.random)
  }
}

/** Proposals of other members have a queue of their own: one that has slept first hears what else has happened. */
function takeProposals(member: Member, context: Context): void {
  for (const proposal of member.proposals.splice(0))
    receive(member.raft, proposal, context.random)
}

/** Carries out what an input brought about: the leader's change, the log, the reads, the messages. */
function drive(member: Member, context: Context): void {
  const { raft } = member
  noticeLeader(member, context)
  flushWaiting(member, context)
  startReads(member, context)
  applyCommitted(member, context)
  for (const state of raft.readStates.splice(0)) {
    if (state.context === member.reads.context)
      endReads(member, { index: state.index }, context)
  }
  answerReads(member, context)
  if (member.reads.next.length > 0 && !member.reads.context)
    startReads(member, context)
  takeSnapshot(member)
  member.server.raftTerm = raft.term
  sendResponses(member, context)
  for (const message of raft.outbox.splice(0))
    context.send(message.to, message.type, message, summarise(message.type, message))
  terminate(member, context)
}

function noticeLeader(member: Member, context: Context): void {
  const { raft, server } = member
  if (raft.lead === member.knownLead)
    return
  member.knownLead = raft.lead
  if (!raft.lead)
    return
  endReads(member, { error: etcdError('leaderChanged') }, context)
  for (const [id, { waits, request }] of Object.entries(member.pending)) {
    if (waits === 'transfer' && request.target === raft.lead)
      finish(member, id, { response: {} }, context)
  }
  if (raft.role === 'leader') {
    member.electedAt = context.now
    promoteLeases(server.store, context.now, electionTimeout)
  }
}

/** Carries out the committed entries and answers whoever waits for them here. */
function applyCommitted(member: Member, context: Context): void {
  const { raft, server } = member
  if (member.applied < raft.compacted.index && raft.snapshot && raft.snapshot.index > member.applied) {
    server.store = copyOf({ ...raft.snapshot.store })
    member.applied = raft.snapshot.index
    for (const stream of server.streams.values())
      resync(server.store, stream)
  }
  for (const entry of entriesFrom(raft, member.applied + 1, raft.commit)) {
    apply(member, entry, context)
    member.applied = entry.index
    server.raftIndex = entry.index
  }
}

function apply(member: Member, entry: Entry, context: Context): void {
  const proposal = entry.data as Partial<Proposal> | undefined
  if (!proposal?.request)
    return
  const outcome = attempt(() => applyRequest(member.server, proposal.request!, context.now))
  finish(member, proposal.id!, outcome, context)
}

function attempt(action: () => object): { response: object } | { error: EtcdError } {
  try {
    return { response: action() }
  }
  catch (error) {
    if (error instanceof EtcdError)
      return { error }
    throw error
  }
}

/** Keeps the log short: what every member can get from a snapshot goes. */
function takeSnapshot(member: Member): void {
  const { raft, applied } = member
  if (applied - (raft.snapshot?.index ?? 0) < member.snapshotCount)
    return
  raft.snapshot = Object.freeze({ index: applied, term: termAt(raft, applied), store: Object.freeze(copyOf(member.server.store)) })
  compactLog(raft, applied - member.keepEntries)
}

/** Stops, after handing the leadership over if it has it. */
function terminate(member: Member, context: Context): void {
  const { raft } = member
  if (!member.terminating)
    return
  const heirs = raft.members
    .filter(peer => peer !== raft.id && raft.progress[peer]?.recentActive)
    .sort((a, b) => raft.progress[b]!.match - raft.progress[a]!.match)
  if (raft.role !== 'leader' || heirs.length === 0)
    return context.exit()
  if (raft.transferee)
    return
  transferLeadership(raft, heirs[0]!)
  for (const message of raft.outbox.splice(0))
    context.send(message.to, message.type, message, summarise(message.type, message))
}
