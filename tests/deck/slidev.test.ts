import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { projectRoot } from '../../scripts/command.ts'
import { readPdf } from '../../scripts/read-pdf.ts'
import { command, npmEnvironment } from './command.ts'
import { settle } from './geometry.ts'
import { sourceSlides } from './source.ts'
import { listen } from './walk.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podium-slidev-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Ends a program as Ctrl-C would, and waits for it. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null) {
    const ended = new Promise(resolve => child.on('close', resolve))
    child.kill('SIGINT')
    await ended
  }
}

/** The address that a program prints once it serves. */
async function servedAt(child: ChildProcess): Promise<string> {
  let output = ''
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk) => {
      output += chunk
      const url = /public slide show\s+>\s+(http:\/\/localhost:\d+\/)/.exec(stripVTControlCharacters(output))
      if (url)
        resolve(url[1]!)
    })
    child.on('close', code => reject(new Error(`ended with ${code} before it served:\n${output}`)))
  })
}

describe('the plain commands that every Slidev user knows, on slides.md', () => {
  it('slidev build writes a site', async () => {
    await command('slidev', ['build', 'slides.md', '--out', join(folder, 'dist')])
    expect(await readdir(join(folder, 'dist'))).toEqual(expect.arrayContaining(['assets', 'index.html', 'favicon.svg']))
  })

  it('slidev export writes a PDF, with whatever browser the machine has', async () => {
    const output = join(folder, 'slides.pdf')
    await command('slidev', ['export', 'slides.md', '--output', output])
    const { pages } = await readPdf(await readFile(output))
    const slides = await sourceSlides(join(projectRoot, 'slides.md'))
    expect(pages.slice(0, slides.length).filter(text => text === '')).toEqual([])
    expect(pages.length).toBeGreaterThanOrEqual(slides.length)
  })

  it.each([
    ['slidev', ['slides.md', '--port', '3911']],
    ['node', ['scripts/dev.ts', '--no-open', '--port', '3912']],
  ])('%s serves the deck and the presenter’s view', async (program, args) => {
    const child = spawn(program, args, { cwd: projectRoot, env: npmEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] })
    const browser = await launchChromium()
    try {
      const url = await servedAt(child)
      const page = await browser.newPage()
      const complaints = await listen(page, url)
      await page.goto(`${url}2`)
      await settle(page)
      const [, second] = await sourceSlides(join(projectRoot, 'slides.md'))
      expect(await page.locator('#slide-content h1:visible').textContent()).toBe(second!.title)
      await page.goto(`${url}presenter/2`)
      await page.waitForSelector('#slide-content .slidev-page:visible')
      expect(complaints).toEqual({ console: [], failed: [], foreign: [] })
    }
    finally {
      await browser.close()
      await end(child)
    }
    expect(child.exitCode ?? child.signalCode).toBe(program === 'node' ? 0 : 'SIGINT')
  })
})
