import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { commandLine, projectRoot, run } from './command.ts'

/** Runs bench/*.bench.ts, or those whose names hold one of the words given, one after the other. */
await run(async () => {
  const { positionals } = commandLine({})
  const files = (await readdir(join(projectRoot, 'bench'))).filter(name => name.endsWith('.bench.ts')).sort()
  const wanted = files.filter(name => positionals.length === 0 || positionals.some(word => name.includes(word)))
  if (wanted.length === 0)
    throw new Error(`No benchmark is named ${positionals.join(' or ')}: there are ${files.join(', ')}`)
  for (const name of wanted) {
    console.log(`\n── ${name}`)
    const child = spawn(process.execPath, [join('bench', name)], { cwd: projectRoot, stdio: 'inherit' })
    const code = await new Promise<number | null>((end, reject) => child.on('error', reject).on('close', end))
    if (code !== 0)
      throw new Error(`${name} failed`)
  }
})
