import type { Node, Pod } from '../objects.ts'
/**
 * Queueing hints in short: which change in the cluster makes it worth trying a refused pod again.
 *
 * Models pkg/scheduler/backend/queue/scheduling_queue.go (isPodWorthRequeuing) and the EventsToRegister of the plugins
 */
import type { Plugin } from './framework.ts'
import type { PodInfo } from './nodeInfo.ts'
import { newCycle } from './cycle.ts'
import { nodeInfo } from './nodeInfo.ts'
import { snapshotOf, surroundings } from './snapshot.ts'

/** A change, as the scheduler's watches tell it. `before` is absent for what is new. */
export type ClusterEvent
  = | { kind: 'node', node: Node, before?: Node }
    | { kind: 'nodeDeleted', node: Node }
    | { kind: 'assignedPod', pod: Pod, before?: Pod }
    | { kind: 'assignedPodDeleted', pod: Pod }

/** Whether the plugin would let the pod onto this node if nothing ran there. */
function passes(plugin: Plugin, pod: PodInfo, node: Node): boolean {
  const info = nodeInfo(node)
  const cycle = newCycle(pod, snapshotOf([info], surroundings({})))
  return plugin.preFilter?.(cycle) === 'Skip' || !plugin.filter!(cycle, info)
}

/** Whether the node offers more of something than before. */
function hasGrown(node: Node, before: Node): boolean {
  const now = nodeInfo(node).allocatable
  const then = nodeInfo(before).allocatable
  return Object.keys(now).some(name => now[name]! > (then[name] ?? 0))
}

function looksAtOthers({ name }: Plugin): boolean {
  return name === 'PodTopologySpread' || name === 'InterPodAffinity'
}

function hint(plugin: Plugin, pod: PodInfo, event: ClusterEvent): boolean {
  switch (event.kind) {
    case 'node': {
      const { node, before } = event
      if (looksAtOthers(plugin))
        return !before || JSON.stringify([node.metadata.labels, node.spec?.taints]) !== JSON.stringify([before.metadata.labels, before.spec?.taints])
      return passes(plugin, pod, node)
        && (!before || !passes(plugin, pod, before) || (plugin.name === 'NodeResourcesFit' && hasGrown(node, before)))
    }
    case 'nodeDeleted': return plugin.name === 'PodTopologySpread'
    case 'assignedPod': return looksAtOthers(plugin) && (!event.before
      || JSON.stringify(event.pod.metadata.labels) !== JSON.stringify(event.before.metadata.labels))
    case 'assignedPodDeleted': return looksAtOthers(plugin) || plugin.name === 'NodeResourcesFit' || plugin.name === 'NodePorts'
  }
}

/** Whether one of the plugins that refused the pod may now think otherwise. A pod that none refused is tried after any change. */
export function worthTrying(pod: PodInfo, refusedBy: Plugin[], event: ClusterEvent): boolean {
  return !refusedBy.length || refusedBy.some(plugin => hint(plugin, pod, event))
}
