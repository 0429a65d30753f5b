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

/** Milliseconds of a still page, and of changes of two plain slides; the first change, which loads and compiles, is left out. */
async function peer(): Promise<{ still: number[], plain: number[] }> {
  await page.goto(`${server.url}#/1`)
  await page.waitForTimeout(quiet)
  const still: number[] = []
  const plain: number[] = []
  for (let run = 0; run <= runs; run++) {
    still.push((await costs(page, async () => {})).task)
    const { task } = await costs(page, () => page.keyboard.press(run % 2 ? 'ArrowLeft' : 'ArrowRight'))
    if (run > 0)
      plain.push(task)
  }
  return { still, plain }
}

let beside = await peer()
const before = new Set(loaded)
let worst = { name: '', step: 0, ratio: 0 }
for (const [at, name] of ['api-request', 'etcd-watch', 'etcd-raft', 'watch-fanout', 'scheduler-decision', 'scheduler-unschedulable'].entries()) {
  await page.goto(`${server.url}#/${at + 5}`)
  await page.waitForTimeout(quiet)
  await page.locator('.slidev-page:not([style*="display: none"]) .scene').last().waitFor()
  const frames = Number((await page.locator('.slidev-page:not([style*="display: none"]) .position').last().textContent())!.split('/')[1])
  await page.waitForTimeout(quiet)
  const steps: { step: number, task: number }[] = []
  for (let step = 1; step < frames; step++)
    steps.push({ step, task: (await costs(page, next)).task })
  // The busiest by this walk, walked again from the step before it: one figure alone may be the machine's and not the step's.
  const { step } = steps.sort((a, b) => b.task - a.task)[0]!
  for (let back = frames - 1; back >= step; back--)
    await page.keyboard.press('ArrowLeft')
  await page.waitForTimeout(quiet)
  const again: Cost[] = []
  for (let run = 0; run < runs; run++) {
    again.push(await costs(page, next))
    await page.keyboard.press('ArrowLeft')
    await page.waitForTimeout(quiet)
  }
  // Plain changes before and after each scene: what else the machine does changes with the minutes.
  const after = await peer()
  const still = median([...beside.still, ...after.still])
  const bare = median([...beside.plain, ...after.plain]) - still
  beside = after
  const of = (figure: keyof Cost) => median(again.map(cost => cost[figure]))
  const task = of('task') - still
  const ratio = task / bare
  console.log(`${name}: ${task.toFixed(1)} ms for its busiest step, to ${step + 1} of ${frames} (script ${of('script').toFixed(1)} ms, ${of('layouts')} layouts), ${ratio.toFixed(2)} of a plain change's ${bare.toFixed(1)} ms`)
  if (ratio > worst.ratio)
    worst = { name, step, ratio }
}

const files = [...loaded].filter(path => !before.has(path) && /\.(?:js|css)$/.test(path))
const sizes = await Promise.all(files.map(async path => gzipSync(await readFile(join(folder, path))).length))
const bytes = sizes.reduce((sum, size) => sum + size, 0)
await browser.close()
await server.close()
await rm(folder, { recursive: true, force: true })

console.log(`busiest step: ${worst.name} to ${worst.step + 1}, ${worst.ratio.toFixed(2)} of a plain change (at most ${mostRatio}; main thread, CPU ${slowdown}× slower)`)
console.log(`player, scenes and model: ${bytes} bytes gzipped in ${files.length} files (at most ${mostBytes})`)
if (worst.ratio > mostRatio || bytes > mostBytes)
  process.exitCode = 1
