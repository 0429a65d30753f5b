import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { projectRoot } from '../../scripts/command.ts'

/** What a command wrote and how it ended. */
export interface Outcome { code: number | null, stdout: string, stderr: string }

/** The environment in which npm runs the project's scripts: its own programs come first. */
export function npmEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [join(projectRoot, 'node_modules', '.bin'), process.env.PATH].join(delimiter) }
}

/** Runs a command in the project's folder, as an npm script would, to its end. */
export async function outcome(program: string, args: string[]): Promise<Outcome> {
  const child = spawn(program, args, { cwd: projectRoot, env: npmEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  const result: Outcome = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', chunk => result.stdout += chunk)
  child.stderr.on('data', chunk => result.stderr += chunk)
  result.code = await new Promise((end, reject) => child.on('error', reject).on('close', end))
  return result
}

/**
 * As {@link outcome}, for a command that must succeed.
 * @throws Error with all that it wrote if it does not
 */
export async function command(program: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await outcome(program, args)
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`)
  return stdout
}
