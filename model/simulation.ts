import type { Actor, Context, Handlers, Input, Simulation, SimulationEvent } from './state.ts'
import { reset, schedule, send } from './network.ts'
import { carryOut } from './operations.ts'
import { dequeue } from './queue.ts'
import { nextRandom } from './random.ts'
import { traceLost, traceReceived } from './trace.ts'

export { setLatency } from './network.ts'
export { operate } from './operations.ts'
export type * from './state.ts'

/** An empty simulation. `latency` and `jitter` in ms. */
export function createSimulation({ seed = 1, latency = 1, jitter = 0 } = {}): Simulation {
  return { now: 0, random: seed | 0, events: 0, nextEvent: 1, queue: [], actors: {}, latency, jitter, links: {}, arrivals: {}, cuts: {}, trace: [] }
}

/** Adds an actor; it starts with the next step. */
export function addActor(simulation: Simulation, name: string, kind: string, state: unknown): void {
  simulation.actors[name] = { kind, state, condition: 'up', timers: {}, backlog: [] }
  schedule(simulation, simulation.now, { start: name })
}

function contextOf(simulation: Simulation, name: string, actor: Actor): Context {
  return {
    name,
    now: simulation.now,
    random: () => nextRandom(simulation),
    send: (to, kind, payload, summary) => send(simulation, name, to, kind, payload, summary),
    setTimer: (timer, ms, payload) => {
      actor.timers[timer] = schedule(simulation, simulation.now + ms, { timer, actor: name, payload })
    },
    clearTimer: (timer) => {
      delete actor.timers[timer]
    },
    exit: () => schedule(simulation, simulation.now, { operation: { op: 'stop', actor: name } }),
  }
}

/** The input that an event is for its actor; undefined where it comes to nothing. */
function inputOf(simulation: Simulation, event: SimulationEvent, actor: Actor): Input | undefined {
  if ('start' in event)
    return { type: 'start' }
  if ('reset' in event)
    return { type: 'reset', peer: event.reset }
  if ('timer' in event) {
    if (actor.timers[event.timer] !== event.id)
      return undefined
    delete actor.timers[event.timer]
    return { type: 'timer', name: event.timer, payload: event.payload }
  }
  if (!('deliver' in event))
    return undefined
  const { id, from, to } = event.deliver
  const lost = actor.condition === 'down' || simulation.cuts[`${from}>${to}`]
  if (lost) {
    traceLost(simulation.trace, id, simulation.now)
    if (actor.condition === 'down')
      reset(simulation, to, from)
    return undefined
  }
  traceReceived(simulation.trace, id, simulation.now)
  return { type: 'message', message: event.deliver }
}

/** Lets the next event happen; false if there is none. */
export function step(simulation: Simulation, handlers: Handlers): boolean {
  const event = dequeue(simulation.queue)
  if (!event)
    return false
  simulation.now = event.at
  simulation.events += 1
  if ('operation' in event) {
    carryOut(simulation, event.operation)
    return true
  }
  const name = 'deliver' in event ? event.deliver.to : 'start' in event ? event.start : event.actor
  const actor = simulation.actors[name]!
  if (actor.condition === 'paused') {
    actor.backlog.push(event)
    return true
  }
  const input = inputOf(simulation, event, actor)
  if (input && actor.condition === 'up')
    handlers[actor.kind]!(actor.state, input, contextOf(simulation, name, actor))
  return true
}

/** Lets everything happen up to a time (ms, included), which it then is. */
export function runTo(simulation: Simulation, handlers: Handlers, time: number): void {
  while (simulation.queue.length > 0 && simulation.queue[0]!.at <= time)
    step(simulation, handlers)
  simulation.now = Math.max(simulation.now, time)
}

/** Lets things happen until `done` says so, looked at after each event, or `limit` (ms from now) is over; whether it did. */
export function runUntil(simulation: Simulation, handlers: Handlers, done: (simulation: Simulation) => boolean, limit = 60_000): boolean {
  const end = simulation.now + limit
  while (!done(simulation)) {
    if (simulation.queue.length === 0 || simulation.queue[0]!.at > end)
      return false
    step(simulation, handlers)
  }
  return true
}
