// Models go.etcd.io/raft: raft.go (Step, tick and the steps of each role)
import type { Random } from './election.ts'
import type { Raft, RaftMessage } from './state.ts'
import { append, becomeFollower, campaign, countVote, isUpToDate, quorumActive } from './election.ts'
import { bcastAppend, bcastHeartbeat, beginRead, handleAppend, handleAppendResponse, handleHeartbeatResponse, restoreSnapshot, sendAppend } from './replication.ts'
import { electionTicks, heartbeatTicks, lastIndex, post, termAt } from './state.ts'

/** Whether this member hears from a leader: then it gives its vote to nobody. */
function inLease(raft: Raft): boolean {
  return raft.lead !== '' && raft.electionElapsed < electionTicks
}

/** A tenth of an election time-out has passed. */
export function tick(raft: Raft, random: Random): void {
  raft.electionElapsed += 1
  if (raft.role !== 'leader') {
    if (raft.electionElapsed >= raft.electionTimeout) {
      raft.electionElapsed = 0
      campaign(raft, 'preVote', random)
    }
    return
  }
  raft.heartbeatElapsed += 1
  if (raft.electionElapsed >= electionTicks) {
    raft.electionElapsed = 0
    if (!quorumActive(raft))
      return becomeFollower(raft, raft.term, '', random)
    raft.transferee = ''
  }
  if (raft.heartbeatElapsed >= heartbeatTicks) {
    raft.heartbeatElapsed = 0
    bcastHeartbeat(raft)
  }
}

/** Takes a message from another member. */
export function receive(raft: Raft, message: RaftMessage, random: Random): void {
  if (message.term > raft.term) {
    if (message.type === 'MsgVote' || message.type === 'MsgPreVote') {
      if (!message.transfer && inLease(raft))
        return
    }
    const preVote = message.type === 'MsgPreVote' || (message.type === 'MsgPreVoteResp' && !message.reject)
    const fromLeader = message.type === 'MsgApp' || message.type === 'MsgHeartbeat' || message.type === 'MsgSnap'
    if (!preVote)
      becomeFollower(raft, message.term, fromLeader ? message.from : '', random)
  }
  else if (message.term > 0 && message.term < raft.term) {
    if (message.type === 'MsgHeartbeat' || message.type === 'MsgApp')
      post(raft, message.from, { type: 'MsgAppResp', index: 0, reject: false, hint: 0 })
    else if (message.type === 'MsgPreVote')
      post(raft, message.from, { type: 'MsgPreVoteResp', reject: true })
    return
  }
  if (message.type === 'MsgVote' || message.type === 'MsgPreVote')
    answerVote(raft, message)
  else if (raft.role === 'leader')
    stepLeader(raft, message)
  else
    stepOther(raft, message, random)
}

function answerVote(raft: Raft, message: RaftMessage & { type: 'MsgVote' | 'MsgPreVote' }): void {
  const { from, type } = message
  const mayVote = raft.vote === from || (raft.vote === '' && raft.lead === '') || (type === 'MsgPreVote' && message.term > raft.term)
  if (!mayVote || !isUpToDate(raft, message.index, message.logTerm)) {
    post(raft, from, { type: `${type}Resp`, reject: true })
    return
  }
  post(raft, from, { type: `${type}Resp`, reject: false }, message.term)
  if (type === 'MsgVote')
    Object.assign(raft, { electionElapsed: 0, vote: from })
}

function stepLeader(raft: Raft, message: RaftMessage): void {
  switch (message.type) {
    case 'MsgProp':
      propose(raft, message.data)
      break
    case 'MsgAppResp':
      handleAppendResponse(raft, message)
      break
    case 'MsgHeartbeatResp':
      handleHeartbeatResponse(raft, message)
      break
    case 'MsgReadIndex':
      beginRead(raft, message.context, message.from)
      break
    case 'MsgTransferLeader':
      transfer(raft, message.from)
  }
}

function stepOther(raft: Raft, message: RaftMessage, random: Random): void {
  const { from, term } = message
  switch (message.type) {
    case 'MsgPreVoteResp':
    case 'MsgVoteResp':
      if (raft.role === (message.type === 'MsgVoteResp' ? 'candidate' : 'preCandidate'))
        countVote(raft, from, !message.reject, random)
      return
    case 'MsgApp':
    case 'MsgHeartbeat':
    case 'MsgSnap':
      if (raft.role !== 'follower')
        becomeFollower(raft, term, from, random)
      Object.assign(raft, { electionElapsed: 0, lead: from })
      return followLeader(raft, message)
    case 'MsgProp':
      if (raft.role === 'follower' && raft.lead)
        raft.outbox.push({ ...message, to: raft.lead })
      return
    case 'MsgReadIndexResp':
      raft.readStates.push({ context: message.context, index: message.index })
      return
    case 'MsgTimeoutNow':
      campaign(raft, 'transfer', random)
  }
}

function followLeader(raft: Raft, message: RaftMessage & { type: 'MsgApp' | 'MsgHeartbeat' | 'MsgSnap' }): void {
  if (message.type === 'MsgApp')
    return handleAppend(raft, message)
  if (message.type === 'MsgHeartbeat') {
    raft.commit = Math.max(raft.commit, Math.min(message.commit, lastIndex(raft)))
    return post(raft, message.from, { type: 'MsgHeartbeatResp', context: message.context })
  }
  const restored = restoreSnapshot(raft, message.snapshot)
  post(raft, message.from, { type: 'MsgAppResp', index: restored ? lastIndex(raft) : raft.commit, reject: false, hint: 0 })
}

/** Hands data to the leader's log: as the leader, or through it; false if it is dropped. Whoever knows no leader waits instead. */
export function propose(raft: Raft, data: unknown): boolean {
  if (raft.role === 'leader') {
    if (raft.transferee)
      return false
    append(raft, data)
    bcastAppend(raft)
    return true
  }
  if (!raft.lead)
    return false
  post(raft, raft.lead, { type: 'MsgProp', data }, 0)
  return true
}

/** Asks which entry a read must have seen to be linearizable; the answer comes in `readStates`, or never. */
export function readIndex(raft: Raft, context: string): void {
  if (raft.role === 'leader')
    beginRead(raft, context, raft.id)
  else if (raft.lead)
    post(raft, raft.lead, { type: 'MsgReadIndex', context }, 0)
}

/** Hands the leadership over to a member, as the leader or through it. */
export function transferLeadership(raft: Raft, to: string): void {
  if (raft.role === 'leader')
    transfer(raft, to)
  else if (raft.lead)
    raft.outbox.push({ type: 'MsgTransferLeader', to: raft.lead, from: to, term: 0 })
}

function transfer(raft: Raft, to: string): void {
  if (to === raft.id || raft.transferee === to || !raft.members.includes(to))
    return
  Object.assign(raft, { transferee: to, electionElapsed: 0 })
  if (raft.progress[to]!.match === lastIndex(raft))
    post(raft, to, { type: 'MsgTimeoutNow' })
  else
    sendAppend(raft, to)
}

/** The connection to a member broke: entries under way to it may be lost. */
export function unreachable(raft: Raft, member: string): void {
  const progress = raft.progress[member]
  if (raft.role === 'leader' && progress && !progress.probing)
    Object.assign(progress, { probing: true, probeSent: false, next: progress.match + 1 })
}

/** What a crash leaves: only what was on disk. */
export function recover(raft: Raft, random: Random): void {
  Object.assign(raft, { outbox: [], readStates: [] })
  becomeFollower(raft, raft.term, '', random)
}

/** Whether the leader has committed something of its own term. */
export function committedInTerm(raft: Raft): boolean {
  return termAt(raft, raft.commit) === raft.term
}
