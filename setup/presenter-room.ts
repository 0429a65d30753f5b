/**
 * Gives the presenter's notes more room than Slidev's own default (360 × 280 px), a share of the window: notes are there to be
 * read at arm's length. Whoever has moved the borders keeps them where they are: Slidev remembers that under these names.
 */
export function giveNotesRoom({ innerWidth, innerHeight, localStorage }: Pick<Window, 'innerWidth' | 'innerHeight' | 'localStorage'>): void {
  const defaults = {
    'slidev-presenter-notes-width': Math.min(560, Math.max(360, Math.round(innerWidth * 0.33))),
    'slidev-presenter-notes-row-size': Math.max(280, Math.round(innerHeight * 0.56)),
  }
  for (const [name, size] of Object.entries(defaults)) {
    if (localStorage.getItem(name) === null)
      localStorage.setItem(name, String(size))
  }
}
