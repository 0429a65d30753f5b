import { readdirSync } from 'node:fs'

/** Runs the benchmarks one after another: all, or those whose name has one of the words given. */
const words = process.argv.slice(2)
const files = readdirSync(import.meta.dirname).filter(file => file.endsWith('.bench.ts')
  && (!words.length || words.some(word => file.includes(word)))).sort()
if (!files.length)
  throw new Error(`no benchmark is named like ${words.join(' or ')}`)
for (const file of files) {
  console.log(`\n# ${file.replace('.bench.ts', '')}`)
  await import(`./${file}`)
}
