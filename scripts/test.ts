import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { stripVTControlCharacters } from 'node:util'
import { ensureChromium } from './chromium.ts'
import { commandLine, projectRoot, run } from './command.ts'

/** One thing that must hold: a name, and the command that says whether it does. */
interface Stage { name: string, command: string[] }

interface Result { name: string, seconds: number, isGood: boolean, closing: string[] }

const vitest = (...projects: string[]) => ['vitest', 'run', ...projects.flatMap(project => ['--project', project])]

const STAGES: Stage[] = [
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'typecheck', command: ['vue-tsc', '--noEmit'] },
  { name: 'decks are fresh', command: ['node', 'scripts/deck.ts', '--check'] },
  { name: 'unit and components', command: vitest('unit', 'components') },
  { name: 'recordings', command: vitest('recordings') },
  { name: 'deck in a browser', command: vitest('deck') },
]

const FULL: Stage = { name: 'long sweeps', command: vitest('full') }

/** The lines in which a test runner sums up, as it wrote them. */
function closingLines(output: string): string[] {
  return output.split('\n').filter(line => /^\s*(?:Test Files|Tests|Duration)\s{2}/.test(stripVTControlCharacters(line)))
}

async function pass({ name, command: [program, ...args] }: Stage, environment: NodeJS.ProcessEnv): Promise<Result> {
  console.log(`\n── ${name}: ${[program, ...args].join(' ')}`)
  const start = performance.now()
  const child = spawn(program!, args, { cwd: projectRoot, env: environment, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  let output = ''
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk)
    output += chunk
  })
  child.stderr.on('data', chunk => process.stderr.write(chunk))
  const code = await new Promise<number | null>((end, reject) => child.on('error', reject).on('close', end))
  return { name, seconds: (performance.now() - start) / 1000, isGood: code === 0, closing: closingLines(output) }
}

function report(results: Result[]): void {
  console.log('\n── all in all')
  for (const { name, seconds, isGood, closing } of results) {
    console.log(`${isGood ? '✓' : '✗'} ${name} (${seconds.toFixed(0)} s)`)
    closing.forEach(line => console.log(line))
  }
}

await run(async () => {
  const { values } = commandLine({ full: { type: 'boolean', default: false } })
  const environment = {
    ...process.env,
    PATH: [join(projectRoot, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    PODIUM_CHROMIUM: await ensureChromium(),
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
    ...(values.full ? { FC_RUNS: process.env.FC_RUNS ?? '2000' } : {}),
  }
  const results: Result[] = []
  for (const stage of values.full ? [...STAGES, FULL] : STAGES)
    results.push(await pass(stage, environment))
  report(results)
  const failed = results.filter(({ isGood }) => !isGood).map(({ name }) => name)
  if (failed.length > 0)
    throw new Error(`Failed: ${failed.join(', ')}`)
  console.log(`All ${results.length} stages passed.`)
})
