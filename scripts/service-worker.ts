import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

/**
 * What keeps a deck readable without a network: answers from what it has kept, except for the page itself, which it fetches as
 * long as it can, so that a new version of the site arrives. It keeps what was asked for, and everything once the page says so.
 */
const WORKER = `
const prefix = 'podium ' + registration.scope + ' '
const name = prefix + version

addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(takeOver()))
addEventListener('message', event => event.data === 'keep' && event.waitUntil(keepAll()))
addEventListener('fetch', (event) => {
  const { method, url } = event.request
  if (method === 'GET' && url.startsWith(registration.scope))
    event.respondWith(answer(event.request))
})

async function takeOver() {
  const names = await caches.keys()
  await Promise.all(names.filter(other => other.startsWith(prefix) && other !== name).map(other => caches.delete(other)))
  await clients.claim()
}

async function keepAll() {
  const cache = await caches.open(name)
  for (const file of files) {
    const url = new URL(file, registration.scope).href
    if (!await cache.match(url))
      await cache.add(url).catch(() => {})
  }
}

async function answer(request) {
  const cache = await caches.open(name)
  const isPage = request.mode === 'navigate'
  const kept = await cache.match(isPage ? registration.scope : request)
  if (kept && !isPage)
    return kept
  try {
    const response = await fetch(request)
    if (response.ok)
      await cache.put(isPage ? registration.scope : request, response.clone())
    return response
  }
  catch (error) {
    if (kept)
      return kept
    throw error
  }
}
`

/** The worker's program for these files of a deck, by their paths; another version lets go of what the one before has kept. */
export function serviceWorker(files: string[], version: string): string {
  return `const version = ${JSON.stringify(version)}\nconst files = ${JSON.stringify(files)}\n${WORKER}`
}

/** Writes `sw.js` into the folder of a built deck. */
export async function writeServiceWorker(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll(sep, '/')).sort()
  const hash = createHash('sha256').update(names.join('\n'))
  for (const name of names)
    hash.update(await readFile(join(folder, name)))
  // The page itself goes by the folder's name.
  const files = ['./', ...names.filter(name => name !== 'index.html')]
  await writeFile(join(folder, 'sw.js'), serviceWorker(files, hash.digest('hex').slice(0, 12)))
}
