/** So long after the page is there the rest of the deck is fetched: whoever looks around has the first slides to themselves. */
const calm = 8000

/** Lets a reader go on without a network: the whole deck is kept, unless the reader's device is to save data. */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator))
    return
  await navigator.serviceWorker.register('./sw.js')
  const { active } = await navigator.serviceWorker.ready
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  if (!connection?.saveData)
    setTimeout(() => active?.postMessage('keep'), calm)
}
