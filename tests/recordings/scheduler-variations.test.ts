import type { Pod } from '../../model/objects.ts'
import type { ProfileConfig } from '../../model/scheduler/profile.ts'
import type { ClusterObjects } from '../../model/scheduler/snapshot.ts'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { columnsOf } from '../../model/scheduler/columns/columns.ts'
import { canPlace, place } from '../../model/scheduler/columns/place.ts'
import { decide } from '../../model/scheduler/decide.ts'
import { podInfo } from '../../model/scheduler/nodeInfo.ts'
import { schedulerProfile } from '../../model/scheduler/profile.ts'
import { clusterSnapshot } from '../../model/scheduler/snapshot.ts'
import { linesOf, recordingsOf, root } from './source.ts'

interface Scenario extends ClusterObjects {
  name: string
  pod: Pod
  profile?: ProfileConfig
}

/** Fields without which an object is none that an API server would have let pass. */
const needed = ['name', 'metadata', 'spec', 'nodes', 'pods', 'pod', 'containers', 'operator', 'values', 'key', 'topologyKey', 'maxSkew', 'whenUnsatisfiable', 'nodeSelectorTerms', 'preference', 'podAffinityTerm', 'weight', 'type', 'requestedToCapacityRatio', 'shape', 'utilization', 'score']

/** The paths of all fields that may be absent. */
function optional(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => optional(item, [...path, index]))
  if (!value || typeof value !== 'object')
    return []
  return Object.entries(value).flatMap(([key, inner]) =>
    [...needed.includes(key) ? [] : [[...path, key]], ...optional(inner, [...path, key])])
}

function without<T>(value: T, path: (string | number)[]): T {
  const copy = structuredClone(value)
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as never, copy as Record<string | number, unknown>)
  delete parent[path.at(-1)!]
  return copy
}

describe.skipIf(!recordingsOf('scheduler').length)('recorded scenarios with a field left out', () => {
  const scenarios = linesOf<{ scenario: Scenario }>(join(root, recordingsOf('scheduler')[0]!.name))

  it('are decided too, and alike both ways', () => {
    let decided = 0
    scenarios.forEach(({ scenario }, index) => {
      const paths = optional(scenario).filter(([first]) => first !== 'profile')
      // A few of each, others in each scenario.
      for (let at = index % 7; at < paths.length; at += Math.ceil(paths.length / 6)) {
        const varied = without(scenario, paths[at]!)
        const about = `${scenario.name} without ${paths[at]!.join('.')}`
        const snapshot = clusterSnapshot(varied)
        const profile = schedulerProfile(varied.profile)
        const { chosen, nodes } = decide(varied.pod, snapshot, profile)
        for (const { raw = {}, normalized = {} } of nodes)
          expect(Object.values({ ...raw, ...normalized }).every(Number.isSafeInteger), about).toBe(true)
        const columns = columnsOf(snapshot, profile)
        const pod = podInfo(varied.pod)
        if (nodes.length && canPlace(columns, pod))
          expect(place(columns, pod, 0).node, about).toBe(chosen)
        decided++
      }
    })
    expect(decided).toBeGreaterThan(scenarios.length)
  })
})
