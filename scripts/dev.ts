import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import process from 'node:process'
import config from '../deck.config.ts'
import { commandLine, projectRoot, run } from './command.ts'
import { watchedFiles } from './deck.ts'
import { present } from './present.ts'

/**
 * Compiles the decks in a process of its own, so that a changed scene or plan is read anew.
 * @returns its warnings
 * @throws Error with the line that the compiler wrote
 */
async function compileAfresh(options: string[]): Promise<string[]> {
  const child = spawn(process.execPath, ['--no-warnings', join(projectRoot, 'scripts', 'deck.ts'), ...options], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'pipe'] })
  let written = ''
  child.stderr.setEncoding('utf8').on('data', chunk => written += chunk)
  const code = await new Promise<number | null>((end, reject) => child.on('error', reject).on('close', end))
  const lines = written.split('\n').filter(line => line.trim() !== '')
  if (code !== 0)
    throw new Error(lines.at(-1) ?? 'The deck could not be compiled')
  return lines
}

/** Path of the planned deck in this language, compiled or not. */
function deckFile(language: string, short: boolean): string {
  const plan = config.decks.find(deck => deck.language === language)
  if (!plan)
    throw new Error(`--lang ${language}: there are decks in ${config.decks.map(deck => deck.language).join(', ')}`)
  return resolve(projectRoot, short ? plan.output.replace(/\.md$/, '.short.md') : plan.output)
}

await run(async () => {
  const { values, positionals } = commandLine({
    lang: { type: 'string', default: 'en' },
    short: { type: 'boolean', default: false },
    port: { type: 'string', short: 'p' },
    remote: { type: 'string' },
    open: { type: 'boolean', default: true },
  })
  if (positionals.length > 0)
    throw new Error(`${positionals[0]}: to present an article of your own: npx podium present ${positionals[0]}`)
  const options = [
    ...(values.port ? ['--port', values.port] : []),
    ...(values.remote === undefined ? [] : ['--remote', values.remote]),
  ]
  process.exitCode = await present({
    entry: deckFile(values.lang, values.short),
    compile: () => compileAfresh(values.short ? ['--short'] : []),
    watch: await watchedFiles(),
    open: values.open,
    options,
  })
})
