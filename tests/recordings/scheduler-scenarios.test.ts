import type { Pod } from '../../model/objects.ts'
import type { Decision } from '../../model/scheduler/explanation.ts'
import type { ProfileConfig } from '../../model/scheduler/profile.ts'
import type { ClusterObjects } from '../../model/scheduler/snapshot.ts'
import { expect } from 'vitest'
import { decide } from '../../model/scheduler/decide.ts'
import { clusterSnapshot } from '../../model/scheduler/snapshot.ts'
import { describeRecordings, linesOf } from './source.ts'
import '../../model/scheduler/extras.ts'

interface Scenario extends ClusterObjects {
  name: string
  pod: Pod
  profile?: ProfileConfig
}

/** A decision in the form of the recordings, which have the scenario's name and not what is only there to be drawn. */
function asRecorded(name: string, decision: Decision): object {
  const { pod, weights, filters, request, amounts, search, ...rest } = decision
  return JSON.parse(JSON.stringify({ name, ...rest }))
}

/** What we decide, in the same form; an error stands for itself, so that the others are compared all the same. */
function answerTo({ name, ...scenario }: Scenario): object {
  try {
    return asRecorded(name, decide(scenario.pod, clusterSnapshot(scenario), scenario.profile))
  }
  catch (error) {
    return { name, error: String(error) }
  }
}

describeRecordings('scheduler', ({ path }) => {
  const lines = linesOf<{ scenario: Scenario, expected: object }>(path)
  for (const { scenario, expected } of lines)
    expect.soft(answerTo(scenario), scenario.name).toEqual(expected)
  return lines.length
})
