import type { Pod } from '../../objects.ts'
// Models pkg/scheduler/framework/plugins/nodedeclaredfeatures/nodedeclaredfeatures.go
import type { Plugin } from '../framework.ts'
import { unresolvable } from '../framework.ts'

/** The node features without which the pod's spec can't be honoured. */
function requiredFeatures({ spec }: Pod): string[] {
  const restartsAll = [...spec.initContainers ?? [], ...spec.containers]
    .some(({ restartPolicyRules }) => restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers'))
  return restartsAll ? ['RestartAllContainersOnContainerExits'] : []
}

/** Refuses nodes whose kubelet doesn't declare a feature that the pod needs. */
export function nodeDeclaredFeatures(): Plugin {
  return {
    name: 'NodeDeclaredFeatures',
    preFilter: ({ pod }) => requiredFeatures(pod.pod).length ? undefined : 'Skip',
    filter({ pod }, { node }) {
      const declared = node.status?.declaredFeatures ?? []
      return requiredFeatures(pod.pod).every(feature => declared.includes(feature))
        ? undefined
        : unresolvable(`node(s) didn't match Pod's required features`)
    },
  }
}
