import type { Client, Outcome } from '../model/etcd/client.ts'
import type { Entry } from '../model/etcd/raft/state.ts'
import type { LogMember, Mark, Piece, StreamEvent, Text } from './pieces.ts'
import type { Label } from './traffic.ts'
import { addClient, addCluster, awaitLeader, clientOf, etcdHandlers, leaderOf, memberOf, order } from '../model/etcd/cluster.ts'
import { createSimulation, operate, runTo, runUntil } from '../model/simulation.ts'
import { fieldsOf, wholeNumberOf } from './input.ts'
import { defineScene } from './registry.ts'
import { follow } from './traffic.ts'

const writer = 'kube-apiserver'
const key = '/registry/deployments/default/web'

/** Why etcd has three members: what a majority is good for, and what is left without one. */
export default defineScene<{ members: number }>({
  name: 'etcd-raft',
  example: { members: 3 },
  read(given = {}) {
    const { members } = fieldsOf({ value: given, path: '' }, ['members'])
    return { members: members.value === undefined ? 3 : wholeNumberOf(members, 3, 5) }
  },

  script({ members }, show) {
    const etcd = createSimulation({ seed: 1 })
    const names = addCluster(etcd, { members, leader: 'etcd-1' })
    const majority = Math.floor(members / 2) + 1
    addClient(etcd, writer, names)
    awaitLeader(etcd, etcdHandlers)

    const traffic = follow(etcd, labels(), actor => actor === writer ? writer : `members/${actor}`)
    const step = (caption: string, params: Parameters<typeof show>[1] = {}) =>
      show(caption, { leader: leaderOf(etcd) ?? '', members, majority, ...params }, { pieces: picture(), ...traffic() })
    const outcomes = () => (etcd.actors[writer]?.state as Client).outcomes
    const put = (replicas: number) => order(etcd, writer, { call: 'Put', request: { key, value: String(replicas) }, endpoint: leaderOf(etcd) ?? 'etcd-1' })
    const untilAnswered = () => runUntil(etcd, etcdHandlers, () => outcomes().every(outcome => outcome.answered !== undefined))
    const up = () => names.filter(name => etcd.actors[name]?.condition === 'up')
    const lastIndex = (name: string) => memberOf(etcd, name).raft.log.at(-1)?.index ?? 0

    const first = lastIndex('etcd-1')
    step('leader', { term: memberOf(etcd, 'etcd-1').raft.term })

    // One write, in slow motion: to the leader, to the followers, back from a majority, and then everyone learns of it.
    const index = first + 1
    put(3)
    runUntil(etcd, etcdHandlers, () => lastIndex('etcd-1') === index)
    step('asked', { index })
    runUntil(etcd, etcdHandlers, () => names.every(name => lastIndex(name) === index))
    step('replicated', { index })
    untilAnswered()
    step('committed', { index, revision: revisionOf(outcomes().at(-1)) })
    runTo(etcd, etcdHandlers, etcd.now + 20)
    step('learned', { index })

    // The leader dies: the others notice the silence and choose another.
    operate(etcd, { op: 'stop', actor: 'etcd-1' })
    step('leader-stopped', { stopped: 'etcd-1' })
    runUntil(etcd, etcdHandlers, () => leaderOf(etcd) !== undefined)
    const leader = leaderOf(etcd) ?? ''
    step('elected', { term: memberOf(etcd, leader).raft.term })
    awaitLeader(etcd, etcdHandlers)
    step('begins', { index: lastIndex(leader) })
    put(4)
    untilAnswered()
    runTo(etcd, etcdHandlers, etcd.now + 20)
    step('goes-on', { up: up().length, revision: revisionOf(outcomes().at(-1)) })

    // More die, until those that are left are no majority.
    while (up().length >= majority)
      operate(etcd, { op: 'stop', actor: up().find(name => name !== leader) ?? '' })
    put(5)
    runUntil(etcd, etcdHandlers, () => memberOf(etcd, leader).raft.role !== 'leader', 6000)
    step('no-quorum', { up: up().length, leader })
    const unanswered = lastIndex(leader)
    untilAnswered()
    const { sent = 0, answered = 0, error } = outcomes().at(-1) ?? {}
    step('told', { error: error?.message ?? '', seconds: Math.round((answered - sent) / 1000) })

    // One comes back: enough for a majority.
    operate(etcd, { op: 'start', actor: 'etcd-1' })
    const termOfLeader = () => memberOf(etcd, leaderOf(etcd) ?? leader).raft.term
    const before = memberOf(etcd, leader).raft.term
    runUntil(etcd, etcdHandlers, () => leaderOf(etcd) !== undefined && termOfLeader() > before)
    step('back', { started: 'etcd-1', term: termOfLeader() })
    awaitLeader(etcd, etcdHandlers)
    runTo(etcd, etcdHandlers, etcd.now + 20)
    step('repaired', { started: 'etcd-1', index: unanswered })

    function picture(): Piece[] {
      const memberHeight = members === 3 ? 58 : 50
      return [
        { kind: 'logs', id: 'members', at: { x: 0, y: 0 }, width: 560, memberHeight, from: first, slots: 6, members: names.map(memberPiece) },
        { kind: 'actor', id: writer, actor: 'kube-apiserver', place: { x: 783, y: members === 3 ? 236 : 276 } },
        {
          kind: 'stream',
          id: 'told',
          at: { x: 0, y: members * memberHeight + 6 },
          width: 680,
          lines: 6 - members,
          ...(members < 5 && { title: { key: 'told' } }),
          actor: 'kube-apiserver',
          empty: { key: 'nothing-yet' },
          events: clientOf(etcd, writer).outcomes.map(outcomeEvent),
        },
      ]
    }

    function memberPiece(name: string): LogMember {
      const { raft } = memberOf(etcd, name)
      const stopped = etcd.actors[name]?.condition === 'down'
      return {
        id: name,
        name,
        role: stopped ? { key: 'stopped' } : { key: raft.role, params: { term: raft.term } },
        term: raft.term,
        leader: raft.role === 'leader' && !stopped,
        ...(stopped && { mark: 'stopped' as Mark }),
        entries: raft.log.filter(entry => entry.index >= first).map(entry => ({
          index: entry.index,
          term: entry.term,
          text: entryText(entry),
          committed: entry.index <= raft.commit,
        })),
      }
    }
  },
})

/** `web=3`; a new leader begins its term with an entry that holds nothing. */
function entryText(entry: Entry): string {
  const put = (entry.data as { request?: { put?: { value: string } } } | undefined)?.request?.put
  return put ? `web=${put.value}` : '–'
}

function revisionOf(outcome: Outcome | undefined): number {
  return outcome?.response?.header?.revision ?? 0
}

function outcomeEvent(outcome: Outcome): StreamEvent {
  const id = `put-${outcome.id}`
  const params = { text: `Put web=${outcome.request.value}` }
  if (outcome.answered === undefined)
    return { id, text: { key: 'waits', params }, mark: 'wait' }
  if (outcome.error)
    return { id, text: { key: 'failed', params: { ...params, error: outcome.error.message } }, mark: 'no' }
  return { id, text: { key: 'stored', params }, mark: 'yes', revision: revisionOf(outcome) }
}

/** What is drawn of the talk. Heartbeats, pre-votes and an entry's second acknowledgement are counted, not drawn. */
function labels(): Label {
  const known = new Set<string>()
  return ({ from, kind, summary }): Text | undefined => {
    switch (kind) {
      case 'Put':
        return 'Put web'
      case 'PutResponse':
        return summary.error ? { key: 'error' } : { key: 'revision', params: { revision: Number(summary.revision) } }
      case 'MsgApp':
        return Number(summary.entries) > 0
          ? { key: 'append', params: { index: Number(summary.index) } }
          : { key: 'commit', params: { index: Number(summary.commit) } }
      case 'MsgAppResp': {
        if (summary.reject)
          return { key: 'lacks' }
        const news = `${from} ${summary.index}`
        return known.has(news) ? undefined : known.add(news) && { key: 'has', params: { index: Number(summary.index) } }
      }
      case 'MsgVote':
        return { key: 'vote', params: { term: Number(summary.term) } }
      case 'MsgVoteResp':
        return { key: summary.reject ? 'vote-no' : 'vote-yes' }
      default:
        return undefined
    }
  }
}
