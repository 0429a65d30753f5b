/**
 * `decide` for any profile. Whoever has no profile but the default one imports decision.ts, and leaves out the reading of others and affinity between pods.
 *
 * Models pkg/scheduler/schedule_one.go (schedulePod)
 */
import './extras.ts'

export { decide } from './decision.ts'
