import { expect, it } from 'vitest'
import { giveNotesRoom } from '../../setup/presenter-room.ts'

function storage(kept: Record<string, string> = {}) {
  const store = new Map(Object.entries(kept))
  return { store, localStorage: { getItem: (name: string) => store.get(name) ?? null, setItem: (name: string, value: string) => store.set(name, value) } as unknown as Storage }
}

it('gives the notes a third of the width and more than half of the height', () => {
  const { store, localStorage } = storage()
  giveNotesRoom({ innerWidth: 1440, innerHeight: 900, localStorage })
  expect([...store.values()].map(Number)).toEqual([475, 504])
})

it('leaves borders where the presenter has moved them', () => {
  const { store, localStorage } = storage({ 'slidev-presenter-notes-width': '300' })
  giveNotesRoom({ innerWidth: 1440, innerHeight: 900, localStorage })
  expect(store.get('slidev-presenter-notes-width')).toBe('300')
})
