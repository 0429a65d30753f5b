// Models server/etcdserver/v3_server.go: how a member serves a request with the others
import type { Context, Message } from '../simulation.ts'
import type { TxnRequest } from './kv.ts'
import type { Member, Pending, Proposal } from './member.ts'
import type { RaftRequest } from './server.ts'
import { checkRange, checkTxn } from './checks.ts'
import { EtcdError, etcdError } from './errors.ts'
import { fill } from './header.ts'
import { electionTimeout, requestTimeout } from './member.ts'
import { propose, readIndex, transferLeadership } from './raft/step.ts'
import { applyRequest, checkRequest, leaseKeepAlive, leaseLeases, leaseTimeToLive, range, withLeaseId } from './server.ts'
import { handleStream } from './streams.ts'
import { summarise } from './summary.ts'

/** How often a member asks again which entry its reads must have seen, ms. */
const readRetry = 500

/** The requests that go through the log, by their kind. */
const proposals: Record<string, (member: Member, request: any) => RaftRequest> = {
  Put: (_, put) => ({ put }),
  DeleteRange: (_, deleteRange) => ({ deleteRange }),
  Txn: (_, txn) => ({ txn }),
  Compaction: (_, compaction) => ({ compaction }),
  LeaseGrant: (member, request) => ({ leaseGrant: withLeaseId(member.server, request) }),
  LeaseRevoke: (_, leaseRevoke) => ({ leaseRevoke }),
}

/** The requests that only the leader's clock can answer. */
const leaseCalls: Record<string, (member: Member, request: any, now: number) => object> = {
  LeaseKeepAlive: ({ server }, request, now) => leaseKeepAlive(server, request, now),
  LeaseTimeToLive: ({ server }, request, now) => leaseTimeToLive(server, request, now),
}

function everyOp(request: TxnRequest, holds: (range: { serializable?: boolean } | undefined) => boolean): boolean {
  return [...request.success ?? [], ...request.failure ?? []].every(op => holds(op.range))
}

/** Takes a client's message. */
export function handleClient(member: Member, message: Message<any>, context: Context): void {
  const { from, kind, payload } = message
  if (kind === 'Watch')
    return handleStream(member, from, payload, context)
  if (kind === 'Terminate') {
    member.terminating = true
    return
  }
  if (kind === 'Campaign') {
    member.raft.electionElapsed = member.raft.electionTimeout
    return
  }
  if (kind === 'Cancel')
    return forget(member, from, payload.id, context)
  const { id, request = {}, requireLeader = false } = payload
  const pending: Pending = { client: from, id, kind, request, start: context.now, waits: 'leader' }
  try {
    if (requireLeader && !member.raft.lead)
      throw etcdError('noLeader')
    begin(member, pending, context)
  }
  catch (error) {
    tell(context, pending, member, { error })
  }
}

/** A client has given its call up: what isn't proposed yet never will be. */
function forget(member: Member, client: string, call: number | string, context: Context): void {
  for (const [id, pending] of Object.entries(member.pending)) {
    if (pending.client !== client || pending.id !== call)
      continue
    delete member.pending[id]
    context.clearTimer(`request ${id}`)
  }
}

/** @throws EtcdError what the member refuses at once */
function begin(member: Member, pending: Pending, context: Context): void {
  const { kind, request } = pending
  if (kind === 'Range') {
    checkRange(request)
    return request.serializable ? answerRead(member, pending, context) : wait(member, pending, 'read', context)
  }
  if (kind === 'Txn' && everyOp(request, Boolean)) {
    checkTxn(request)
    return everyOp(request, range => range!.serializable === true) ? answerRead(member, pending, context) : wait(member, pending, 'read', context)
  }
  if (kind === 'Status')
    return tell(context, pending, member, { response: status(member) })
  if (kind === 'LeaseLeases')
    return tell(context, pending, member, { response: leaseLeases(member.server) })
  if (kind in leaseCalls)
    return wait(member, pending, 'forward', context)
  if (kind === 'MoveLeader')
    return moveLeader(member, pending, context)
  if (!(kind in proposals))
    throw new Error(`etcd takes no ${kind}`)
  checkRequest(proposals[kind]!(member, request))
  wait(member, pending, 'leader', context)
}

function moveLeader(member: Member, pending: Pending, context: Context): void {
  if (member.raft.role !== 'leader')
    throw etcdError('notLeader')
  if (!member.raft.members.includes(pending.request.target))
    throw etcdError('badTransferee')
  transferLeadership(member.raft, pending.request.target)
  wait(member, pending, 'transfer', context, electionTimeout)
}

function wait(member: Member, pending: Pending, waits: Pending['waits'], context: Context, timeout = requestTimeout): void {
  const id = `${context.name}/${++member.counter}`
  member.pending[id] = { ...pending, waits }
  context.setTimer(`request ${id}`, timeout, id)
  if (waits === 'read')
    member.reads.next.push(id)
}

/** Answers a request and forgets it. */
export function finish(member: Member, id: string, outcome: { response?: object, error?: unknown }, context: Context): void {
  const pending = member.pending[id]
  if (!pending)
    return
  delete member.pending[id]
  context.clearTimer(`request ${id}`)
  tell(context, pending, member, outcome)
}

function tell(context: Context, pending: Pending, member: Member, outcome: { response?: object, error?: unknown }): void {
  const { client, id, kind } = pending
  const { error } = outcome
  if (error !== undefined && !(error instanceof EtcdError))
    throw error
  const payload = error ? { id, error: { code: error.code, message: error.message } } : { id, response: fill(member, outcome.response!) }
  context.send(client, `${kind}Response`, payload, summarise(`${kind}Response`, payload))
}

function status(member: Member): object {
  const { raft, server, applied } = member
  return { header: { revision: server.store.revision }, leader: raft.lead, raftIndex: raft.commit, raftTerm: raft.term, raftAppliedIndex: applied, errors: raft.lead ? [] : ['etcdserver: no leader'] }
}

/** Answers a read from this member's own store. */
function answerRead(member: Member, pending: Pending, context: Context): void {
  try {
    const { server } = member
    const response = pending.kind === 'Range' ? range(server, pending.request) : applyRequest(server, { txn: pending.request }, context.now)
    tell(context, pending, member, { response })
  }
  catch (error) {
    tell(context, pending, member, { error })
  }
}

/** Moves on what waits for a leader, now that there is one: proposals, calls for the leader's clock. */
export function flushWaiting(member: Member, context: Context): void {
  const { raft } = member
  if (!raft.lead)
    return
  for (const [id, pending] of Object.entries(member.pending)) {
    if (pending.waits === 'leader') {
      pending.waits = 'apply'
      const data: Proposal = { id, request: proposals[pending.kind]!(member, pending.request) }
      if (!propose(raft, Object.freeze(data)))
        finish(member, id, { error: etcdError('proposalDropped') }, context)
    }
    else if (pending.waits === 'forward') {
      const { kind, request } = pending
      if (raft.role === 'leader')
        finish(member, id, { response: leaseCalls[kind]!(member, request, context.now) }, context)
      else if (pending.index === undefined)
        context.send(raft.lead, 'LeaseForward', { id, kind, request }, { kind })
      pending.index = 0
    }
  }
}

/** Answers for the leader's clock, on behalf of a client of another member; or takes such an answer. */
export function handleForward(member: Member, message: Message<any>, context: Context): void {
  const { from, kind, payload } = message
  if (kind === 'LeaseForwardResponse')
    finish(member, payload.id, { response: payload.response }, context)
  else if (member.raft.role === 'leader')
    context.send(from, 'LeaseForwardResponse', { id: payload.id, response: leaseCalls[payload.kind]!(member, payload.request, context.now) }, {})
}

/** Begins the next round of linearizable reads, if none is under way. */
export function startReads(member: Member, context: Context): void {
  const { reads, raft } = member
  if (reads.context || reads.next.length === 0)
    return
  reads.round = reads.next.splice(0)
  reads.context = `${context.name}/${++member.counter}`
  readIndex(raft, reads.context)
  context.setTimer('read', readRetry)
}

/** Asks again for the round under way. */
export function retryReads(member: Member, context: Context): void {
  if (!member.reads.context)
    return
  readIndex(member.raft, member.reads.context)
  context.setTimer('read', readRetry)
}

/** Ends the round under way: with the entry that its reads must see, or with an error for all of them. */
export function endReads(member: Member, outcome: { index: number } | { error: EtcdError }, context: Context): void {
  const { reads } = member
  for (const id of reads.round) {
    if ('error' in outcome)
      finish(member, id, outcome, context)
    else if (member.pending[id])
      member.pending[id].index = outcome.index
  }
  Object.assign(reads, { context: '', round: [] })
  context.clearTimer('read')
}

/** Answers the confirmed reads whose entry is applied. */
export function answerReads(member: Member, context: Context): void {
  for (const [id, pending] of Object.entries(member.pending)) {
    if (pending.waits !== 'read' || pending.index === undefined || pending.index > member.applied)
      continue
    delete member.pending[id]
    context.clearTimer(`request ${id}`)
    answerRead(member, pending, context)
  }
}

/** Tells a client that its time is up, and what may be the cause. */
export function giveUp(member: Member, id: string, context: Context): void {
  const pending = member.pending[id]
  if (!pending)
    return
  const { reads } = member
  reads.next = reads.next.filter(read => read !== id)
  reads.round = reads.round.filter(read => read !== id)
  if (reads.round.length === 0 && reads.context)
    endReads(member, { index: 0 }, context)
  finish(member, id, { error: timeoutOf(member, pending, context.now) }, context)
}

function timeoutOf(member: Member, pending: Pending, now: number): EtcdError {
  const { raft, electedAt } = member
  if (pending.waits === 'transfer')
    return etcdError('transferTimeout')
  if (pending.waits === 'forward')
    return etcdError(raft.lead ? 'timeout' : 'noLeader')
  if (pending.waits === 'leader')
    return etcdError('deadlineExceeded')
  if (pending.waits === 'read')
    return etcdError('timeout')
  if (electedAt >= 0 && pending.start > electedAt - 2 * electionTimeout && pending.start < electedAt)
    return etcdError('timeoutDueToLeaderFail')
  const since = (peer: string) => peer === raft.id || (member.connectedSince[peer] ?? now) <= pending.start
  const connected = raft.role === 'leader' ? raft.members.filter(since).length > raft.members.length / 2 : !raft.lead || since(raft.lead)
  return etcdError(connected ? 'timeout' : 'timeoutDueToConnectionLost')
}
