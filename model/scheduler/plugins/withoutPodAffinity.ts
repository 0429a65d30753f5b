// Models pkg/scheduler/framework/plugins/interpodaffinity/plugin.go where no pod has a wish about other pods
import type { AffinityTerms } from '../affinityTerms.ts'
import type { Plugin } from '../framework.ts'

const isEmpty = ({ required, preferred }: AffinityTerms) => !required.length && !preferred.length

/**
 * InterPodAffinity as it is in a scheduler without extras.ts: it has nothing to do, and is skipped as upstream skips it.
 *
 * @throws Error when a pod does have affinity or anti-affinity to pods
 */
export function withoutPodAffinity(): Plugin {
  return {
    name: 'InterPodAffinity',
    preFilter({ pod, snapshot }) {
      if (![pod, ...snapshot.nodes.flatMap(({ pods }) => pods)].every(({ affinity, antiAffinity }) => isEmpty(affinity) && isEmpty(antiAffinity)))
        throw new Error('Affinity between pods takes model/scheduler/extras.ts')
      return 'Skip'
    },
    filter: () => undefined,
    preScore: () => 'Skip',
    score: () => 0,
  }
}
