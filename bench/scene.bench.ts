import type { Page } from 'playwright-chromium'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { launchChromium } from '../scripts/chromium.ts'
import { serveFolder } from '../scripts/serve.ts'
import { buildSite } from '../scripts/site.ts'

/**
 * What scenes cost in a browser that is four times slower than this machine: milliseconds of the main thread for each step of each
 * scene, beside Slidev's own change between two plain slides in the same run; and the bytes that a scene's slide adds to the site.
 */
const slowdown = 4
const runs = 4
const mostRatio = 2
const mostBytes = 150_000
/** Long enough for every animation of a step or of a change of slides to end. */
const quiet = 2000

interface Cost { task: number, script: number, layouts: number }

const folder = await mkdtemp(join(tmpdir(), 'scene-bench-'))
await buildSite({ decks: [{ entry: join(import.meta.dirname, 'scenes/slides.md'), language: 'en', title: 'Scenes' }], out: folder })
const server = await serveFolder(folder)
const browser = await launchChromium()
const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
const loaded = new Set<string>()
page.on('response', response => loaded.add(new URL(response.url()).pathname))
const devtools = await page.context().newCDPSession(page)
await devtools.send('Performance.enable')

async function costs(page: Page, act: () => Promise<void>): Promise<Cost> {
  const read = async () => Object.fromEntries((await devtools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value])) as Record<string, number>
  const before = await read()
  await act()
  await page.waitForTimeout(quiet)
  const after = await read()
  const spent = (name: string) => (after[name] ?? 0) - (before[name] ?? 0)
  return { task: spent('TaskDuration') * 1000, script: spent('ScriptDuration') * 1000, layouts: spent('LayoutCount') }
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const next = () => page.keyboard.press('ArrowRight')

// A still page costs something too, such as this program's own questions: that is taken off.
await page.goto(`${server.url}#/1`)
await page.waitForTimeout(4500)
await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
const idle: number[] = []
const plain: number[] = []
for (let run = 0; run <= runs; run++) {
  idle.push((await costs(page, async () => {})).task)
  const { task } = await costs(page, () => page.keyboard.press(run % 2 ? 'ArrowLeft' : 'ArrowRight'))
  // The first change loads and compiles.
  if (run > 0)
    plain.push(task)
}
const still = median(idle)
const bare = median(plain) - still
console.log(`a change of two plain slides: ${bare.toFixed(1)} ms of the main thread (${slowdown}× slower)`)

const before = new Set(loaded)
let busiest = { name: '', step: 0, task: 0 }
for (const [at, name] of ['api-request', 'etcd-watch', 'etcd-raft', 'watch-fanout', 'scheduler-decision', 'scheduler-unschedulable'].entries()) {
  await page.goto(`${server.url}#/${at + 3}`)
  await page.waitForTimeout(quiet)
  await page.locator('.slidev-page:not([style*="display: none"]) .scene').last().waitFor()
  const frames = Number((await page.locator('.slidev-page:not([style*="display: none"]) .position').last().textContent())!.split('/')[1])
  await page.waitForTimeout(quiet)
  let most = { step: 0, task: 0, script: 0, layouts: 0 }
  for (let step = 1; step < frames; step++) {
    const cost = await costs(page, next)
    if (cost.task - still > most.task)
      most = { ...cost, step, task: cost.task - still }
  }
  console.log(`${name}: ${most.task.toFixed(1)} ms for its busiest step, to ${most.step + 1} of ${frames} (script ${most.script.toFixed(1)} ms, ${most.layouts} layouts)`)
  if (most.task > busiest.task)
    busiest = { name, ...most }
}

const files = [...loaded].filter(path => !before.has(path) && /\.(?:js|css)$/.test(path))
const sizes = await Promise.all(files.map(async path => gzipSync(await readFile(join(folder, path))).length))
const bytes = sizes.reduce((sum, size) => sum + size, 0)
await browser.close()
await server.close()
await rm(folder, { recursive: true, force: true })

const ratio = busiest.task / bare
console.log(`busiest step: ${busiest.name} to ${busiest.step + 1}, ${ratio.toFixed(2)} of a plain change (at most ${mostRatio})`)
console.log(`player, scenes and model: ${bytes} bytes gzipped in ${files.length} files (at most ${mostBytes})`)
if (ratio > mostRatio || bytes > mostBytes)
  process.exitCode = 1
