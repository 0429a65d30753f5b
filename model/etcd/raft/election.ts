// Models go.etcd.io/raft: raft.go (roles, campaigns and votes, with pre-vote and check-quorum)
import type { Entry, Raft, Role } from './state.ts'
import { bcastAppend, maybeCommit } from './replication.ts'
import { electionTicks, lastIndex, post, quorum, termAt } from './state.ts'

/** Draws random numbers from 0 (included) to 1 (excluded). */
export type Random = () => number

function reset(raft: Raft, term: number, role: Role, lead: string, random: Random): void {
  if (raft.term !== term)
    Object.assign(raft, { term, vote: '' })
  Object.assign(raft, { role, lead, electionElapsed: 0, heartbeatElapsed: 0, transferee: '', votes: {}, reads: [], earlyReads: [] })
  raft.electionTimeout = electionTicks + Math.floor(random() * electionTicks)
  raft.progress = {}
  for (const member of raft.members)
    raft.progress[member] = { match: member === raft.id ? lastIndex(raft) : 0, next: lastIndex(raft) + 1, probing: true, probeSent: false, recentActive: false }
}

/** Follows `lead` ('' for nobody yet) in a term. */
export function becomeFollower(raft: Raft, term: number, lead: string, random: Random): void {
  reset(raft, term, 'follower', lead, random)
}

/** Takes the lead and begins the term with an empty entry. */
export function becomeLeader(raft: Raft, random: Random): void {
  reset(raft, raft.term, 'leader', raft.id, random)
  raft.progress[raft.id]!.probing = false
  raft.progress[raft.id]!.recentActive = true
  append(raft, undefined)
  bcastAppend(raft)
}

/** Adds an entry to the leader's own log. */
export function append(raft: Raft, data: unknown): Entry {
  const index = lastIndex(raft) + 1
  const entry: Entry = Object.freeze(data === undefined ? { index, term: raft.term } : { index, term: raft.term, data })
  raft.log.push(entry)
  Object.assign(raft.progress[raft.id]!, { match: index, next: index + 1 })
  maybeCommit(raft)
  return entry
}

/**
 * Asks for votes. First whether an election could be won (`preVote`: terms stay as they are); then in earnest, in a new term.
 * `transfer`: the leader asked for it, so that the others vote though they hear from it.
 */
export function campaign(raft: Raft, stage: 'preVote' | 'election' | 'transfer', random: Random): void {
  if (stage === 'preVote') {
    Object.assign(raft, { role: 'preCandidate', lead: '', votes: {} })
  }
  else {
    reset(raft, raft.term + 1, 'candidate', '', random)
    raft.vote = raft.id
  }
  raft.votes[raft.id] = true
  if (quorum(raft) === 1)
    return winStage(raft, random)
  for (const member of raft.members) {
    if (member === raft.id)
      continue
    const ask = { index: lastIndex(raft), logTerm: termAt(raft, lastIndex(raft)), transfer: stage === 'transfer' }
    if (stage === 'preVote')
      post(raft, member, { type: 'MsgPreVote', ...ask }, raft.term + 1)
    else
      post(raft, member, { type: 'MsgVote', ...ask })
  }
}

function winStage(raft: Raft, random: Random): void {
  if (raft.role === 'preCandidate')
    campaign(raft, 'election', random)
  else
    becomeLeader(raft, random)
}

/** Counts a vote; wins or gives up with a majority. */
export function countVote(raft: Raft, from: string, granted: boolean, random: Random): void {
  raft.votes[from] ??= granted
  const votes = Object.values(raft.votes)
  const grants = votes.filter(Boolean).length
  if (grants >= quorum(raft))
    winStage(raft, random)
  else if (votes.length - grants >= quorum(raft))
    becomeFollower(raft, raft.term, '', random)
}

/** Whether a candidate's log is at least as far as this one: the later last term wins, then the longer log. */
export function isUpToDate(raft: Raft, index: number, logTerm: number): boolean {
  const last = lastIndex(raft)
  return logTerm > termAt(raft, last) || (logTerm === termAt(raft, last) && index >= last)
}

/** Whether a leader has heard from a majority since it last looked; starts looking anew. */
export function quorumActive(raft: Raft): boolean {
  let active = 0
  for (const member of raft.members) {
    const progress = raft.progress[member]!
    if (member === raft.id || progress.recentActive)
      active += 1
    progress.recentActive = member === raft.id
  }
  return active >= quorum(raft)
}
