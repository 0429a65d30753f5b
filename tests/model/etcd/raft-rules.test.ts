import type { Entry, Raft, RaftMessage } from '../../../model/etcd/raft/state.ts'
import { describe, expect, it } from 'vitest'
import { createRaft, lastIndex, quorum } from '../../../model/etcd/raft/state.ts'
import { propose, readIndex, receive, tick } from '../../../model/etcd/raft/step.ts'

const random = () => 0

/** A leader of a term whose log holds entries of these terms after the first three. */
function leader(term: number, terms: number[], members = 3): Raft {
  const raft = createRaft('m1', Array.from({ length: members }, (_, i) => `m${i + 1}`))
  raft.log.push(...terms.map((term, i): Entry => ({ index: raft.commit + i + 1, term })))
  raft.term = term - 1
  receive(raft, { type: 'MsgTimeoutNow', from: 'm2', to: 'm1', term: term - 1 }, random)
  for (const from of raft.members.slice(1, quorum(raft)))
    receive(raft, { type: 'MsgVoteResp', from, to: 'm1', term, reject: false }, random)
  expect(raft).toMatchObject({ role: 'leader', term })
  raft.outbox = []
  return raft
}

function acknowledge(raft: Raft, from: string, index: number): void {
  receive(raft, { type: 'MsgAppResp', from, to: raft.id, term: raft.term, index, reject: false, hint: 0 }, random)
}

describe('the rules of Raft', () => {
  it('an entry of an earlier term is committed only along with one of the leader\'s own', () => {
    const raft = leader(4, [2])
    acknowledge(raft, 'm2', 4)
    expect(raft.commit).toBe(3)
    acknowledge(raft, 'm2', 5)
    expect(raft.commit).toBe(5)
  })

  it('a majority is more than half, of three and of five', () => {
    for (const members of [3, 5]) {
      const raft = leader(2, [], members)
      propose(raft, 'data')
      for (let acks = 1; acks < quorum(raft); acks++) {
        expect(raft.commit).toBe(members)
        acknowledge(raft, `m${acks + 1}`, lastIndex(raft))
      }
      expect(raft.commit).toBe(lastIndex(raft))
      expect(quorum(raft)).toBe((members + 1) / 2)
    }
  })

  it('a read is confirmed by a majority that answers after it was asked', () => {
    const raft = leader(2, [], 5)
    acknowledge(raft, 'm2', 6)
    acknowledge(raft, 'm3', 6)
    readIndex(raft, 'read')
    const answer = (from: string, context: string) => receive(raft, { type: 'MsgHeartbeatResp', from, to: 'm1', term: 2, context }, random)
    answer('m2', '')
    answer('m3', '')
    answer('m2', 'read')
    answer('m2', 'read')
    expect(raft.readStates).toEqual([])
    answer('m3', 'read')
    expect(raft.readStates).toEqual([{ context: 'read', index: 6 }])
  })

  it('a new leader serves no read before it has committed something of its own term', () => {
    const raft = leader(2, [])
    readIndex(raft, 'read')
    expect(raft.outbox.filter(({ type }) => type === 'MsgHeartbeat')).toEqual([])
    acknowledge(raft, 'm2', 4)
    expect(raft.outbox.filter(message => message.type === 'MsgHeartbeat' && message.context === 'read')).toHaveLength(2)
  })

  it('whoever hears from a leader votes for nobody, unless the leader asked for it', () => {
    const ask = (transfer: boolean): RaftMessage => ({ type: 'MsgVote', from: 'm3', to: 'm2', term: 9, index: 3, logTerm: 1, transfer })
    for (const transfer of [false, true]) {
      const raft = createRaft('m2', ['m1', 'm2', 'm3'])
      receive(raft, { type: 'MsgHeartbeat', from: 'm1', to: 'm2', term: 2, commit: 3, context: '' }, random)
      raft.outbox = []
      receive(raft, ask(transfer), random)
      expect(raft.outbox.map(({ type }) => type)).toEqual(transfer ? ['MsgVoteResp'] : [])
      expect(raft.term).toBe(transfer ? 9 : 2)
    }
  })

  it('one vote a term, and only for a log that is not behind', () => {
    const raft = createRaft('m2', ['m1', 'm2', 'm3'])
    raft.log.push({ index: 4, term: 3 })
    const ask = (from: string, index: number, logTerm: number): boolean => {
      raft.outbox = []
      receive(raft, { type: 'MsgVote', from, to: 'm2', term: 5, index, logTerm, transfer: false }, random)
      return !(raft.outbox[0] as RaftMessage & { reject: boolean }).reject
    }
    expect(ask('m1', 9, 2)).toBe(false)
    expect(ask('m1', 3, 3)).toBe(false)
    expect(ask('m1', 4, 3)).toBe(true)
    expect(ask('m3', 9, 9)).toBe(false)
    expect(ask('m1', 4, 3)).toBe(true)
  })

  it('a follower takes the leader\'s entries in place of its own that differ, and keeps those that don\'t', () => {
    const raft = createRaft('m2', ['m1', 'm2', 'm3'])
    raft.log.push({ index: 4, term: 2 }, { index: 5, term: 2 }, { index: 6, term: 2 })
    const append = (index: number, logTerm: number, entries: Entry[]) => {
      raft.outbox = []
      receive(raft, { type: 'MsgApp', from: 'm1', to: 'm2', term: 3, index, logTerm, entries, commit: 4 }, random)
      return raft.outbox[0]
    }
    expect(append(8, 3, [])).toMatchObject({ type: 'MsgAppResp', reject: true, hint: 6 })
    expect(append(3, 1, [{ index: 4, term: 2 }])).toMatchObject({ reject: false, index: 4 })
    expect(raft.log).toHaveLength(6)
    expect(append(4, 2, [{ index: 5, term: 3 }])).toMatchObject({ reject: false, index: 5 })
    expect(raft.log.map(({ term }) => term)).toEqual([1, 1, 1, 2, 3])
    expect(raft.commit).toBe(4)
  })

  it('a leader that hears from no majority for an election time-out steps down, its term unchanged', () => {
    const raft = leader(2, [])
    for (let i = 0; i < 10; i++)
      tick(raft, random)
    expect(raft).toMatchObject({ role: 'follower', lead: '', term: 2 })
  })
})
