import type { Node, Pod, ReplicaSet, Service } from '../../model/objects.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decide } from '../../model/scheduler/decide.ts'
import { clusterSnapshot } from '../../model/scheduler/snapshot.ts'
import { linesOf, root } from './source.ts'

interface Placement {
  pod: string
  placed: string
  /** Node → total. */
  final: Record<string, number>
  /** Node → plugin → weighted score. */
  scores: Record<string, Record<string, number>>
}

const files = ['scheduler/cluster-placements.json', 'scheduler/cluster-placements-pods.json', 'cluster/deploy/initial.jsonl'].map(path => join(root, path))
const [placementsFile, podsFile, clusterFile] = files as [string, string, string]

describe.skipIf(!files.every(existsSync))('the pods of a Deployment on a live cluster', () => {
  const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8'))
  const initial = () => linesOf<{ resource: string, object: unknown }>(clusterFile)
  const nodes = () => initial().filter(({ resource }) => resource === 'nodes').map(({ object }) => object as Node)
  const pods = () => read<{ items: Pod[] }>(podsFile).items
  const placements = () => read<Placement[]>(placementsFile)
  const service: Service = { metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'web' } } }

  /** The pods in the order of placing: those scored, those with one feasible node, the one without room. */
  function inOrder(): Pod[] {
    const scored = placements().map(({ pod }) => pods().find(({ metadata }) => metadata.name === pod)!)
    const others = pods().filter(({ metadata }) => !placements().some(({ pod }) => pod === metadata.name)).sort((a, b) => Number(!a.spec.nodeName) - Number(!b.spec.nodeName))
    return [...scored, ...others]
  }

  it('go where the real scheduler put them, with its scores', () => {
    const placed: Pod[] = []
    const { name = '' } = inOrder()[0]!.metadata.ownerReferences![0]!
    const owner: ReplicaSet = { metadata: { name, namespace: 'default' }, spec: { selector: { matchLabels: inOrder()[0]!.metadata.labels } } }
    for (const bound of inOrder()) {
      const { nodeName, ...spec } = bound.spec
      const decision = decide({ ...bound, spec, status: {} }, clusterSnapshot({ nodes: nodes(), pods: placed, services: [service], replicaSets: [owner] }))
      const expected = placements().find(({ pod }) => pod === bound.metadata.name)
      if (expected) {
        const feasible = decision.nodes.filter(node => node.feasible)
        expect(Object.fromEntries(feasible.map(({ name: node, total }) => [node, total]))).toEqual(expected.final)
        expect(Object.fromEntries(feasible.map(({ name: node, weighted }) => [node, weighted]))).toEqual(expected.scores)
        expect(decision.chosen).toBe(expected.placed)
      }
      else if (nodeName) {
        expect(decision).toMatchObject({ feasibleCount: 1, chosen: nodeName })
      }
      else {
        expect(decision.message).toBe(bound.status!.conditions!.find(({ type }) => type === 'PodScheduled')!.message)
      }
      if (nodeName)
        placed.push(bound)
    }
    expect(placed).toHaveLength(9)
  })
})
