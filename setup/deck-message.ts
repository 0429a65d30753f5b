import type { Plugin } from 'vite'
import process from 'node:process'

/**
 * Shows on the slides what the command that started this server has to say about them: that an article could not be compiled, say.
 * The command sends a line over the channel between the two processes, or an empty one to take the line away.
 */
export function deckMessage(): Plugin {
  return {
    name: 'podium:deck-message',
    apply: 'serve',
    configureServer(server) {
      let message = ''
      process.on('message', (sent) => {
        message = typeof sent === 'string' ? sent : ''
        server.ws.send('podium:message', message)
      })
      // The command is gone without having been able to say so: nobody could stop this server any more.
      process.on('disconnect', () => process.exit())
      // A page that is opened, or opened again, asks for it.
      server.ws.on('podium:message?', (_, client) => client.send('podium:message', message))
    },
  }
}
