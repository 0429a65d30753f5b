import type { Simulation } from '../model/simulation.ts'
import type { TracedMessage } from '../model/trace.ts'
import type { Text } from './pieces.ts'
import type { SceneMessage } from './scene.ts'

/** What a scene shows of a message: its label; undefined for one that it leaves out (and counts). */
export type Label = (message: TracedMessage) => Text | undefined

export interface Traffic {
  messages: SceneMessage[]
  /** How many more were sent that are not shown. */
  unshown: number
  /** The simulation's clock, ms. */
  time: number
}

/** Who works the scene's puppets: its orders are not messages of the cluster, nor are an actor's notes to itself. */
const operator = 'operator'

/**
 * Follows what is sent in a simulation. Each call of what it returns gives the messages that arrived or were lost since the call
 * before, in the order of their sending, as the model's trace has them: no author of a scene makes one up.
 *
 * @param simulation whose trace is followed from now on
 * @param label decides what is shown, and what it is called
 * @param pieceOf the id in the picture of an actor of the simulation; its name by default
 */
export function follow(simulation: Simulation, label: Label, pieceOf: (actor: string, message: TracedMessage) => string = actor => actor): () => Traffic {
  let seen = simulation.trace.length
  let underWay: number[] = []
  return () => {
    const ids = [...underWay, ...simulation.trace.slice(seen).map(message => message.id)]
    seen = simulation.trace.length
    const known = ids.map(id => simulation.trace[id - 1] as TracedMessage).filter(({ from, to }) => from !== operator && from !== to)
    const isOver = ({ received, lost }: TracedMessage) => received !== undefined || lost !== undefined
    underWay = known.filter(message => !isOver(message)).map(message => message.id)
    const over = known.filter(isOver)
    const shown = over.flatMap((message): SceneMessage[] => {
      const text = label(message)
      return text === undefined
        ? []
        : [{
            id: `m${message.id}`,
            from: pieceOf(message.from, message),
            to: pieceOf(message.to, message),
            label: text,
            kind: kindOf(message.kind),
            ...(message.lost !== undefined && { failed: true }),
          }]
    })
    return { messages: together(shown), unshown: over.length - shown.length, time: Math.round(simulation.now) }
  }
}

/** The same message several times in a row is one arrow that says how many. */
function together(messages: readonly SceneMessage[]): SceneMessage[] {
  const alike = (message: SceneMessage) => JSON.stringify({ ...message, id: '' })
  const runs: SceneMessage[][] = []
  for (const message of messages) {
    const run = runs.at(-1)
    if (run?.[0] && alike(run[0]) === alike(message))
      run.push(message)
    else
      runs.push([message])
  }
  return runs.map(([first, ...more]) => {
    const { label, ...message } = first as SceneMessage
    return { ...message, label: more.length ? { key: 'scene.times', params: { count: more.length + 1, label } } : label }
  })
}

function kindOf(kind: string): SceneMessage['kind'] {
  if (/^Watch(?:Response|Event)$|^watch-event$/.test(kind))
    return 'event'
  return /Resp(?:onse)?$|^response$/.test(kind) ? 'response' : 'request'
}
