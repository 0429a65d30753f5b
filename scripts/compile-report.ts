import type { DeckMessage } from '../setup/deck-message.ts'
import { explain } from './command.ts'

/** A warning without its line numbers: it is the same one when text above it is added. */
function withoutLines(warning: string): string {
  return warning.replace(/:\d+:|\bline \d+/g, '')
}

/**
 * Compiles, and says of it what was not said before: an error, warnings, that all is well again.
 * @param compile writes the deck and gives its warnings; throws an Error that a person can mend
 * @param name what the deck is called in the terminal
 * @param say writes into the terminal
 * @returns a function that does so and gives what the slides should say; it never throws
 */
export function reported(compile: () => Promise<string[]>, name: string, say: (text: string) => void): () => Promise<DeckMessage> {
  let isFailed = false
  let known = new Set<string>()
  return async () => {
    try {
      const warnings = await compile()
      const fresh = warnings.filter(warning => !known.has(withoutLines(warning)))
      if (isFailed)
        say(`${name} is good again.`)
      if (fresh.length > 0)
        say(warnings.join('\n'))
      else if (warnings.length === 0 && known.size > 0)
        say('No warnings any more.')
      isFailed = false
      known = new Set(warnings.map(withoutLines))
      return { text: [...fresh.slice(0, 1), ...(fresh.length > 1 ? [`and ${fresh.length - 1} more in the terminal`] : [])].join('\n'), isFailure: false }
    }
    catch (error) {
      isFailed = true
      const text = `${explain(error)}\nThese are the last good slides.`
      say(text)
      return { text, isFailure: true }
    }
  }
}
