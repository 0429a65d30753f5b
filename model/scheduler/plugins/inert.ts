// Models pkg/scheduler/framework/plugins/{volumerestrictions,nodevolumelimits,volumebinding,volumezone,dynamicresources,queuesort,schedulinggates,defaultbinder}
import type { Plugin } from '../framework.ts'

/**
 * Plugins that upstream runs for every pod and that find nothing to do here: the model has neither volume claims nor
 * resource claims. They are listed, skipped and scored as upstream does it.
 */
export const inertPlugins: Record<string, () => Plugin> = {
  VolumeRestrictions: () => ({ name: 'VolumeRestrictions', preFilter: () => 'Skip', filter: () => undefined }),
  NodeVolumeLimits: () => ({ name: 'NodeVolumeLimits', preFilter: () => 'Skip', filter: () => undefined }),
  VolumeBinding: () => ({
    name: 'VolumeBinding',
    preFilter: () => 'Skip',
    filter: () => undefined,
    preScore: () => 'Skip',
    score: () => 0,
    reserve: true,
    preBind: true,
  }),
  VolumeZone: () => ({ name: 'VolumeZone', preFilter: () => 'Skip', filter: () => undefined }),
  DynamicResources: () => ({
    name: 'DynamicResources',
    preEnqueue: true,
    preFilter({ filterState }) {
      filterState.set('DynamicResources', true)
      return 'Skip'
    },
    filter: () => undefined,
    // Its state is missing where another plugin refused the pod before: upstream then reports that error.
    postFilter: ({ filterState }) => filterState.has('DynamicResources')
      ? { code: 'Unschedulable', reason: 'no new claims to deallocate' }
      : { code: 'Error', reason: 'not found' },
    score: () => 0,
    reserve: true,
    preBind: true,
  }),
  SchedulingGates: () => ({ name: 'SchedulingGates', preEnqueue: true }),
  PrioritySort: () => ({ name: 'PrioritySort', queueSort: true }),
  DefaultBinder: () => ({ name: 'DefaultBinder', bind: true }),
}
