/**
 * `decide` for any profile. Whoever has no profile but the default one imports decision.ts, and leaves the reading of others out.
 *
 * Models pkg/scheduler/schedule_one.go (schedulePod)
 */
import './profileConfig.ts'

export { decide } from './decision.ts'
