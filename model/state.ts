import type { Due } from './queue.ts'
import type { Summary, Trace } from './trace.ts'

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
