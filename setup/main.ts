import type { DeckMessage } from './deck-message.ts'
import { defineAppSetup } from '@slidev/types'
import { keepOffline } from './keep-offline.ts'
import { giveNotesRoom } from './presenter-room.ts'

/** The line across the foot of the slides that says why they are not the newest, or quietly what was noticed about them. */
function show({ text, isFailure }: DeckMessage): void {
  document.getElementById('deck-message')?.remove()
  if (text === '')
    return
  const line = document.createElement('div')
  line.id = 'deck-message'
  line.setAttribute('role', isFailure ? 'alert' : 'status')
  line.textContent = text
  line.style.cssText = `position: fixed; inset: auto 0 0; z-index: 1000; padding: 8px 16px; font: ${isFailure ? 16 : 14}px/1.4 var(--font-mono, monospace);
    ${isFailure ? 'background: var(--failure); color: var(--failure-ink)' : 'background: var(--raised); color: var(--ink); border-top: 1px solid var(--line)'}; white-space: pre-wrap; overflow-wrap: anywhere`
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
