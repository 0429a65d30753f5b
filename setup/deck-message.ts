import type { Plugin } from 'vite'
import process from 'node:process'

/** What the slides say of themselves. */
export interface DeckMessage {
  /** Empty: nothing. */
  text: string
  /** Whether the slides are not the newest because of it; else it is a hint that may be overlooked. */
  isFailure: boolean
}

/**
 * Shows on the slides what the command that started this server has to say about them: that an article could not be compiled, say.
 * The command sends a message over the channel between the two processes, or an empty one to take it away.
 */
export function deckMessage(): Plugin {
  return {
    name: 'podium:deck-message',
    apply: 'serve',
    configureServer(server) {
      let message: DeckMessage = { text: '', isFailure: false }
      process.on('message', (sent) => {
        message = sent as DeckMessage
        server.ws.send('podium:message', message)
      })
      // The command is gone without having been able to say so: nobody could stop this server any more.
      process.on('disconnect', () => process.exit())
      // A page that is opened, or opened again, asks for it.
      server.ws.on('podium:message?', (_, client) => client.send('podium:message', message))
    },
  }
}
