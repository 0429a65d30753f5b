import type { ChildProcess } from 'node:child_process'
import type { Browser, Page } from 'playwright-chromium'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { projectRoot } from '../../scripts/command.ts'
import { settle } from './geometry.ts'

const PORT = 3913

const article = (title: string) => `+++\ntitle = "${title}"\n+++\n\n## One heading\n\nOne sentence.\n`

let folder: string
let talk: ChildProcess
let output = ''
let browser: Browser
let page: Page

/** A teacher presents an article of their own, as `podium present` does it. */
function present(path: string, outDir: string): ChildProcess {
  const code = `
    import { compileArticle } from ${JSON.stringify(join(projectRoot, 'scripts', 'deck.ts'))}
    import { present } from ${JSON.stringify(join(projectRoot, 'scripts', 'present.ts'))}
    const [article, outDir, entry] = ${JSON.stringify([path, outDir, join(outDir, 'article.md')])}
    process.exitCode = await present({ entry, open: false, watch: [article], options: ['--port', '${PORT}'], compile: async () => (await compileArticle(article, { outDir })).warnings })`
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'pipe'] })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podium-present-'))
  await writeFile(join(folder, 'article.md'), article('First version'))
  talk = present(join(folder, 'article.md'), join(folder, 'deck'))
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: unknown) => {
      output += chunk
      if (output.includes('public slide show'))
        resolve()
    }
    talk.stdout!.on('data', read)
    talk.stderr!.on('data', read)
    talk.on('close', code => reject(new Error(`ended with ${code} before it served:\n${output}`)))
  })
  browser = await launchChromium()
  page = await browser.newPage()
  await page.goto(`http://localhost:${PORT}/1`)
  await settle(page)
})
afterAll(async () => {
  await browser?.close()
  const ended = new Promise(resolve => talk.on('close', resolve))
  talk.kill('SIGTERM')
  await ended
  await rm(folder, { recursive: true })
})

const heading = () => page.locator('#slide-content h1:visible').first().textContent({ timeout: 10_000 })

it('shows the article', async () => {
  expect(await heading()).toBe('First version')
})

it('shows the new slides soon after the article is saved', async () => {
  await writeFile(join(folder, 'article.md'), article('Second version'))
  await expect.poll(heading, { timeout: 30_000 }).toBe('Second version')
})

it('keeps the last good slides while the article is bad, and says why in the terminal and on the slide', async () => {
  const good = await readFile(join(folder, 'deck', 'article.md'), 'utf8')
  await writeFile(join(folder, 'article.md'), '+++\ntitle = Third\n+++\n')
  const message = page.locator('#deck-message')
  await message.waitFor({ timeout: 30_000 })
  const line = (await message.textContent())!.split('\n')[0]!
  expect(line).toMatch(/article\.md:2: \S/)
  expect(output).toContain(line)
  expect(await heading()).toBe('Second version')
  expect(await readFile(join(folder, 'deck', 'article.md'), 'utf8')).toBe(good)
  await page.reload()
  await message.waitFor()
})

it('takes the message away when the article is good again', async () => {
  await writeFile(join(folder, 'article.md'), article('Fourth version'))
  await page.locator('#deck-message').waitFor({ state: 'detached', timeout: 30_000 })
  await expect.poll(heading, { timeout: 30_000 }).toBe('Fourth version')
})

it('says once in the terminal, and for a while on the slide, what it noticed', async () => {
  await writeFile(join(folder, 'article.md'), `${article('Fifth version')}\n[elsewhere](#nowhere)\n`)
  const message = page.locator('#deck-message[role=status]')
  await message.waitFor({ timeout: 30_000 })
  expect(await message.textContent()).toMatch(/^\S*article\.md:\d+: link to #nowhere /)
  await writeFile(join(folder, 'article.md'), `${article('Sixth version')}\n[elsewhere](#nowhere)\n`)
  await expect.poll(heading, { timeout: 30_000 }).toBe('Sixth version')
  expect(output.split('link to #nowhere')).toHaveLength(2)
  await message.waitFor({ state: 'detached', timeout: 15_000 })
})
