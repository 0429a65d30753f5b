import type { Simulation, SimulationEvent } from './state.ts'
import type { Summary } from './trace.ts'
import { enqueue } from './queue.ts'
import { nextRandom } from './random.ts'
import { traceLost, traceSent } from './trace.ts'

type Undated<T> = T extends unknown ? Omit<T, 'at' | 'id'> : never

/** Puts an event on the calendar, at a time in ms; gives its id. */
export function schedule(simulation: Simulation, at: number, event: Undated<SimulationEvent>): number {
  const id = simulation.nextEvent++
  enqueue(simulation.queue, { ...event, at, id } as SimulationEvent)
  return id
}

/** Sets how long messages take between two actors, in both directions, ms. */
export function setLatency(simulation: Simulation, [a, b]: [string, string], latency: number, jitter = 0): void {
  simulation.links[`${a}>${b}`] = { latency, jitter }
  simulation.links[`${b}>${a}`] = { latency, jitter }
}

/** The actors that a message was sent to or came from, in the order of their names. */
export function peersOf(simulation: Simulation, name: string): string[] {
  const ends = Object.keys(simulation.arrivals).map(link => link.split('>')).filter(link => link.includes(name))
  return [...new Set(ends.map(([from, to]) => from === name ? to! : from!))].sort()
}

/** Tells `peer` that its connection to `name` broke, if the news gets through. */
export function reset(simulation: Simulation, name: string, peer: string): void {
  const link = `${name}>${peer}`
  if (simulation.cuts[link] || !simulation.actors[peer])
    return
  const { latency } = simulation.links[link] ?? simulation
  schedule(simulation, Math.max(simulation.now + latency, simulation.arrivals[link] ?? 0), { reset: name, actor: peer })
}

/** Sends a message over a link; it is lost at once if the link is cut. */
export function send(simulation: Simulation, from: string, to: string, kind: string, payload: unknown, summary: Summary = {}): void {
  const { now, trace } = simulation
  const link = `${from}>${to}`
  const id = traceSent(trace, { from, to, kind, summary, sent: now })
  if (simulation.cuts[link] || !simulation.actors[to])
    return traceLost(trace, id, now)
  const { latency, jitter } = simulation.links[link] ?? simulation
  const took = jitter > 0 ? latency + nextRandom(simulation) * jitter : latency
  const at = Math.max(now + took, simulation.arrivals[link] ?? 0)
  simulation.arrivals[link] = at
  schedule(simulation, at, { deliver: Object.freeze({ id, from, to, kind, payload: Object.freeze(payload) }) })
}
