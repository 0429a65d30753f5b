import type { Listed } from './start-page.ts'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { replace } from './replace.ts'
import { writeServiceWorker } from './service-worker.ts'
import { slidev } from './slidev.ts'
import { writeStartPage } from './start-page.ts'

/** A generated deck on disk. */
export interface Deck extends Listed {
  /** path of its slides.md */
  entry: string
}

export interface Site {
  decks: Deck[]
  /** folder to write; what it held is replaced */
  out: string
  /** path that the site is served under, `/talks/k8s/`; by default links are relative and any path will do */
  base?: string
  /** true to let the site show the presenter's notes */
  notes?: boolean
}

/** What a page of the site may load: its own files, and styles that Vue and Shiki write into elements. */
const POLICY = [
  'default-src \'self\'',
  'style-src \'self\' \'unsafe-inline\'',
  'img-src \'self\' data: blob:',
  'font-src \'self\' data:',
  'object-src \'none\'',
  'base-uri \'self\'',
].join('; ')

/** The base that Slidev takes, checked: `./` or an absolute path that ends with a slash. */
function basePath(base: string): string {
  if (!/^(?:\.\/|\/(?:[\w.~%-]+\/)*)$/.test(base))
    throw new Error(`--base ${base}: write the path that the site is served under with a slash at both ends, such as /talks/`)
  return base
}

async function buildDeck(deck: Deck, out: string, base: string, notes: boolean, languages: string[] = []): Promise<void> {
  const options = ['--out', out, '--base', base, '--router-mode', 'hash', ...(notes ? [] : ['--without-notes'])]
  // Whatever the shell around has in NODE_ENV: a site is for its readers.
  const variables = { NODE_ENV: 'production', VITE_PODIUM_LANGUAGES: languages.join(','), VITE_PODIUM_OFFLINE: 'yes' }
  await slidev('build', resolve(deck.entry), options, variables)
  const index = join(out, 'index.html')
  const html = await readFile(index, 'utf8')
  await writeFile(index, html.replace('<meta charset="utf-8">', tag => `${tag}\n<meta http-equiv="Content-Security-Policy" content="${POLICY}">`))
  // With the slide in the fragment, a server needs neither.
  await Promise.all(['404.html', '_redirects'].map(name => rm(join(out, name), { force: true })))
  await writeServiceWorker(out)
}

/**
 * Builds decks into one static site: a single deck stands at its root; several stand in a folder a language, with a start page
 * that opens the reader's own. The folder is replaced only when all of it is built.
 * @throws Error with Slidev's own words if a deck does not build.
 */
export async function buildSite({ decks, out, base = './', notes = false }: Site): Promise<void> {
  const root = basePath(base)
  await replace(resolve(out), async (aside) => {
    if (decks.length === 1)
      return buildDeck(decks[0]!, aside, root, notes)
    for (const deck of decks)
      await buildDeck(deck, join(aside, deck.language), root === './' ? root : `${root}${deck.language}/`, notes, decks.map(({ language }) => language))
    await writeStartPage(aside, decks)
    await writeServiceWorker(aside, { flat: true })
  })
}
