// Models pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go
import type { Plugin } from '../framework.ts'
import { defaultNormalizeScore, unresolvable } from '../framework.ts'
import { keepsAway, untolerated } from '../tolerations.ts'

/** Refuses nodes with a taint that isn't tolerated; prefers those with fewer untolerated PreferNoSchedule taints. */
export function taintToleration(): Plugin {
  return {
    name: 'TaintToleration',
    filter({ pod: { pod } }, { node }) {
      return untolerated(node.spec?.taints, pod.spec.tolerations, keepsAway).length
        ? unresolvable('node(s) had untolerated taint(s)')
        : undefined
    },
    score({ pod: { pod } }, { node }) {
      return untolerated(node.spec?.taints, pod.spec.tolerations, ['PreferNoSchedule']).length
    },
    normalizeScore(_, scores) {
      defaultNormalizeScore(scores, true)
    },
  }
}
