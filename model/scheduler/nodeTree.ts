/**
 * The order in which nodes are tried: zones in order of first appearance, one node from each in turn.
 *
 * Models pkg/scheduler/backend/cache/node_tree.go
 */
import type { Labels } from '../objects.ts'

/** Region and zone as one key, the labels of old before those of today; `''` for a node that has neither. */
function zoneKey(labels: Labels): string {
  const region = labels['failure-domain.beta.kubernetes.io/region'] ?? labels['topology.kubernetes.io/region'] ?? ''
  const zone = labels['failure-domain.beta.kubernetes.io/zone'] ?? labels['topology.kubernetes.io/zone'] ?? ''
  return region || zone ? `${region}:\0:${zone}` : ''
}

/** The nodes, spread over zones. */
export function inTreeOrder<N extends { labels: Labels }>(nodes: Iterable<N>): N[] {
  const zones = new Map<string, N[]>()
  for (const node of nodes) {
    const key = zoneKey(node.labels)
    const zone = zones.get(key)
    if (zone)
      zone.push(node)
    else
      zones.set(key, [node])
  }
  const ordered: N[] = []
  for (let turn = 0; zones.size; turn++) {
    for (const [key, zone] of zones) {
      if (turn < zone.length)
        ordered.push(zone[turn]!)
      else
        zones.delete(key)
    }
  }
  return ordered
}
