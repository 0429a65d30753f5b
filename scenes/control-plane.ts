import type { ApiServerOptions } from '../model/apiserver/server.ts'
import type { Store } from '../model/etcd/store.ts'
import type { Node, Pod } from '../model/objects.ts'
import type { Handlers, Simulation } from '../model/simulation.ts'
import { addApiClient, apiServerHandlers, askAndWait } from '../model/apiserver/client.ts'
import { addApiServer, apiServerOf, isReady } from '../model/apiserver/server.ts'
import { addCluster, awaitLeader, etcdHandlers, memberOf } from '../model/etcd/cluster.ts'
import { beginWrite, endWrite, putIn } from '../model/etcd/store.ts'
import { schedulerHandlers } from '../model/scheduler/kubeScheduler.ts'
import { createSimulation, runUntil } from '../model/simulation.ts'

/** Behaviour of everything in a control plane that a scene starts. */
export const handlers: Handlers = { ...etcdHandlers, ...apiServerHandlers, ...schedulerHandlers }

/**
 * An API server on one etcd, ready to be asked, and clients of these names.
 *
 * @param clients who may ask
 * @param options of the API server
 * @param stored what etcd holds already, as after a restart of the control plane: objects as they are stored
 */
export function startControlPlane(clients: readonly string[], options: Partial<ApiServerOptions> = {}, stored: readonly KubeObject[] = []): Simulation {
  const simulation = createSimulation({ seed: 1 })
  const endpoints = addCluster(simulation, { members: 1, leader: 'etcd-1' })
  awaitLeader(simulation, handlers)
  stored.forEach((object, at) => restore(memberOf(simulation, 'etcd-1').server.store, object, at))
  addApiServer(simulation, { endpoints, ...options })
  runUntil(simulation, handlers, () => isReady(apiServerOf(simulation)))
  clients.forEach(client => addApiClient(simulation, client))
  // Its watches of etcd are confirmed a moment later: they are not part of any scene.
  const settled = simulation.now + 10
  runUntil(simulation, handlers, ({ now }) => now >= settled, 1000)
  return simulation
}

/** Any object of the API, as it is stored. */
export interface KubeObject {
  kind: string
  metadata: { name: string, namespace?: string }
}

const prefixes: Readonly<Record<string, string>> = {
  Node: '/registry/minions/',
  Pod: '/registry/pods/default/',
  PriorityClass: '/registry/priorityclasses/',
  ServiceAccount: '/registry/serviceaccounts/default/',
}

function restore(store: Store, object: KubeObject, at: number): void {
  const uid = `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`
  const write = beginWrite(store)
  putIn(write, `${prefixes[object.kind]}${object.metadata.name}`, { ...object, metadata: { ...object.metadata, uid, generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' } }, '0')
  endWrite(write)
}

/** Makes kubectl's request and waits for the answer. A PATCH is a merge patch. */
export function call(cluster: Simulation, method: 'POST' | 'PATCH' | 'DELETE', path: string, body: object): void {
  const headers = { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }
  askAndWait(cluster, handlers, 'kubectl', { method, path, body, headers })
}

/** What every namespace has before a pod can be made in it. */
export const serviceAccount: KubeObject = { ...typed('v1', 'ServiceAccount', 'default', 'default'), automountServiceAccountToken: false } as KubeObject

function typed(apiVersion: string, kind: string, name: string, namespace?: string) {
  return { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } }
}

/** A node that has long been ready. */
export function storedNode(node: Node): KubeObject {
  return { ...node, kind: 'Node', status: { ...node.status, capacity: node.status?.allocatable } } as KubeObject
}

/** A pod that has long been running on its node. */
export function storedPod(pod: Pod): KubeObject {
  const defaults = { restartPolicy: 'Always', schedulerName: 'default-scheduler', terminationGracePeriodSeconds: 30, priority: 0, preemptionPolicy: 'PreemptLowerPriority' }
  return { ...pod, kind: 'Pod', spec: { ...defaults, ...pod.spec }, status: { phase: 'Running' } } as KubeObject
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
