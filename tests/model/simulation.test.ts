import type { Handlers, Operation, Simulation } from '../../model/simulation.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkpoint, copyOf, createTimeline, seek } from '../../model/checkpoint.ts'
import { dequeue, enqueue } from '../../model/queue.ts'
import { addActor, createSimulation, operate, runTo, runUntil, setLatency, step } from '../../model/simulation.ts'
import { receivedBetween, underWay } from '../../model/trace.ts'

/** An actor that notes what it gets, answers a ping, and beats now and then. */
interface Node { peers: string[], starts: number, got: string[], beats: number, resets: string[] }

const handlers: Handlers = {
  node: (state: Node, input, context) => {
    if (input.type === 'start') {
      state.starts += 1
      context.setTimer('beat', 10 + context.random() * 10)
    }
    else if (input.type === 'timer') {
      state.beats += 1
      for (const peer of state.peers)
        context.send(peer, 'ping', { n: state.beats }, { n: state.beats })
      context.setTimer('beat', 10 + context.random() * 10)
    }
    else if (input.type === 'reset') {
      state.resets.push(`${input.peer} ${context.now}`)
    }
    else {
      const { kind, from, payload } = input.message
      state.got.push(`${context.now.toFixed(3)} ${kind} ${from} ${payload.n}`)
      if (kind === 'ping')
        context.send(from, 'pong', payload, { n: payload.n })
    }
  },
}

const names = ['a', 'b', 'c']

function createNodes(seed: number): Simulation {
  const simulation = createSimulation({ seed, latency: 1, jitter: 5 })
  for (const name of names)
    addActor(simulation, name, 'node', { peers: names.filter(peer => peer !== name), starts: 0, got: [], beats: 0, resets: [] } satisfies Node)
  return simulation
}

const operations: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ op: fc.constantFrom('stop', 'start', 'pause', 'resume'), actor: fc.constantFrom(...names) }),
  fc.record({ op: fc.constantFrom('cut', 'heal'), between: fc.constantFrom<[string, string]>(['a', 'b'], ['b', 'c'], ['c', 'a']) }),
)
const faults = fc.array(fc.record({ operation: operations, after: fc.integer({ min: 1, max: 300 }) }), { maxLength: 12 })

describe('event queue', () => {
  it('gives what is due first, and of equal times what was made first', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (times) => {
      const events = times.map((at, id) => ({ at, id }))
      const queue: typeof events = []
      events.forEach(event => enqueue(queue, event))
      const order = events.map(() => dequeue(queue)!)
      expect(order).toEqual(events.toSorted((a, b) => a.at - b.at || a.id - b.id))
      expect(dequeue(queue)).toBeUndefined()
    }))
  })
})

describe('simulation', () => {
  it('runs the same from the same seed, whatever is done to it', () => {
    fc.assert(fc.property(fc.integer(), faults, (seed, faults) => {
      const [one, two] = [0, 1].map(() => {
        const simulation = createNodes(seed)
        faults.forEach(({ operation, after }) => operate(simulation, operation, after))
        runTo(simulation, handlers, 400)
        return simulation
      })
      expect(one).toEqual(two)
    }), { numRuns: 30 })
  })

  it('differs with the seed', () => {
    const [one, two] = [1, 2].map((seed) => {
      const simulation = createNodes(seed)
      runTo(simulation, handlers, 200)
      return simulation.trace
    })
    expect(one).not.toEqual(two)
  })

  it('goes on from a checkpoint, or from a structured clone, as it would have', () => {
    fc.assert(fc.property(fc.integer(), faults, fc.integer({ min: 0, max: 400 }), (seed, faults, at) => {
      const simulation = createNodes(seed)
      faults.forEach(({ operation, after }) => operate(simulation, operation, after))
      runTo(simulation, handlers, at)
      const copies = [checkpoint(simulation), structuredClone(simulation)]
      const before = structuredClone(simulation)
      runTo(simulation, handlers, 400)
      expect(copies[0]).toEqual(before)
      for (const copy of copies) {
        runTo(copy, handlers, 400)
        expect(copy).toEqual(simulation)
      }
    }), { numRuns: 30 })
  })

  it('is found at any event by seeking, forwards and back', () => {
    fc.assert(fc.property(fc.integer(), faults, fc.array(fc.nat({ max: 250 }), { minLength: 1, maxLength: 6 }), (seed, faults, stops) => {
      const simulation = createNodes(seed)
      faults.forEach(({ operation, after }) => operate(simulation, operation, after))
      const timeline = createTimeline(simulation, 40)
      for (const events of stops) {
        const straight = createNodes(seed)
        faults.forEach(({ operation, after }) => operate(straight, operation, after))
        while (straight.events < events && step(straight, handlers)) { /* go on */ }
        expect(seek(timeline, handlers, events)).toEqual(straight)
      }
    }), { numRuns: 15 })
  })

  it('keeps the order of each link', () => {
    const simulation = createNodes(7)
    runTo(simulation, handlers, 500)
    for (const from of names) {
      for (const to of names) {
        const arrived = receivedBetween(simulation.trace, -1, 500).filter(message => message.from === from && message.to === to)
        expect(arrived).toEqual(arrived.toSorted((a, b) => a.id - b.id))
      }
    }
  })

  it('loses what is sent over a cut link, and only that', () => {
    const simulation = createNodes(3)
    operate(simulation, { op: 'cut', between: ['a', 'b'] })
    runTo(simulation, handlers, 200)
    operate(simulation, { op: 'heal', between: ['b', 'a'] })
    runTo(simulation, handlers, 400)
    for (const message of simulation.trace.filter(message => message.sent < 390)) {
      const cut = message.sent < 200 && [message.from, message.to].sort().join() === 'a,b'
      expect(message.lost === undefined, JSON.stringify(message)).toBe(!cut)
    }
  })

  it('loses what is under way when the link is cut', () => {
    const simulation = createNodes(3)
    setLatency(simulation, ['a', 'b'], 50)
    runUntil(simulation, handlers, ({ trace }) => trace.some(({ from, to }) => from === 'a' && to === 'b'))
    operate(simulation, { op: 'cut', between: ['a', 'b'] })
    runTo(simulation, handlers, 200)
    expect(simulation.trace.find(({ from, to }) => from === 'a' && to === 'b')!.lost).toBeGreaterThan(49)
  })

  it('stops an actor with its timers, and starts it anew', () => {
    const simulation = createNodes(4)
    runTo(simulation, handlers, 100)
    operate(simulation, { op: 'stop', actor: 'b' })
    const { beats } = simulation.actors.b!.state as Node
    runTo(simulation, handlers, 200)
    expect(simulation.actors.b!.state.beats).toBe(beats)
    expect(simulation.trace.filter(({ to, sent }) => to === 'b' && sent > 100 && sent < 180).every(({ lost }) => lost)).toBe(true)
    expect(simulation.actors.a!.state.resets[0]).toMatch(/^b 10/)
    expect(simulation.actors.a!.state.resets.length).toBeGreaterThan(3)
    operate(simulation, { op: 'start', actor: 'b' })
    runTo(simulation, handlers, 300)
    expect(simulation.actors.b!.state.starts).toBe(2)
    expect(simulation.actors.b!.state.beats).toBeGreaterThan(beats)
  })

  it('keeps what a paused actor gets until it goes on', () => {
    const simulation = createNodes(4)
    runTo(simulation, handlers, 100)
    operate(simulation, { op: 'pause', actor: 'b' })
    const before = (simulation.actors.b!.state as Node).got.length
    runTo(simulation, handlers, 200)
    expect((simulation.actors.b!.state as Node).got).toHaveLength(before)
    expect(underWay(simulation.trace, 200).filter(({ to }) => to === 'b').length).toBeGreaterThan(5)
    operate(simulation, { op: 'resume', actor: 'b' })
    runTo(simulation, handlers, 200)
    expect(underWay(simulation.trace, 200).filter(({ to, sent }) => to === 'b' && sent < 190)).toEqual([])
    expect((simulation.actors.b!.state as Node).got.length).toBeGreaterThan(before + 5)
  })
})

describe('copyOf', () => {
  it('is deep but for what is frozen', () => {
    const shared = Object.freeze({ inside: { n: 1 } })
    const value = { list: [shared, { n: 2 }], map: new Map([['k', { n: 3 }]]), set: new Set([1]) }
    const copy = copyOf(value)
    expect(copy).toEqual(value)
    expect(copy.list[0]).toBe(shared)
    expect(copy.list[1]).not.toBe(value.list[1])
    expect(copy.map.get('k')).not.toBe(value.map.get('k'))
    expect(copy.set).not.toBe(value.set)
  })

  it('keeps one thing one thing', () => {
    const thing = { n: 1 }
    const copy = copyOf({ a: thing, b: [thing] })
    expect(copy.a).toBe(copy.b[0])
  })
})
