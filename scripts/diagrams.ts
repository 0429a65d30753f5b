import type { Page } from 'playwright-chromium'
import type { DiagramSource } from '../diagrams/sources.ts'
import type { Drawing } from '../diagrams/svg.ts'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import process from 'node:process'
import { amend, readAmendments } from '../diagrams/amend.ts'
import { drawSequence } from '../diagrams/draw-sequence.ts'
import { draw } from '../diagrams/draw.ts'
import { layOut, preparePage } from '../diagrams/layout.ts'
import { isSequence, readSequence } from '../diagrams/sequence.ts'
import { diagramSources, isStale, orphans } from '../diagrams/sources.ts'
import { readSteps } from '../diagrams/steps.ts'
import { smallestType } from '../diagrams/svg.ts'
import { launchChromium } from './chromium.ts'

const usage = `Usage: npm run diagrams [-- --check | --all]
Draws the Mermaid sources of diagrams/ whose drawing is missing or stale into diagrams/drawn/.
  --all    draw every one
  --check  draw nothing; exit 1 and name the sources whose drawing is stale`

async function drawSource(page: Page, { name, text, hash }: DiagramSource): Promise<Drawing> {
  const steps = readSteps(text)
  const drawing = isSequence(text) ? drawSequence(await readSequence(page, text), hash, steps) : draw(amend(await layOut(page, text), readAmendments(text)), hash, steps)
  if (drawing.type < smallestType)
    throw new Error(`diagrams/${name}.mmd: type of ${drawing.type.toFixed(1)} px on the slide, under ${smallestType}: give the diagram fewer or shorter parts in a row`)
  if (!/<title[^>]*>[^<]/.test(drawing.svg) || !/<desc[^>]*>[^<]/.test(drawing.svg))
    throw new Error(`diagrams/${name}.mmd: no accTitle or no accDescr: who can't see the drawing needs both`)
  return drawing
}

async function drawAll(sources: DiagramSource[]): Promise<void> {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await preparePage(page)
    for (const source of sources) {
      const { svg, type } = await drawSource(page, source)
      mkdirSync(dirname(source.drawing), { recursive: true })
      writeFileSync(source.drawing, svg)
      console.log(`${relative('.', source.drawing)}  type ${type.toFixed(1)} px`)
    }
  }
  finally {
    await browser.close()
  }
}

async function main(args: string[]): Promise<number> {
  const unknown = args.find(arg => !['--all', '--check', '--help'].includes(arg))
  if (unknown || args.includes('--help')) {
    console.log(unknown ? `Unknown option ${unknown}\n${usage}` : usage)
    return unknown ? 1 : 0
  }
  const sources = diagramSources()
  const stale = args.includes('--all') ? sources : sources.filter(isStale)
  const lost = orphans()
  if (args.includes('--check')) {
    for (const { name } of stale)
      console.error(`diagrams/${name}.mmd: its drawing is stale: run npm run diagrams`)
    for (const file of lost)
      console.error(`${relative('.', file)}: a drawing without a source: run npm run diagrams`)
    return stale.length || lost.length ? 1 : 0
  }
  for (const file of lost)
    rmSync(file)
  if (stale.length)
    await drawAll(stale)
  return 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
}
catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
