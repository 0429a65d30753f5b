import type { ApiServerOptions } from '../model/apiserver/server.ts'
import type { Node } from '../model/objects.ts'
import type { Handlers, Simulation } from '../model/simulation.ts'
import { addApiClient, apiServerHandlers, askAndWait } from '../model/apiserver/client.ts'
import { addApiServer, apiServerOf, isReady } from '../model/apiserver/server.ts'
import { addCluster, awaitLeader, etcdHandlers } from '../model/etcd/cluster.ts'
import { schedulerHandlers } from '../model/scheduler/kubeScheduler.ts'
import { createSimulation, runUntil } from '../model/simulation.ts'

/** Behaviour of everything in a control plane that a scene starts. */
export const handlers: Handlers = { ...etcdHandlers, ...apiServerHandlers, ...schedulerHandlers }

/** An API server on one etcd, ready to be asked, and clients of these names. */
export function startControlPlane(clients: readonly string[], options: Partial<ApiServerOptions> = {}): Simulation {
  const simulation = createSimulation({ seed: 1 })
  const endpoints = addCluster(simulation, { members: 1, leader: 'etcd-1' })
  awaitLeader(simulation, handlers)
  addApiServer(simulation, { endpoints, ...options })
  runUntil(simulation, handlers, () => isReady(apiServerOf(simulation)))
  clients.forEach(client => addApiClient(simulation, client))
  // Its watches of etcd are confirmed a moment later: they are not part of any scene.
  const settled = simulation.now + 10
  runUntil(simulation, handlers, ({ now }) => now >= settled, 1000)
  return simulation
}

/** Makes kubectl's request and waits for the answer. A PATCH is a merge patch. */
export function call(cluster: Simulation, method: 'POST' | 'PATCH' | 'DELETE', path: string, body: object): void {
  const headers = { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }
  askAndWait(cluster, handlers, 'kubectl', { method, path, body, headers })
}

/** What every namespace has before a pod can be made in it. */
export function giveServiceAccount(cluster: Simulation): void {
  call(cluster, 'POST', '/api/v1/namespaces/default/serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' }, automountServiceAccountToken: false })
}

/** A node registers itself and says what it has. It is tainted as not ready. */
export function joinNode(cluster: Simulation, { metadata, spec, status }: Node): void {
  call(cluster, 'POST', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata, spec })
  call(cluster, 'PATCH', `/api/v1/nodes/${metadata.name}/status`, { status: { ...status, capacity: status?.allocatable } })
}

/** What the node controller does once a node reports that it is ready: of its taints, only its own are left. */
export function readyNode(cluster: Simulation, { metadata, spec }: Node): void {
  call(cluster, 'PATCH', `/api/v1/nodes/${metadata.name}`, { spec: { taints: spec?.taints ?? [] } })
}

/** The Deployment that the article follows: three replicas of nginx that ask for 2 CPU and 1 GiB each. */
export function deployment(name: string, replicas: number, matchLabels: Record<string, string> = { app: name }): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'nginx', image: 'nginx', resources: { requests: { cpu: '2', memory: '1Gi' } } }] },
      },
    },
  }
}
