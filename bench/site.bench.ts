import type { FirstLoad } from './first-load.ts'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { projectRoot } from '../scripts/command.ts'
import { buildSite } from '../scripts/site.ts'
import { slidev } from '../scripts/slidev.ts'
import { firstLoad } from './first-load.ts'

/**
 * How much a student's phone fetches before the first slide stands, beside the deck that Slidev itself starts people with (its
 * template, on the same theme), built in the same run.
 */
const folder = await mkdtemp(join(projectRoot, 'node_modules', '.bench-'))

function line(name: string, { bytes, requests, milliseconds, foreign }: FirstLoad): string {
  const others = foreign.length > 0 ? `, and asks ${foreign.length} times elsewhere` : ''
  return `${name}: ${(bytes / 1000).toFixed(1)} kB gzipped in ${requests} requests, first slide after ${milliseconds.toFixed(0)} ms${others}`
}

try {
  const template = join(dirname(createRequire(import.meta.url).resolve('@slidev/cli/package.json')), 'template.md')
  await copyFile(template, join(folder, 'slides.md'))
  await writeFile(join(folder, 'package.json'), '{ "name": "starter", "private": true, "type": "module" }\n')
  await slidev('build', join(folder, 'slides.md'), ['--theme', 'default', '--out', join(folder, 'starter'), '--router-mode', 'hash'])
  await buildSite({ decks: [{ entry: join(projectRoot, 'slides.md'), language: 'en', title: 'Podium' }], out: join(folder, 'podium') })
  const starter = await firstLoad(join(folder, 'starter'))
  const podium = await firstLoad(join(folder, 'podium'))
  console.log(line('Slidev\'s starter', starter))
  console.log(line('Podium', podium))
  console.log(`Podium / starter: ${(podium.bytes / starter.bytes).toFixed(2)} of the bytes`)
  if (process.argv.includes('--files'))
    console.table(podium.files.slice(0, 20))
}
finally {
  await rm(folder, { recursive: true, force: true })
}
