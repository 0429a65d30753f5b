import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../../scripts/command.ts'

let folder: string

/** Puts a program of this name into the folder. */
async function program(name: string, exitCode: number): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\nexit ${exitCode}\n`)
  await chmod(path, 0o755)
  return path
}

/** What `scripts/chromium.ts` prints where only this folder's programs are installed. */
function find(environment: NodeJS.ProcessEnv) {
  const result = spawnSync(process.execPath, [join(projectRoot, 'scripts', 'chromium.ts')], {
    encoding: 'utf8',
    env: { HOME: folder, PLAYWRIGHT_BROWSERS_PATH: join(folder, 'none'), PLAYWRIGHT_DOWNLOAD_HOST: 'http://127.0.0.1:9', PATH: folder, ...environment },
  })
  return { code: result.status, output: result.stdout.trim(), error: result.stderr.trim().split('\n').at(-1) }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podium-chromium-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe.skipIf(process.platform === 'win32')('finding a browser', () => {
  it('takes the one that PODIUM_CHROMIUM names before all others', async () => {
    await program('chromium', 0)
    const mine = await program('my-browser', 0)
    expect(find({ PODIUM_CHROMIUM: mine })).toMatchObject({ code: 0, output: mine })
  })

  it('says in one line that PODIUM_CHROMIUM names none', async () => {
    await program('chromium', 0)
    const { code, error } = find({ PODIUM_CHROMIUM: join(folder, 'typo') })
    expect(code).toBe(1)
    expect(error).toBe(`PODIUM_CHROMIUM: ${join(folder, 'typo')} is not a browser that starts: correct the path or unset it`)
  })

  it('passes over one that does not start', async () => {
    await program('chromium', 127)
    const chrome = await program('google-chrome', 0)
    expect(find({})).toMatchObject({ code: 0, output: chrome })
  })

  it('searches the folders of PATH in order', async () => {
    const chromium = await program('chromium', 0)
    expect(find({ PATH: [join(folder, 'empty'), folder].join(delimiter) })).toMatchObject({ code: 0, output: chromium })
  })

  it.skipIf(process.platform === 'darwin')('says what to do where there is none and none can be installed', () => {
    const { code, error } = find({})
    expect(code).toBe(1)
    expect(error).toBe('No Chromium or Chrome found, and none could be installed: install Chromium or Chrome, or set PODIUM_CHROMIUM to the path of one')
  })
})
