import type { Handlers, Simulation } from './simulation.ts'
import { step } from './simulation.ts'

/** A deep copy of plain data (objects, arrays, Map, Set). What is frozen is never changed, so the copy shares it. */
export function copyOf<T>(value: T, copies = new Map<object, object>()): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value))
    return value
  const known = copies.get(value)
  if (known)
    return known as T
  const keep = <C extends object>(copy: C): C => {
    copies.set(value, copy)
    return copy
  }
  if (Array.isArray(value)) {
    const list = keep([] as unknown[])
    for (const item of value)
      list.push(copyOf(item, copies))
    return list as T
  }
  if (value instanceof Map) {
    const map = keep(new Map())
    for (const [key, item] of value)
      map.set(key, copyOf(item, copies))
    return map as T
  }
  if (value instanceof Set)
    return keep(new Set(value)) as T
  const object = keep({} as Record<string, unknown>)
  for (const [key, item] of Object.entries(value))
    object[key] = copyOf(item, copies)
  return object as T
}

/** A copy of a simulation that goes on by itself: a checkpoint, or a fork. */
export function checkpoint(simulation: Simulation): Simulation {
  return copyOf(simulation)
}

/** A run that can be gone back in. */
export interface Timeline {
  /** Copies at increasing numbers of events, the first at the beginning. */
  checkpoints: Simulation[]
  /** Events between two copies. */
  every: number
}

/** Begins a timeline where the simulation stands. */
export function createTimeline(simulation: Simulation, every = 200): Timeline {
  return { checkpoints: [checkpoint(simulation)], every }
}

/**
 * The simulation as it was (or will be) after that many events, as a copy of its own. Only what is in the state is played
 * again: give what is done from outside as an operation for later before the timeline begins, or begin another one after it.
 */
export function seek(timeline: Timeline, handlers: Handlers, events: number): Simulation {
  const { checkpoints, every } = timeline
  const start = checkpoints.findLast(({ events: at }) => at <= events)
  if (!start)
    throw new RangeError(`the timeline begins after ${events} events`)
  const simulation = checkpoint(start)
  while (simulation.events < events && step(simulation, handlers)) {
    if (simulation.events >= checkpoints.at(-1)!.events + every)
      checkpoints.push(checkpoint(simulation))
  }
  return simulation
}
