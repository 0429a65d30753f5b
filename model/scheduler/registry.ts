/**
 * Every plugin by its upstream name, and the profile that a scheduler has by default.
 *
 * Models pkg/scheduler/framework/plugins/registry.go and pkg/scheduler/apis/config/v1/default_plugins.go
 */
import type { Plugin } from './framework.ts'
import { defaultPreemption } from './plugins/DefaultPreemption.ts'
import { imageLocality } from './plugins/ImageLocality.ts'
import { inertPlugins } from './plugins/inert.ts'
import { nodeAffinity } from './plugins/NodeAffinity.ts'
import { nodeDeclaredFeatures } from './plugins/NodeDeclaredFeatures.ts'
import { nodeName } from './plugins/NodeName.ts'
import { nodePorts } from './plugins/NodePorts.ts'
import { nodeResourcesBalancedAllocation } from './plugins/NodeResourcesBalancedAllocation.ts'
import { nodeResourcesFit } from './plugins/NodeResourcesFit.ts'
import { nodeUnschedulable } from './plugins/NodeUnschedulable.ts'
import { podTopologySpread } from './plugins/PodTopologySpread.ts'
import { taintToleration } from './plugins/TaintToleration.ts'
import { withoutPodAffinity } from './plugins/withoutPodAffinity.ts'

/** Name → a plugin made with its arguments. */
export const registry: Record<string, (args?: object) => Plugin> = {
  ...inertPlugins,
  NodeUnschedulable: nodeUnschedulable,
  NodeName: nodeName,
  TaintToleration: taintToleration,
  NodeAffinity: nodeAffinity,
  NodePorts: nodePorts,
  NodeResourcesFit: nodeResourcesFit,
  PodTopologySpread: podTopologySpread,
  InterPodAffinity: withoutPodAffinity,
  DefaultPreemption: defaultPreemption,
  NodeResourcesBalancedAllocation: nodeResourcesBalancedAllocation,
  ImageLocality: imageLocality,
  NodeDeclaredFeatures: nodeDeclaredFeatures,
}

/** What the default profile enables at every extension point that a plugin has, in order. */
export const defaultMultiPoint: { name: string, weight?: number }[] = [
  { name: 'SchedulingGates' },
  { name: 'PrioritySort' },
  { name: 'NodeUnschedulable' },
  { name: 'NodeName' },
  { name: 'TaintToleration', weight: 3 },
  { name: 'NodeAffinity', weight: 2 },
  { name: 'NodePorts' },
  { name: 'NodeResourcesFit', weight: 1 },
  { name: 'VolumeRestrictions' },
  { name: 'NodeVolumeLimits' },
  { name: 'VolumeBinding' },
  { name: 'VolumeZone' },
  { name: 'PodTopologySpread', weight: 2 },
  { name: 'InterPodAffinity', weight: 2 },
  { name: 'DynamicResources', weight: 2 },
  { name: 'DefaultPreemption' },
  { name: 'NodeResourcesBalancedAllocation', weight: 1 },
  { name: 'ImageLocality', weight: 1 },
  { name: 'DefaultBinder' },
  { name: 'NodeDeclaredFeatures' },
]
