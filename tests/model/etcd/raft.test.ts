import type { Operation, Simulation } from '../../../model/simulation.ts'
import process from 'node:process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkpoint } from '../../../model/checkpoint.ts'
import { addClient, addCluster, awaitLeader, callAndWait, clientOf, etcdHandlers, leaderOf, memberOf, order } from '../../../model/etcd/cluster.ts'
import { termAt } from '../../../model/etcd/raft/state.ts'
import { createSimulation, operate, runTo, step } from '../../../model/simulation.ts'

const settings = { numRuns: Number(process.env.FC_RUNS ?? 40), ...process.env.FC_SEED === undefined ? {} : { seed: Number(process.env.FC_SEED) } }

interface Fault { at: number, for: number, kind: 'stop' | 'pause' | 'cut' | 'move', member: number }

const fault: fc.Arbitrary<Fault> = fc.record({
  at: fc.integer({ min: 0, max: 9000 }),
  for: fc.integer({ min: 50, max: 6000 }),
  kind: fc.constantFrom('stop', 'pause', 'cut', 'move'),
  member: fc.integer({ min: 0, max: 4 }),
})

function cutOff(names: string[], member: string, op: 'cut' | 'heal'): Operation[] {
  return names.filter(name => name !== member).map(name => ({ op, between: [name, member] }))
}

/** Puts a fault and its end on the simulation's calendar. */
function arrange(simulation: Simulation, names: string[], { at, for: ms, kind, member: number }: Fault): void {
  const member = names[number % names.length]!
  const [begin, end]: [Operation[], Operation[]] = kind === 'stop'
    ? [[{ op: 'stop', actor: member }], [{ op: 'start', actor: member }]]
    : kind === 'pause'
      ? [[{ op: 'pause', actor: member }], [{ op: 'resume', actor: member }]]
      : kind === 'cut'
        ? [cutOff(names, member, 'cut'), cutOff(names, member, 'heal')]
        : [[{ op: 'send', from: 'operator', to: member, kind: 'Campaign', payload: {} }], []]
  begin.forEach(operation => operate(simulation, operation, at + 1))
  end.forEach(operation => operate(simulation, operation, at + ms + 1))
}

interface Plan { seed: number, members: number, faults: Fault[], snapshotCount: number }

const plan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.integer(),
  members: fc.constantFrom(3, 3, 5),
  faults: fc.array(fault, { maxLength: 8 }),
  snapshotCount: fc.constantFrom(100_000, 8),
})

/** A cluster with writers on every member, watchers, and a calendar of faults. The values written say which write they are. */
function prepare({ seed, members, faults, snapshotCount }: Plan): { simulation: Simulation, names: string[] } {
  const simulation = createSimulation({ seed, latency: 1, jitter: 8 })
  const names = addCluster(simulation, { members, snapshotCount, keepEntries: 2 })
  addClient(simulation, 'writer', names)
  addClient(simulation, 'watcher', names)
  for (const name of names)
    order(simulation, 'watcher', { watch: name, create: { key: 'k', rangeEnd: 'l', startRevision: 1 }, endpoint: name }, 10)
  for (let i = 0; i < 60; i++)
    order(simulation, 'writer', { call: 'Put', request: { key: `k${i % 7}`, value: `write ${i}` } }, 1 + i * 170)
  faults.forEach(fault => arrange(simulation, names, fault))
  return { simulation, names }
}

/** Heals everything and lets the cluster come to rest. */
function mend(simulation: Simulation, names: string[]): void {
  for (const name of names) {
    operate(simulation, { op: 'start', actor: name })
    operate(simulation, { op: 'resume', actor: name })
    cutOff(names, name, 'heal').forEach(operation => operate(simulation, operation))
  }
  runTo(simulation, etcdHandlers, simulation.now + 12_000)
  expect(awaitLeader(simulation, etcdHandlers), 'a leader in the end').toBe(true)
  runTo(simulation, etcdHandlers, simulation.now + 1000)
}

/** At most one leader a term, and no two members that disagree about a committed entry: looked at as the run goes on. */
function watchSafety(simulation: Simulation, names: string[], until: number): void {
  const leaders = new Map<number, string>()
  const committed = new Map<number, number>()
  while (simulation.queue.length > 0 && simulation.queue[0]!.at <= until) {
    step(simulation, etcdHandlers)
    if (simulation.events % 20 !== 0)
      continue
    for (const name of names) {
      const { raft } = memberOf(simulation, name)
      if (raft.role === 'leader')
        expect(leaders.get(raft.term) ?? name).toBe(name)
      if (raft.role === 'leader')
        leaders.set(raft.term, name)
      const term = termAt(raft, raft.commit)
      expect(committed.get(raft.commit) ?? term, `entry ${raft.commit}`).toBe(term)
      committed.set(raft.commit, term)
    }
  }
}

describe('a cluster under any schedule of stops, pauses and cuts', () => {
  it('loses no acknowledged write, writes none twice, and tells every watcher each event once and in order', () => {
    fc.assert(fc.property(plan, (plan) => {
      const { simulation, names } = prepare(plan)
      watchSafety(simulation, names, 16_000)
      mend(simulation, names)

      const stores = names.map(name => memberOf(simulation, name).server.store)
      for (const store of stores)
        expect(store.log).toEqual(stores[0]!.log)
      const writes = stores[0]!.log.map(kv => kv.value)
      expect(new Set(writes).size, 'no write twice').toBe(writes.length)
      for (const { request, response } of clientOf(simulation, 'writer').outcomes) {
        if (response)
          expect(stores[0]!.log[response.header.revision - 2]!.value).toBe(request.value)
      }
      for (const [name, { events }] of Object.entries(clientOf(simulation, 'watcher').watches))
        expect(events.map(({ kv }) => kv), `the watch that began at ${name}`).toEqual(stores[0]!.log)
    }), settings)
  })

  it('serves linearizable reads that see every write acknowledged before them', () => {
    fc.assert(fc.property(plan, (plan) => {
      const { simulation, names } = prepare(plan)
      addClient(simulation, 'reader', names)
      for (let i = 0; i < 60; i++)
        order(simulation, 'reader', { call: 'Range', request: { key: 'k', rangeEnd: 'l', countOnly: true } }, 90 + i * 150)
      runTo(simulation, etcdHandlers, 20_000)
      const writes = clientOf(simulation, 'writer').outcomes.filter(({ response }) => response)
      for (const read of clientOf(simulation, 'reader').outcomes.filter(({ response }) => response)) {
        const before = writes.filter(({ answered }) => answered! < read.sent).map(({ response }) => response.header.revision as number)
        expect(read.response.header.revision).toBeGreaterThanOrEqual(Math.max(0, ...before))
      }
    }), { ...settings, numRuns: Math.ceil(settings.numRuns / 2) })
  })

  it('runs the same from the same seed, and goes on from a checkpoint as it would have', () => {
    fc.assert(fc.property(plan, fc.integer({ min: 0, max: 10_000 }), (plan, at) => {
      const [one, two] = [prepare(plan).simulation, prepare(plan).simulation]
      runTo(one, etcdHandlers, at)
      const copies = [checkpoint(one), structuredClone(one)]
      for (const simulation of [one, two, ...copies])
        runTo(simulation, etcdHandlers, 10_000)
      for (const simulation of [two, ...copies]) {
        expect(simulation.trace).toEqual(one.trace)
        expect(simulation).toEqual(one)
      }
    }), { ...settings, numRuns: Math.ceil(settings.numRuns / 8) })
  })

  it('goes on with a minority down or cut off', () => {
    fc.assert(fc.property(fc.integer(), fc.constantFrom(3, 5), fc.nat(4), fc.boolean(), (seed, members, first, cut) => {
      const simulation = createSimulation({ seed, latency: 1, jitter: 4 })
      const names = addCluster(simulation, { members })
      addClient(simulation, 'writer', names)
      expect(awaitLeader(simulation, etcdHandlers)).toBe(true)
      const down = Array.from({ length: members >> 1 }, (_, i) => names[(first + i) % members]!)
      const up = names.filter(name => !down.includes(name))
      for (const name of down) {
        for (const operation of cut ? up.map((other): Operation => ({ op: 'cut', between: [name, other] })) : [{ op: 'stop', actor: name } as Operation])
          operate(simulation, operation)
      }
      runTo(simulation, etcdHandlers, simulation.now + 6000)
      expect(up).toContain(leaderOf(simulation))
      for (const endpoint of up)
        expect(callAndWait(simulation, etcdHandlers, 'writer', 'Put', { key: 'a', value: endpoint }, endpoint).error).toBeUndefined()
    }), { ...settings, numRuns: Math.ceil(settings.numRuns / 2) })
  })
})
