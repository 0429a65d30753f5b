/** So long after the page is there the rest of the site is fetched: whoever looks around has the first slides to themselves. */
const calm = 8000

/** Tells the worker that answers for this page what the page has loaded, also what it had before there was a worker, and goes on to load. */
function tellWhatIsLoaded(): void {
  let loaded: PerformanceObserver | undefined
  function tell() {
    loaded?.disconnect()
    loaded = new PerformanceObserver(entries => navigator.serviceWorker.controller?.postMessage(entries.getEntries().map(({ name }) => name)))
    loaded.observe({ type: 'resource', buffered: true })
  }
  navigator.serviceWorker.addEventListener('controllerchange', tell)
  if (navigator.serviceWorker.controller)
    tell()
}

/** The worker of a folder of the site, once it works. */
async function workerOf(folder: string): Promise<ServiceWorker> {
  const { installing, waiting, active } = await navigator.serviceWorker.register(`${folder}sw.js`)
  const worker = (installing ?? waiting ?? active)!
  await new Promise<void>((resolve) => {
    const look = () => ['activated', 'redundant'].includes(worker.state) && resolve()
    worker.addEventListener('statechange', look)
    look()
  })
  return worker
}

/** Asks a worker to keep all of its folder, and waits until it has. */
function keepAll(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => resolve()
    worker.postMessage('keep', [port2])
  })
}

/**
 * Lets a reader go on without a network: at once with what was looked at; a little later with the whole deck, then with the start
 * page and the other languages, unless the reader's device is to save data.
 */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator))
    return
  tellWhatIsLoaded()
  await workerOf('./')
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  if (connection?.saveData)
    return
  await new Promise(resolve => setTimeout(resolve, calm))
  const languages = String(import.meta.env.VITE_PODIUM_LANGUAGES ?? '').split(',').filter(Boolean)
  const site = languages.length > 0 ? ['../', ...languages.map(language => `../${language}/`)] : []
  for (const folder of new Set(['./', ...site].map(path => new URL(path, location.href).href)))
    await keepAll(await workerOf(folder))
}
