import type { Outcome } from './apiserver-replay.ts'
import type { SessionLine } from './apiserver-revisions.ts'
import type { Recording } from './source.ts'
import process from 'node:process'
import { expect } from 'vitest'
import { replaySession } from './apiserver-replay.ts'
import { describeRecordings, sessionLines } from './source.ts'

/** The share of lines that must be equal, in %, by the title's end; the rest may be not modelled, and none is wrong. */
const shares: Record<string, number> = {
  'configmap-crud': 75,
  'pods': 75,
  'workloads': 75,
  'patches': 75,
  'finalizers-namespaces': 75,
  'lists': 90,
  'watches': 90,
}

/** Where in its interval the compactor stood when the session began isn't recorded: the place that fits is taken. */
const phases = [0.9, 0.5, 0.1]

const isWrong = (outcome: Outcome): outcome is { wrong: string } => typeof outcome === 'object'

function replay(recording: Recording): number {
  const lines = sessionLines<SessionLine>(recording, ['note', 'request', 'watch', 'event', 'closed'])
  const [best] = phases.map(phase => replaySession(lines, phase)).sort((a, b) => a.filter(({ outcome }) => isWrong(outcome)).length - b.filter(({ outcome }) => isWrong(outcome)).length)
  const count = (outcome: Outcome) => best!.filter(each => each.outcome === outcome).length
  const wrong = best!.filter(({ outcome }) => isWrong(outcome)).map(({ line, outcome }) => `${recording.name}:${line} ${(outcome as { wrong: string }).wrong}`)
  const equal = count('equal')
  const percent = Math.round(equal / best!.length * 100)
  console.log(`${recording.name}: ${equal} equal (${percent} %), ${count('not modelled')} not modelled, ${count('left out')} left out with them, ${wrong.length} wrong`)
  if (process.env.SHOW)
    console.log(best!.filter(({ outcome }) => outcome === 'not modelled' || outcome === 'left out').map(({ line, outcome }) => `${line} ${outcome}`).join('\n'))
  expect(wrong).toEqual([])
  const share = shares[recording.title.replace(/^\d+-/, '')] ?? 0
  expect(percent, `${recording.name}: the share of equal lines`).toBeGreaterThanOrEqual(share)
  return best!.length
}

describeRecordings('apiserver/sessions', replay)
