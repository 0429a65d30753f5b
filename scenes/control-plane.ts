import type { ApiServerOptions } from '../model/apiserver/server.ts'
import type { Handlers, Simulation } from '../model/simulation.ts'
import { addApiClient, apiServerHandlers } from '../model/apiserver/client.ts'
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
