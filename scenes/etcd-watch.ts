import type { Client } from '../model/etcd/client.ts'
import type { Event, KeyValue } from '../model/etcd/kv.ts'
import type { TracedMessage } from '../model/trace.ts'
import type { Piece, Row, StreamEvent, Text } from './pieces.ts'
import { addClient, addCluster, awaitLeader, etcdHandlers, memberOf, order } from '../model/etcd/cluster.ts'
import { prefixEnd } from '../model/etcd/kv.ts'
import { createSimulation, operate, runTo, runUntil } from '../model/simulation.ts'
import { fieldsOf, itemsOf, textOf } from './input.ts'
import { defineScene } from './registry.ts'
import { follow } from './traffic.ts'

const registry = '/registry/'
/** The revision of the first write: an empty etcd is at 1. */
const firstWrite = 2
/** Two API servers, as in a control plane of several machines: etcd has no other clients. */
const [first, second] = ['kube-apiserver-1', 'kube-apiserver-2'] as const

interface Input {
  deployment: string
  /** Names of two pods. */
  pods: [string, string]
}

/** What a watch of etcd is: a stream to whoever asked, in the order of revisions, from any revision that is still kept. */
export default defineScene<Input>({
  name: 'etcd-watch',
  example: { deployment: 'web', pods: ['web-1', 'web-2'] },
  read(given = {}) {
    const { deployment, pods } = fieldsOf({ value: given, path: '' }, ['deployment', 'pods'])
    return {
      deployment: deployment.value === undefined ? 'web' : textOf(deployment),
      pods: pods.value === undefined ? ['web-1', 'web-2'] : itemsOf(pods, 2, 2).map(textOf) as [string, string],
    }
  },

  script({ deployment, pods: [pod, otherPod] }, show) {
    const etcd = createSimulation({ seed: 1 })
    const leader = 'etcd-1'
    const members = addCluster(etcd, { members: 3, leader })
    for (const client of [first, second])
      addClient(etcd, client, members)
    awaitLeader(etcd, etcdHandlers)

    /** What each API server has received on its watch, over all its lives. */
    const received: Record<string, Event[]> = { [first]: [], [second]: [] }
    let relisted = 0
    const prefixes = { [first]: `${registry}deployments/`, [second]: `${registry}pods/` }

    const traffic = follow(etcd, labelOf)
    const settle = () => runTo(etcd, etcdHandlers, etcd.now + 20)
    const store = () => memberOf(etcd, leader).server.store
    const lastIndex = (member: string) => memberOf(etcd, member).raft.log.at(-1)?.index ?? 0
    const stored = (name: string) => store().log.findLast(({ key }) => key.endsWith(`/${name}`))
    const clientState = (client: string) => etcd.actors[client]?.state as Client
    const write = (key: string, value: string) => order(etcd, first, { call: 'Put', request: { key: registry + key, value }, endpoint: leader })
    const watch = (client: typeof first | typeof second, startRevision?: number) => {
      const key = prefixes[client] as string
      order(etcd, client, { watch: 'watch', create: { key, rangeEnd: prefixEnd(key), ...(startRevision && { startRevision }) }, endpoint: client === first ? leader : 'etcd-3' })
    }
    const stop = (client: string) => operate(etcd, { op: 'stop', actor: client })
    const step = (caption: string, params: Parameters<typeof show>[1] = {}) => {
      for (const client of [first, second]) {
        const events = clientState(client).watches.watch?.events.splice(0) ?? []
        received[client]?.push(...events)
      }
      show(caption, { revision: store().revision, first, second, leader, ...params }, { pieces: picture(), ...traffic() })
    }
    const lastSeen = () => received[second]?.at(-1)?.kv.modRevision ?? 0

    watch(first)
    watch(second)
    settle()
    step('watching')

    // One write in three steps: on the leader, committed by a majority, told to whoever watches.
    write(`deployments/default/${deployment}`, 'replicas: 2')
    const index = lastIndex(leader) + 1
    runUntil(etcd, etcdHandlers, () => members.every(member => lastIndex(member) === index))
    step('put', { index })
    runUntil(etcd, etcdHandlers, () => clientState(first).outcomes[0]?.answered !== undefined)
    step('committed')
    settle()
    step('event')

    write(`pods/default/${pod}`, 'Pending')
    settle()
    step('other-prefix', { pod })
    write(`pods/default/${pod}`, 'Running')
    settle()
    step('versions', { pod, created: stored(pod)?.createRevision ?? 0, version: stored(pod)?.version ?? 0 })

    // Away for a short while: what was missed is still kept.
    stop(second)
    write(`pods/default/${otherPod}`, 'Pending')
    settle()
    write(`pods/default/${otherPod}`, 'Running')
    settle()
    step('away', { seen: lastSeen() })
    operate(etcd, { op: 'start', actor: second })
    const from = lastSeen() + 1
    watch(second, from)
    settle()
    step('resumed', { from })

    // Away for too long: what was missed is compacted.
    stop(second)
    write(`pods/default/${pod}`, 'Succeeded')
    settle()
    write(`pods/default/${pod}`, 'Failed')
    settle()
    order(etcd, first, { call: 'Compaction', request: { revision: store().revision }, endpoint: leader })
    settle()
    step('compacted', { seen: lastSeen() })
    operate(etcd, { op: 'start', actor: second })
    watch(second, lastSeen() + 1)
    settle()
    step('too-late', { from: lastSeen() + 1 })
    order(etcd, second, { call: 'Range', request: { key: prefixes[second], rangeEnd: prefixEnd(prefixes[second] as string) }, endpoint: 'etcd-3' })
    settle()
    relisted = store().revision
    watch(second, relisted + 1)
    settle()
    step('relisted', { from: relisted + 1 })

    function picture(): Piece[] {
      return [
        ...members.map((member, at): Piece => {
          const { server } = memberOf(etcd, member)
          const role = { key: 'member', params: { index: lastIndex(member), revision: server.store.revision } }
          return { kind: 'actor', id: member, actor: 'etcd', instance: member, place: { x: 440, y: 20 + at * 100 }, role }
        }),
        versionsPiece(store().log),
        ...watcher(first, 20),
        ...watcher(second, 150),
      ]
    }

    function watcher(client: typeof first | typeof second, y: number): Piece[] {
      const down = etcd.actors[client]?.condition === 'down'
      const events = (received[client] ?? []).map(eventLine)
      const list: StreamEvent = { id: `list-${relisted}`, revision: relisted, text: { key: 'list' }, mark: 'yes' }
      return [
        {
          kind: 'actor',
          id: client,
          actor: 'kube-apiserver',
          instance: client,
          place: { x: 751, y },
          ...(down ? { mark: 'stopped', role: { key: 'stopped' } } : { role: { key: 'watches', params: { prefix: prefixes[client] as string } } }),
        },
        {
          kind: 'stream',
          id: `${client}-events`,
          at: { x: 648, y: y + 46 },
          width: 220,
          lines: client === first ? 2 : 4,
          actor: 'kube-apiserver',
          empty: { key: 'no-events' },
          events: client === second && relisted ? [...events, list] : events,
        },
      ]
    }
  },
})

/** Every version that the store keeps, by revision; the newest of each key in ink, those before it set aside. */
function versionsPiece(log: readonly KeyValue[]): Piece {
  const newest = new Map(log.map(version => [version.key, version.modRevision]))
  const rows = log.map((version): Row => ({
    id: `r${version.modRevision}`,
    faded: newest.get(version.key) !== version.modRevision,
    cells: {
      mod: { text: String(version.modRevision) },
      name: { text: version.key.slice(registry.length) },
      create: { text: String(version.createRevision) },
      version: { text: String(version.version) },
    },
  }))
  return {
    kind: 'table',
    id: 'versions',
    title: { key: 'versions', params: { prefix: registry } },
    at: { x: 0, y: 0 },
    width: 376,
    rowHeight: 28,
    columns: [
      { id: 'mod', text: { key: 'mod' }, width: 46, mono: true },
      { id: 'name', text: { key: 'name' }, mono: true },
      { id: 'create', text: { key: 'create' }, width: 60, mono: true },
      { id: 'version', text: { key: 'version' }, width: 64, mono: true },
    ],
    rows,
  }
}

function eventLine({ type, kv }: Event): StreamEvent {
  return { id: `r${kv.modRevision}`, revision: kv.modRevision, text: `${type} ${kv.key.split('/').at(-1)} ${kv.value}` }
}

/** Raft's own messages belong to another scene; here they are counted, as are the answers to all writes but the first. */
function labelOf({ kind, summary }: TracedMessage): Text | undefined {
  const from = Number(summary.startRevision)
  switch (kind) {
    case 'Watch':
      return from > 0 ? { key: 'watch-from', params: { from } } : { key: 'watch' }
    case 'WatchResponse':
      if (summary.canceled)
        return { key: 'canceled', params: { revision: Number(summary.compactRevision) } }
      return summary.events ? { key: 'events', params: { count: Number(summary.events), revision: Number(summary.revision) } } : undefined
    case 'Put':
      return { key: 'put', params: { name: String(summary.key).split('/').at(-1) ?? '' } }
    case 'PutResponse':
      return summary.revision === firstWrite ? { key: 'stored', params: { revision: firstWrite } } : undefined
    case 'Compaction':
      return { key: 'compact', params: { revision: Number(summary.revision) } }
    case 'Range':
      return { key: 'range' }
    case 'RangeResponse':
      return { key: 'listed', params: { count: Number(summary.count), revision: Number(summary.revision) } }
    default:
      return undefined
  }
}
