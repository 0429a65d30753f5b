import type { Change, Operation, Simulation } from './state.ts'
import { peersOf, reset, schedule, send } from './network.ts'
import { enqueue } from './queue.ts'
import { traceLost } from './trace.ts'

/** Does something from outside, `after` ms from now (at once: before anything else that is due now has run). */
export function operate(simulation: Simulation, operation: Operation, after = 0): void {
  if (after > 0)
    schedule(simulation, simulation.now + after, { operation })
  else
    carryOut(simulation, operation)
}

/** Does an operation that is due. */
export function carryOut(simulation: Simulation, operation: Operation): void {
  if (operation.op === 'send') {
    const { from, to, kind, payload, summary } = operation
    return send(simulation, from, to, kind, payload, summary)
  }
  if ('between' in operation)
    return cutOrHeal(simulation, operation.between, operation.op === 'cut')
  changeCondition(simulation, operation.actor, operation.op)
}

function cutOrHeal(simulation: Simulation, [a, b]: [string, string], cut: boolean): void {
  for (const pair of [`${a}>${b}`, `${b}>${a}`]) {
    if (cut)
      simulation.cuts[pair] = true
    else
      delete simulation.cuts[pair]
  }
}

function changeCondition(simulation: Simulation, name: string, op: Change): void {
  const actor = simulation.actors[name]
  if (!actor)
    throw new Error(`no actor ${name}`)
  if (op === 'stop') {
    for (const event of actor.backlog) {
      if ('deliver' in event)
        traceLost(simulation.trace, event.deliver.id, simulation.now)
    }
    Object.assign(actor, { condition: 'down', timers: {}, backlog: [] })
    for (const peer of peersOf(simulation, name))
      reset(simulation, name, peer)
  }
  else if (op === 'start' && actor.condition === 'down') {
    actor.condition = 'up'
    schedule(simulation, simulation.now, { start: name })
  }
  else if (op === 'pause' && actor.condition === 'up') {
    actor.condition = 'paused'
  }
  else if (op === 'resume' && actor.condition === 'paused') {
    actor.condition = 'up'
    for (const event of actor.backlog.splice(0))
      enqueue(simulation.queue, { ...event, at: simulation.now })
  }
}
