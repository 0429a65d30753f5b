import type { TracedMessage } from '../model/trace.ts'
import type { ActorId } from './actors.ts'
import type { Piece, Text } from './pieces.ts'
import { apiClientOf, ask, askAndWait } from '../model/apiserver/client.ts'
import { apiServerOf } from '../model/apiserver/server.ts'
import { operate, runTo, runUntil } from '../model/simulation.ts'
import { handlers, startControlPlane } from './control-plane.ts'
import { fieldsOf, wholeNumberOf } from './input.ts'
import { defineScene } from './registry.ts'
import { follow } from './traffic.ts'

/** Who watches pods: everything, or (a kubelet) the pods bound to its own node. */
const watchers = [
  { client: 'kube-scheduler', actor: 'kube-scheduler', selector: '', y: 20 },
  { client: 'kube-controller-manager', actor: 'kube-controller-manager', selector: '', y: 98 },
  { client: 'kubelet/node-1', actor: 'kubelet', selector: '&fieldSelector=spec.nodeName%3Dnode-1', y: 176 },
  { client: 'kubelet/node-2', actor: 'kubelet', selector: '&fieldSelector=spec.nodeName%3Dnode-2', y: 254 },
] as const

const pods = '/api/v1/namespaces/default/pods'

/** One watch of etcd for all pods, and from the API server's cache a watch for each component. */
export default defineScene<{ cache: number }>({
  name: 'watch-fanout',
  example: { cache: 3 },
  read(given = {}) {
    const { cache } = fieldsOf({ value: given, path: '' }, ['cache'])
    return { cache: cache.value === undefined ? 3 : wholeNumberOf(cache, 2, 4) }
  },

  script({ cache: capacity }, show) {
    const cluster = startControlPlane(['kubectl', ...watchers.map(({ client }) => client)], { config: { cacheCapacity: capacity } })
    askAndWait(cluster, handlers, 'kubectl', {
      method: 'POST',
      path: '/api/v1/namespaces/default/serviceaccounts',
      body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' }, automountServiceAccountToken: false },
    })
    settle()

    /** While many writes go by, only the last one's events are drawn. */
    let busyUntil = 0
    const traffic = follow(cluster, message => Number(message.summary.resourceVersion ?? 0) < busyUntil ? undefined : labelOf(message, busyUntil > 0), pieceOf)
    const step = (caption: string, params: Parameters<typeof show>[1] = {}) =>
      show(caption, { revision: cacheOf().revision, capacity, ...params }, { pieces: picture(), ...traffic() })

    step('one-watch')

    for (const { client, selector } of watchers)
      watch(client, selector, '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan')
    settle()
    step('clients', { count: watchers.length })

    ask(cluster, 'kubectl', { method: 'POST', path: pods, body: pod('web-1') })
    runUntil(cluster, handlers, () => cacheOf().events.length > 0, 1000)
    step('stored')
    settle()
    step('fan-out')

    ask(cluster, 'kube-scheduler', { method: 'POST', path: `${pods}/web-1/binding`, body: { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'web-1' }, target: { kind: 'Node', name: 'node-1' } } })
    settle()
    step('bound', { node: 'node-1' })

    runTo(cluster, handlers, cluster.now + 61_000)
    step('bookmarks')

    // node-2's kubelet is cut off while more is written than the cache keeps.
    const last = versionOf('kubelet/node-2')
    operate(cluster, { op: 'stop', actor: 'kubelet/node-2' })
    busyUntil = cacheOf().revision + capacity + 1
    for (let at = 2; at <= capacity + 2; at++)
      askAndWait(cluster, handlers, 'kubectl', { method: 'POST', path: pods, body: pod(`web-${at}`) })
    settle()
    step('away', { node: 'node-2', version: last })
    busyUntil = 0
    operate(cluster, { op: 'start', actor: 'kubelet/node-2' })
    watch('kubelet/node-2', watchers[3].selector, `&resourceVersion=${last}`)
    settle()
    step('gone', { version: last })
    const list = askAndWait(cluster, handlers, 'kubelet/node-2', { method: 'GET', path: '/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-2' })
    const listed = (list?.body as { metadata?: { resourceVersion?: string } }).metadata?.resourceVersion ?? ''
    watch('kubelet/node-2', watchers[3].selector, `&resourceVersion=${listed}`)
    settle()
    step('listed', { version: listed })

    function settle() {
      runTo(cluster, handlers, cluster.now + 30)
    }

    function watch(client: string, selector: string, from: string) {
      ask(cluster, client, { method: 'GET', path: `/api/v1/pods?watch=1&allowWatchBookmarks=true${from}${selector}` })
    }

    function cacheOf() {
      const cache = apiServerOf(cluster).server.caches.pods
      if (!cache)
        throw new Error('the API server has no cache of pods')
      return cache
    }

    /** The last version of anything that a client was told. */
    function versionOf(client: string): string {
      const { exchanges } = apiClientOf(cluster, client)
      const versions = exchanges.flatMap(({ events, response }) => [
        (response?.body as { metadata?: { resourceVersion?: string } } | undefined)?.metadata?.resourceVersion,
        ...events.map(({ event }) => (event.object as { metadata?: { resourceVersion?: string } }).metadata?.resourceVersion),
      ])
      return versions.filter(Boolean).at(-1) ?? ''
    }

    function picture(): Piece[] {
      const { events } = cacheOf()
      return [
        { kind: 'actor', id: 'kubectl', actor: 'kubectl' },
        { kind: 'actor', id: 'etcd', actor: 'etcd' },
        { kind: 'actor', id: 'kube-apiserver', actor: 'kube-apiserver', place: { x: 350, y: 62 } },
        {
          kind: 'stream',
          id: 'cache',
          title: { key: 'cache' },
          at: { x: 250, y: 140 },
          width: 200,
          lines: capacity,
          actor: 'kube-apiserver',
          empty: { key: 'empty' },
          events: events.map(({ type, revision, key }) => ({ id: `r${revision}`, revision, text: `${type} ${key.split('/').at(-1)}` })),
          footnote: { key: 'window', params: { revision: cacheOf().baseRevision } },
        },
        ...watchers.map(({ client, actor, y }): Piece => {
          const version = versionOf(client)
          const down = cluster.actors[client]?.condition === 'down'
          return {
            kind: 'actor',
            id: client.replace('/', '-'),
            actor: actor as ActorId,
            place: { x: 745, y },
            ...(client.includes('/') && { instance: client.replace(/\/(.*)/, ' ($1)') }),
            ...(down ? { mark: 'stopped', role: { key: 'stopped' } } : { role: version ? { key: 'has', params: { version } } : { key: 'nothing' } }),
          }
        }),
      ]
    }
  },
})

function pod(name: string): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } }
}

/** What etcd tells the API server goes into its cache. */
function pieceOf(actor: string, { kind }: TracedMessage): string {
  if (actor === 'etcd-1')
    return 'etcd'
  return actor === 'kube-apiserver' && kind === 'WatchResponse' ? 'cache' : actor.replace('/', '-')
}

/** The first bookmark of a watch says that the list is complete; those that are drawn come later, each minute. */
function labelOf({ kind, summary, sent }: TracedMessage, busy: boolean): Text | undefined {
  if (busy && kind !== 'WatchEvent')
    return undefined
  switch (kind) {
    case 'Request':
      if (summary.verb === 'create')
        return summary.name ? { key: 'bind' } : { key: 'create', params: { resource: String(summary.resource) } }
      return { key: String(summary.verb), params: { resource: String(summary.resource) } }
    case 'WatchEvent':
      if (summary.type === 'ERROR')
        return { key: 'gone' }
      return summary.type === 'BOOKMARK'
        ? sent < 30_000 ? undefined : { key: 'ready', params: { version: String(summary.resourceVersion) } }
        : { key: 'event', params: { type: String(summary.type), version: String(summary.resourceVersion) } }
    case 'WatchResponse':
      return summary.events ? { key: 'etcd-event', params: { revision: Number(summary.revision) } } : undefined
    case 'Txn':
      return { key: 'put' }
    default:
      return undefined
  }
}
