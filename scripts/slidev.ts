import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'

/** The program that `npx slidev` runs. */
export const slidevBin: string = join(dirname(createRequire(import.meta.url).resolve('@slidev/cli/package.json')), 'bin', 'slidev.mjs')

/** What Slidev reports while it goes on, or leaves out of its exit code, and yet spoils a deck. */
const SPOILED = /^.*(?:Unknown layout|Imported markdown file not found|does not exist in|Error when loading slide).*$/m

/**
 * Runs Slidev on a deck in a process of its own (it keeps its folders for the life of a process) and says nothing while all is well.
 * Variables of its environment may be given; those named VITE_… can be read on the slides.
 * @throws Error with what Slidev said, if it fails or reports that a part of the deck is missing.
 */
export async function slidev(command: 'build', entry: string, options: string[], variables: Record<string, string> = {}): Promise<void> {
  const child = spawn(process.execPath, [slidevBin, command, entry, ...options], { cwd: dirname(entry), env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', chunk => output += chunk)
  child.stderr.on('data', chunk => output += chunk)
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0)
    throw new Error(`${output.trim()}\n${basename(entry)}: Slidev could not ${command} it`)
  const spoiled = SPOILED.exec(output)
  if (spoiled)
    throw new Error(`${basename(entry)}: ${spoiled[0].trim()}`)
}
