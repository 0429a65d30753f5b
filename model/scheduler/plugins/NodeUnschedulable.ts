// Models pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go
import type { Plugin } from '../framework.ts'
import { unresolvable } from '../framework.ts'
import { tolerates } from '../tolerations.ts'

const cordoned = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' as const }

/** Keeps pods off cordoned nodes unless they tolerate the taint that stands for it. */
export function nodeUnschedulable(): Plugin {
  return {
    name: 'NodeUnschedulable',
    filter({ pod }, { node }) {
      if (!node.spec?.unschedulable || pod.pod.spec.tolerations?.some(toleration => tolerates(toleration, cordoned)))
        return undefined
      return unresolvable('node(s) were unschedulable')
    },
  }
}
