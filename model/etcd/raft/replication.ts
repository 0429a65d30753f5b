// Models go.etcd.io/raft: raft.go (append entries, commit, snapshots) and read_only.go
import type { Raft, RaftMessage, Snapshot } from './state.ts'
import { entriesFrom, lastIndex, post, quorum, termAt } from './state.ts'

/** Sends a member the entries that it lacks, or the snapshot if the log no longer has them. */
export function sendAppend(raft: Raft, to: string, evenIfEmpty = true): void {
  const progress = raft.progress[to]!
  if (progress.probing && progress.probeSent)
    return
  const index = progress.next - 1
  if (index < raft.compacted.index) {
    const { snapshot } = raft
    if (!snapshot || !progress.recentActive)
      return
    post(raft, to, { type: 'MsgSnap', snapshot })
    Object.assign(progress, { next: snapshot.index + 1, probing: true, probeSent: true })
    return
  }
  const entries = entriesFrom(raft, progress.next)
  if (entries.length === 0 && !evenIfEmpty)
    return
  post(raft, to, { type: 'MsgApp', index, logTerm: termAt(raft, index), entries, commit: raft.commit })
  if (progress.probing)
    progress.probeSent = true
  else
    progress.next += entries.length
}

export function bcastAppend(raft: Raft): void {
  for (const member of raft.members) {
    if (member !== raft.id)
      sendAppend(raft, member)
  }
}

/** Tells all others that the leader is there. `context` names a read that their answers confirm. */
export function bcastHeartbeat(raft: Raft, context = raft.reads.at(-1)?.context ?? ''): void {
  for (const member of raft.members) {
    if (member !== raft.id)
      post(raft, member, { type: 'MsgHeartbeat', commit: Math.min(raft.progress[member]!.match, raft.commit), context })
  }
}

/** Commits what a majority holds, if it is of this term; whether that is news. */
export function maybeCommit(raft: Raft): boolean {
  const matches = raft.members.map(member => raft.progress[member]!.match).sort((a, b) => b - a)
  const index = matches[quorum(raft) - 1]!
  if (index <= raft.commit || termAt(raft, index) !== raft.term)
    return false
  raft.commit = index
  for (const { context, from } of raft.earlyReads.splice(0))
    beginRead(raft, context, from)
  return true
}

/** A follower takes entries, if it holds the one before them. */
export function handleAppend(raft: Raft, message: RaftMessage & { type: 'MsgApp' }): void {
  const { from, index, logTerm, entries, commit } = message
  if (index < raft.commit)
    return post(raft, from, { type: 'MsgAppResp', index: raft.commit, reject: false, hint: 0 })
  if (index > lastIndex(raft) || termAt(raft, index) !== logTerm) {
    let hint = Math.min(index, lastIndex(raft))
    while (hint > raft.compacted.index && termAt(raft, hint) > logTerm)
      hint -= 1
    return post(raft, from, { type: 'MsgAppResp', index, reject: true, hint })
  }
  const conflict = entries.find(entry => termAt(raft, entry.index) !== entry.term)
  if (conflict) {
    raft.log = entriesFrom(raft, raft.compacted.index + 1, conflict.index - 1)
    raft.log.push(...entries.filter(entry => entry.index >= conflict.index))
  }
  const last = index + entries.length
  raft.commit = Math.max(raft.commit, Math.min(commit, last))
  post(raft, from, { type: 'MsgAppResp', index: last, reject: false, hint: 0 })
}

/** A leader learns how far a member is. */
export function handleAppendResponse(raft: Raft, message: RaftMessage & { type: 'MsgAppResp' }): void {
  const { from, index, reject, hint } = message
  const progress = raft.progress[from]!
  progress.recentActive = true
  if (reject) {
    if (index <= progress.match || (progress.probing && progress.next - 1 !== index))
      return
    progress.next = Math.max(Math.min(index, hint + 1), progress.match + 1)
    Object.assign(progress, { probing: true, probeSent: false })
    return sendAppend(raft, from)
  }
  const news = index > progress.match
  progress.match = Math.max(progress.match, index)
  progress.next = Math.max(progress.next, index + 1)
  if (news || (progress.probing && progress.match === index))
    Object.assign(progress, { probing: false, probeSent: false })
  if (news && maybeCommit(raft))
    bcastAppend(raft)
  else if (news)
    sendAppend(raft, from, false)
  if (raft.transferee === from && progress.match === lastIndex(raft))
    post(raft, from, { type: 'MsgTimeoutNow' })
}

/** A member is there: what it lacks is sent (again), and reads that its answer confirms are done. */
export function handleHeartbeatResponse(raft: Raft, message: RaftMessage & { type: 'MsgHeartbeatResp' }): void {
  const progress = raft.progress[message.from]!
  Object.assign(progress, { recentActive: true, probeSent: false })
  if (progress.match < lastIndex(raft))
    sendAppend(raft, message.from)
  if (message.context)
    confirmRead(raft, message.context, message.from)
}

/** A leader takes up a linearizable read: a majority must say that it still leads. */
export function beginRead(raft: Raft, context: string, from: string): void {
  if (termAt(raft, raft.commit) !== raft.term) {
    raft.earlyReads.push({ context, from })
    return
  }
  if (raft.reads.some(read => read.context === context))
    return
  raft.reads.push({ context, from, index: raft.commit, acks: [raft.id] })
  if (quorum(raft) === 1)
    confirmRead(raft, context, raft.id)
  else
    bcastHeartbeat(raft, context)
}

function confirmRead(raft: Raft, context: string, from: string): void {
  const position = raft.reads.findIndex(read => read.context === context)
  if (position < 0)
    return
  const { acks } = raft.reads[position]!
  if (!acks.includes(from))
    acks.push(from)
  if (acks.length < quorum(raft))
    return
  for (const read of raft.reads.splice(0, position + 1)) {
    if (read.from === raft.id)
      raft.readStates.push({ context: read.context, index: read.index })
    else
      post(raft, read.from, { type: 'MsgReadIndexResp', context: read.context, index: read.index })
  }
}

/** A follower takes over a snapshot that is ahead of it; whether it did. The log begins anew after it. */
export function restoreSnapshot(raft: Raft, snapshot: Snapshot): boolean {
  if (snapshot.index <= raft.commit)
    return false
  if (termAt(raft, snapshot.index) === snapshot.term) {
    raft.commit = snapshot.index
    return false
  }
  Object.assign(raft, { log: [], compacted: { index: snapshot.index, term: snapshot.term }, snapshot, commit: snapshot.index })
  return true
}
