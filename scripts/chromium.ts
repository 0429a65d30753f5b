import type { Browser, LaunchOptions } from 'playwright-chromium'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright-chromium'

/** Names of browsers on the search path that speak the protocol we need, the plainest first. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']

/** Where the browsers of macOS and Windows live, relative to the folders that applications are installed into. */
const APPLICATIONS: Record<string, string[]> = {
  darwin: ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome', 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  win32: ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
}

const MEND = 'install Chromium or Chrome, or set PODIUM_CHROMIUM to the path of one'

let found: string | undefined

/**
 * True if the file is a browser that starts. `--version` also finds what mere existence hides: a launcher whose browser is not
 * installed (Ubuntu's chromium-browser), or a download that lacks system libraries. Windows opens a window for it, so there the
 * file is enough.
 */
function starts(path: string): boolean {
  if (!existsSync(path))
    return false
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

function applicationFolders(): string[] {
  const { env } = process
  if (process.platform === 'win32')
    return [env.LOCALAPPDATA, env.PROGRAMFILES, env['PROGRAMFILES(X86)']].filter(folder => folder !== undefined)
  return ['/Applications', join(homedir(), 'Applications')]
}

/** Every place where a browser may be, in the order of preference; most do not exist. */
export function candidates(): string[] {
  const system = process.platform in APPLICATIONS
    ? applicationFolders().flatMap(folder => APPLICATIONS[process.platform]!.map(path => join(folder, path)))
    : []
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  return [chromium.executablePath(), ...COMMANDS.flatMap(command => onPath.map(folder => join(folder, command))), ...system]
}

/**
 * The path of a browser that starts: the one that PODIUM_CHROMIUM names, else Playwright's own, else one of the system; undefined
 * if there is none.
 * @throws Error of one line if PODIUM_CHROMIUM names something else.
 */
export function findChromium(): string | undefined {
  const named = process.env.PODIUM_CHROMIUM
  if (named) {
    if (!starts(named))
      throw new Error(`PODIUM_CHROMIUM: ${named} is not a browser that starts: correct the path or unset it`)
    return named
  }
  found ??= candidates().find(starts)
  return found
}

function isDebianAsRoot(): boolean {
  return process.getuid?.() === 0
    && existsSync('/etc/os-release')
    && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'))
    && spawnSync('apt-get', ['--version']).status === 0
}

function runs(command: string, args: string[], environment: Record<string, string> = {}): boolean {
  // Standard output may be a file that a script writes; progress belongs on standard error.
  const result = spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...environment }, timeout: 600_000 })
  return result.status === 0
}

function installWithApt(): boolean {
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  const install = () => runs('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet)
  return install() || (runs('apt-get', ['update', '-qq'], quiet) && install())
}

function installWithPlaywright(): boolean {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-chromium/package.json')), 'cli.js')
  return runs(process.execPath, [cli, 'install', 'chromium'], { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000' })
}

/**
 * As {@link findChromium}, but installs a browser where there is none: on Debian as root from the distribution, else, or if that
 * fails, the one that Playwright downloads.
 * @throws Error of one line that says what to do, if that fails too.
 */
export async function ensureChromium(): Promise<string> {
  const existing = findChromium()
  if (existing)
    return existing
  console.error('No Chromium or Chrome found: installing one')
  const installed = (isDebianAsRoot() && installWithApt() ? findChromium() : undefined)
    ?? (installWithPlaywright() ? findChromium() : undefined)
  if (!installed)
    throw new Error(`No Chromium or Chrome found, and none could be installed: ${MEND}`)
  return installed
}

/**
 * Starts a headless browser that asks nobody anything: no component updates, no field trials, no first-run pages. Playwright's
 * default leaves the sandbox off, which root and containers need.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = options.executablePath ?? await ensureChromium()
  return chromium.launch({
    ...options,
    executablePath,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--disable-sync',
      '--no-first-run',
      '--no-pings',
      '--force-color-profile=srgb',
      '--font-render-hinting=none',
      ...options.args ?? [],
    ],
  })
}

if (import.meta.main) {
  try {
    console.log(await ensureChromium())
  }
  catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
