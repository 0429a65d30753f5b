/** Puts in what no scene needs of the scheduler: profiles of one's own, affinity between pods. */
import { interPodAffinity } from './plugins/InterPodAffinity.ts'
import { registry } from './registry.ts'
import './profileConfig.ts'

registry.InterPodAffinity = interPodAffinity
