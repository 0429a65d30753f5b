import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../scripts/command.ts'
import { command } from './command.ts'

const SOURCES = ['article', 'compiler', 'components', 'custom-nav-controls.vue', 'data', 'deck.config.ts', 'diagrams', 'layouts', 'locales', 'model', 'package-lock.json', 'public', 'scenes', 'scripts', 'setup', 'slide-bottom.vue', 'slide-top.vue', 'global-bottom.vue', 'global-top.vue', 'snippets', 'styles']

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined)
  return entries ? entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)).sort() : [path]
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const path of SOURCES.map(name => join(projectRoot, name)).filter(existsSync)) {
    for (const file of await filesOf(path))
      hash.update(file).update(await readFile(file))
  }
  return hash.digest('hex').slice(0, 16)
}

/**
 * The folder of the site of both decks, built from today's sources: once for all tests that look at it, and again only when a
 * source changes.
 */
export async function builtSite(): Promise<string> {
  const cache = join(projectRoot, 'node_modules', '.cache', 'podium')
  const site = join(cache, `site-${await fingerprint()}`)
  if (!existsSync(site)) {
    const old = (await readdir(cache).catch(() => [])).filter(name => name.startsWith('site-'))
    await command('node', ['scripts/build.ts', '--out', site])
    await Promise.all(old.map(name => rm(join(cache, name), { recursive: true, force: true })))
  }
  return site
}
