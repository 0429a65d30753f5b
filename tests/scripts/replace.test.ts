import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { replace } from '../../scripts/replace.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podium-replace-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('makes a file and the folders above it', async () => {
  const path = join(folder, 'dist', 'pdf', 'deck.pdf')
  await replace(path, aside => writeFile(aside, 'whole'))
  expect(await readFile(path, 'utf8')).toBe('whole')
  expect(await readdir(join(folder, 'dist', 'pdf'))).toEqual(['deck.pdf'])
})

it('replaces a folder whole, so that nothing of the old one stays', async () => {
  const path = join(folder, 'site')
  await mkdir(path)
  await writeFile(join(path, 'old.html'), 'old')
  await replace(path, async (aside) => {
    await mkdir(aside)
    await writeFile(join(aside, 'new.html'), 'new')
  })
  expect(await readdir(path)).toEqual(['new.html'])
  expect(await readdir(folder)).toEqual(['site'])
})

it('leaves what was there when making fails half way', async () => {
  const path = join(folder, 'deck.pdf')
  await writeFile(path, 'last good')
  const failing = replace(path, async (aside) => {
    await writeFile(aside, 'half')
    throw new Error('no words on page 3')
  })
  await expect(failing).rejects.toThrow('no words on page 3')
  expect(await readFile(path, 'utf8')).toBe('last good')
  expect(await readdir(folder)).toEqual(['deck.pdf'])
})
