import type { NodeAffinity, NodeSelectorTerm } from '../../objects.ts'
// Models pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go
import type { Plugin } from '../framework.ts'
import type { NodeInfo } from '../nodeInfo.ts'
import { defaultNormalizeScore, unresolvable } from '../framework.ts'
import { nodeSelectorMatches, nodeSelectorTermMatches, requiredNodes } from '../nodeSelector.ts'

export interface NodeAffinityArgs {
  /** Laid on every pod of this profile, beside its own. */
  addedAffinity?: NodeAffinity
}

/** The names that a term pins with `metadata.name In`: those in all of its requirements; undefined where it pins none. */
function namesOf({ matchFields = [] }: NodeSelectorTerm): string[] | undefined {
  const sets = matchFields.filter(({ key, operator }) => key === 'metadata.name' && operator === 'In').map(({ values = [] }) => values)
  return sets.length ? sets[0]!.filter(name => sets.every(set => set.includes(name))) : undefined
}

/** Keeps to the nodes that the pod asks for, and scores those that it would like. */
export function nodeAffinity({ addedAffinity }: NodeAffinityArgs = {}): Plugin {
  const addedRequired = addedAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const addedPreferred = addedAffinity?.preferredDuringSchedulingIgnoredDuringExecution
  return {
    name: 'NodeAffinity',
    preFilter({ pod: { pod }, filterState }) {
      const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      if (!required && !addedRequired && !pod.spec.nodeSelector)
        return 'Skip'
      filterState.set('NodeAffinity', requiredNodes(pod))
      const pinned = required?.nodeSelectorTerms.map(namesOf) ?? []
      if (!pinned.length || pinned.includes(undefined))
        return undefined
      const nodeNames = [...new Set(pinned.flatMap(names => names!))]
      return nodeNames.length ? { nodeNames } : { status: unresolvable('pod affinity terms conflict') }
    },
    filter({ pod, filterState }, node) {
      if (addedRequired && !nodeSelectorMatches(addedRequired, node))
        return unresolvable(`node(s) didn't match scheduler-enforced node affinity`)
      const matches = filterState.get('NodeAffinity') as ((node: NodeInfo) => boolean) | undefined ?? requiredNodes(pod.pod)
      return matches(node) ? undefined : unresolvable(`node(s) didn't match Pod's node affinity/selector`)
    },
    preScore({ pod: { pod } }) {
      return pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution || addedPreferred ? undefined : 'Skip'
    },
    score({ pod: { pod } }, node) {
      const own = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
      return [...addedPreferred ?? [], ...own].reduce((sum, { weight = 0, preference }) =>
        nodeSelectorTermMatches(preference, node) ? sum + weight : sum, 0)
    },
    normalizeScore(_, scores) {
      defaultNormalizeScore(scores, false)
    },
  }
}
