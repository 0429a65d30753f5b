import { defineAppSetup } from '@slidev/types'
import { keepOffline } from './keep-offline.ts'
import { giveNotesRoom } from './presenter-room.ts'

/** The line across the foot of the slides that says why they are not the newest. */
function show(message: string): void {
  document.getElementById('deck-message')?.remove()
  if (message === '')
    return
  const line = document.createElement('div')
  line.id = 'deck-message'
  line.setAttribute('role', 'alert')
  line.textContent = message
  line.style.cssText = `position: fixed; inset: auto 0 0; z-index: 1000; padding: 8px 16px; font: 16px/1.4 var(--font-mono, monospace);
    background: var(--failure, #a3262b); color: var(--failure-ink, #fff); white-space: pre-wrap; overflow-wrap: anywhere`
  document.body.append(line)
}

export default defineAppSetup(() => {
  if (__DEV__)
    giveNotesRoom(window)
  else if (import.meta.env.VITE_PODIUM_OFFLINE)
    void keepOffline().catch(error => console.warn('Not kept for reading offline:', error))
  if (import.meta.hot) {
    import.meta.hot.on('podium:message', show)
    import.meta.hot.send('podium:message?')
  }
})
