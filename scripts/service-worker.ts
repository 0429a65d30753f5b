import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

/**
 * What keeps a folder of the site readable without a network: answers from what it has kept, except for the page itself, which it
 * fetches as long as it can, so that a new version of the site arrives. It keeps the page from the start, then what is asked for
 * and what the page says that it has loaded before, and everything once the page says so. Other addresses are none of its business.
 */
const WORKER = `
const prefix = 'podium ' + registration.scope + ' '
const name = prefix + version
const urlOf = file => new URL(file, registration.scope).href
const pages = ['./', 'index.html'].map(urlOf)
const known = new Set([...pages, ...files.map(urlOf)])

addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(keepPage())
})
addEventListener('activate', event => event.waitUntil(takeOver()))
addEventListener('message', (event) => {
  const { data, ports } = event
  event.waitUntil(keep(data === 'keep' ? files : data).then(() => ports[0]?.postMessage('kept')))
})
addEventListener('fetch', (event) => {
  const { method, url } = event.request
  const address = url.replace(/[?#].*/, '')
  if (method === 'GET' && known.has(address))
    event.respondWith(answer(event.request, pages.includes(address)))
})

async function keepPage() {
  const cache = await caches.open(name)
  await cache.add(new Request(registration.scope, { cache: 'no-cache' }))
}

async function takeOver() {
  const names = await caches.keys()
  await Promise.all(names.filter(other => other.startsWith(prefix) && other !== name).map(other => caches.delete(other)))
  await clients.claim()
}

async function keep(names) {
  const cache = await caches.open(name)
  for (const url of names.map(urlOf)) {
    if (known.has(url) && !await cache.match(url))
      await cache.add(url).catch(() => {})
  }
}

async function answer(request, isPage) {
  const cache = await caches.open(name)
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

/** Writes `sw.js` into a folder of a built site, for all that is in it or, if it is `flat`, for the files that lie in the folder itself. */
export async function writeServiceWorker(folder: string, { flat = false } = {}): Promise<void> {
  const entries = await readdir(folder, { recursive: !flat, withFileTypes: true })
  const names = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll(sep, '/')).sort()
  const hash = createHash('sha256').update(names.join('\n'))
  for (const name of names)
    hash.update(await readFile(join(folder, name)))
  // The page itself goes by the folder's name.
  const files = ['./', ...names.filter(name => name !== 'index.html')]
  await writeFile(join(folder, 'sw.js'), serviceWorker(files, hash.digest('hex').slice(0, 12)))
}
