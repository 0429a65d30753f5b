import type { ParseArgsConfig } from 'node:util'
import { dirname, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ArticleError, formatDiagnostic } from '../compiler/diagnostics.ts'

/** The folder that holds package.json, wherever the command was called from. */
export const projectRoot: string = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** What a person should read of an error: one line of a mistake they can mend, the whole trace of one of ours. */
export function explain(error: unknown): string {
  if (!(error instanceof Error))
    return String(error)
  if (error instanceof ArticleError)
    return formatDiagnostic(error)
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return error.message.split('. ')[0]!
  return error.constructor === Error ? error.message : error.stack ?? error.message
}

/** Runs a command's main function; an error becomes its {@link explain explanation} on standard error and exit code 1. */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  }
  catch (error) {
    console.error(explain(error))
    process.exitCode = 1
  }
}

/**
 * The command line's options and positional arguments.
 * @throws TypeError of Node (shown as one line by {@link run}) for an option that the command does not know.
 */
export function commandLine<T extends NonNullable<ParseArgsConfig['options']>>(options: T) {
  return parseArgs({ options, allowPositionals: true, allowNegative: true, args: process.argv.slice(2) })
}
