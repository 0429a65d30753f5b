import type { Due } from './queue.ts'
import type { Summary, Trace } from './trace.ts'
import { reset, schedule, send } from './network.ts'
import { carryOut } from './operations.ts'
import { dequeue } from './queue.ts'
import { nextRandom } from './random.ts'
import { traceLost, traceReceived } from './trace.ts'

export { setLatency } from './network.ts'
export { operate } from './operations.ts'

/** A message between two actors. The payload is plain data, frozen by the sending: nothing in it may be changed afterwards. */
export interface Message<P = unknown> {
  /** Its id in the trace. */
  id: number
  from: string
  to: string
  kind: string
  payload: P
}

/** What happens to an actor. `start` comes when it is added and whenever it is started again: what only memory held is gone. */
export type Input
  = | { type: 'start' }
    | { type: 'message', message: Message<any> }
    | { type: 'timer', name: string, payload: any }
  /** The connection to a peer broke: it was stopped, or what was sent to it found it down. A cut link tells nothing. */
    | { type: 'reset', peer: string }

/** What a handler may do, beside changing its actor's state. */
export interface Context {
  /** The actor's own name. */
  name: string
  /** ms of the virtual clock. */
  now: number
  /** A number from 0 (included) to 1 (excluded), from the simulation's seed. */
  random: () => number
  send: (to: string, kind: string, payload: unknown, summary?: Summary) => void
  /** Sets a timer, in ms from now. One of the same name is replaced. */
  setTimer: (name: string, ms: number, payload?: unknown) => void
  clearTimer: (name: string) => void
  /** Stops the actor itself, once its handler has returned. */
  exit: () => void
}

/** How actors of one kind behave: changes the state (plain data) in place and acts through the context. Keeps nothing itself. */
export type Handler<S = any> = (state: S, input: Input, context: Context) => void

/** The behaviour of each kind of actor. Not part of the state. */
export type Handlers = Readonly<Record<string, Handler>>

export interface Actor {
  kind: string
  state: any
  condition: 'up' | 'down' | 'paused'
  /** The pending timers by name: the id of their event. */
  timers: Record<string, number>
  /** What arrived while it was paused. */
  backlog: SimulationEvent[]
}

export type Change = 'stop' | 'start' | 'pause' | 'resume'

/** What is done to the simulation from outside, as data, so that a run can be played again. */
export type Operation
  /** Kill it: what is under way to it is lost, its timers are gone. `start` brings it back. Pause it: it stands still. */
  = | { op: Change, actor: string }
  /** Lose everything between two actors, in both directions, until healed. */
    | { op: 'cut' | 'heal', between: [string, string] }
    | { op: 'send', from: string, to: string, kind: string, payload: unknown, summary?: Summary }

export type SimulationEvent = Due & (
  | { deliver: Message }
  | { reset: string, actor: string }
  | { timer: string, actor: string, payload: unknown }
  | { start: string }
  | { operation: Operation }
)

/** The whole of a simulation: plain data. A clone of it is a checkpoint, and goes on exactly as the original does. */
export interface Simulation {
  /** ms. */
  now: number
  /** State of the random numbers: 32 bits. */
  random: number
  /** Events that have happened. */
  events: number
  nextEvent: number
  queue: SimulationEvent[]
  actors: Record<string, Actor>
  /** How long messages take by default, ms: from `latency` to `latency + jitter`. */
  latency: number
  jitter: number
  /** What differs from that, by `from>to`. */
  links: Record<string, { latency: number, jitter: number }>
  /** When the last message of a link arrives: a link keeps its order, as TCP does. */
  arrivals: Record<string, number>
  /** The pairs that are cut, by `a>b` in both directions. */
  cuts: Record<string, true>
  trace: Trace
}

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
