import type { DeckMessage } from '../setup/deck-message.ts'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import process from 'node:process'
import { watch } from 'chokidar'
import { reported } from './compile-report.ts'
import { slidevBin } from './slidev.ts'

export interface Talk {
  /** path of the deck to show */
  entry: string
  /** writes the deck anew and gives its warnings; throws an Error of one line, and leaves the old deck, if an article is bad */
  compile: () => Promise<string[]>
  /** files and folders whose change makes the deck stale */
  watch: string[]
  /** further options for Slidev, such as `--port 3030` or `--remote` */
  options?: string[]
  /** true to open a browser, if there is one */
  open?: boolean
}

/** How long the slides show a hint, in ms; the terminal keeps it. */
const HINT_MS = 10_000
const silence: DeckMessage = { text: '', isFailure: false }

/** True where a browser window can open: not over SSH to a machine without a screen, not in continuous integration. */
export function hasScreen(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): boolean {
  if (env.CI)
    return false
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME)
}

/**
 * Calls a function for each change, never twice at a time: changes that come while it runs lead to one more run at its end.
 * @param action must not throw
 */
export function oneAtATime(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let isAgain = false
  const loop = async () => {
    do {
      isAgain = false
      await action()
    } while (isAgain)
    running = undefined
  }
  return () => {
    isAgain = running !== undefined
    running ??= loop()
    return running
  }
}

/**
 * Compiles the deck and shows it with Slidev until it is quit; compiles again when a watched file changes. While an article is bad
 * the last good deck stays, and the terminal and the slides say what is wrong; a new warning is in the terminal, and on the slides for a while.
 * @returns when Slidev has ended, with its exit code; 0 if it was asked to
 * @throws Error of one line if the first compilation fails and there is no older deck to show
 */
export async function present({ entry, compile, watch: watched, options = [], open = true }: Talk): Promise<number> {
  const path = resolve(entry)
  const recompile = reported(compile, basename(path), text => console.error(`\n${text}`))
  let message = await recompile()
  if (message.isFailure && !existsSync(path))
    throw new Error(message.text.split('\n')[0])
  // An audience may be there already: what was noticed about the slides is for whoever edits them.
  if (!message.isFailure)
    message = silence

  const slidev = spawn(process.execPath, [slidevBin, path, ...(open && hasScreen() ? ['--open'] : []), ...options], {
    cwd: dirname(path),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  let fading: NodeJS.Timeout | undefined
  const tell = () => {
    clearTimeout(fading)
    if (slidev.connected)
      slidev.send(message)
    if (!message.isFailure && message.text !== '')
      fading = setTimeout(() => slidev.connected && slidev.send(message = silence), HINT_MS)
  }
  const update = oneAtATime(async () => {
    message = await recompile()
    tell()
  })
  const watcher = watch(watched, { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 } })
  watcher.on('all', () => void update())
  slidev.on('spawn', tell)
  // A terminal sends Ctrl-C to both processes; a signal to this one alone is passed on.
  let isStopped = false
  const stop = () => {
    isStopped = true
    slidev.kill('SIGTERM')
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  // npm and the shell between it and this process may end without passing the signal on.
  const parent = process.ppid
  const orphaned = setInterval(() => process.ppid !== parent && stop(), 1000)
  const code = await new Promise<number>((end, reject) => slidev.on('error', reject).on('close', code => end(code ?? 0)))
  clearInterval(orphaned)
  clearTimeout(fading)
  process.off('SIGINT', stop).off('SIGTERM', stop)
  await watcher.close()
  return isStopped ? 0 : code
}
