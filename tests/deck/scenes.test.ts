import type { Browser, Page } from 'playwright-chromium'
import type { FileServer } from './serve.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import fc from 'fast-check'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { everyScene } from '../scenes/every-scene.ts'
import { checkSlideGeometry } from './geometry.ts'
import { serveFolder } from './serve.ts'

let browser: Browser
let server: FileServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenes-'))
  await build({ configFile: join(import.meta.dirname, 'stage/vite.config.ts'), build: { outDir: folder, emptyOutDir: true } })
  server = await serveFolder(folder)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(query: Record<string, string>, reducedMotion: 'reduce' | 'no-preference' = 'reduce'): Promise<{ page: Page, frames: number }> {
  const page = await browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion })
  await page.goto(`${server.url}index.html?${new URLSearchParams(query)}`)
  await page.waitForFunction('typeof frameCount === "number"', undefined, { timeout: 120_000 })
  await page.evaluate('document.fonts.ready')
  return { page, frames: await page.evaluate<number>('frameCount') }
}

async function show(page: Page, step: number) {
  await page.evaluate(`go(${step})`)
  await page.waitForSelector(`.scene[data-step="${step}"]`)
}

/** The picture's markup, but for the ids that count up with every instance. */
async function picture(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector('.stage')!.outerHTML.replaceAll(/\bv-\d+\b/g, 'v'))
}

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source })
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run('.scene')
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 120)}`))
  })
}

/** Texts that stick out of the box that they stand in. */
async function strayTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll<HTMLElement>('.stage [data-piece]:not(.sign) *')].filter(element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== ''))
    return texts.flatMap((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const [ink, box] = [range.getBoundingClientRect(), element.closest('[data-piece]')!.getBoundingClientRect()]
      const past = Math.max(box.left - ink.left, ink.right - box.right, ink.bottom - box.bottom - 2)
      return past > 0.5 ? [`${element.textContent!.trim()}: ${past} px`] : []
    })
  })
}

/** Inputs that fill the stage as far as it goes. */
const large: Record<string, unknown> = {
  'scheduler-decision': { nodes: Array.from({ length: 12 }, (_, at) => ({ name: `node-${at + 1}`, cpu: 4 + at % 3 * 2, memory: '16Gi', used: { cpu: `${at % 4 + 1}`, memory: '4Gi' } })) },
  'etcd-raft': { members: 5 },
  'api-request': { name: 'nginx-deployment', replicas: 98 },
}

it.each([
  ['scheduler-decision', large['scheduler-decision']],
  ['etcd-raft', { members: 4 }],
  ['etcd-raft', large['etcd-raft']],
  ['api-request', large['api-request']],
] as const)('%s keeps its words apart with a large input', async (scene, input) => {
  const { page, frames } = await open({ scene, input: JSON.stringify(input), controls: '' })
  for (let step = 0; step < frames; step++) {
    await show(page, step)
    expect([...await checkSlideGeometry(page, { root: '.scene' }), ...await strayTexts(page)], `frame ${step}`).toEqual([])
  }
  await page.close()
})

describe.each(everyScene.map(scene => scene.name))('%s in a browser', (scene) => {
  it.each(['en', 'fr'])('shows every word of every frame in %s: whole, apart, large enough', async (lang) => {
    const { page, frames } = await open({ scene, lang, controls: '' })
    for (let step = 0; step < frames; step++) {
      await show(page, step)
      expect([...await checkSlideGeometry(page, { root: '.scene' }), ...await strayTexts(page)], `frame ${step}`).toEqual([])
    }
    await page.close()
  })

  it.each(['light', 'dark'])('has nothing for axe to complain of, %s', async (scheme) => {
    const { page, frames } = await open({ scene, controls: '', ...(scheme === 'dark' && { dark: '' }) })
    for (let step = 0; step < frames; step++) {
      await show(page, step)
      expect(await violations(page), `frame ${step}`).toEqual([])
    }
    await page.close()
  })

  it('shows the same picture for the same step, forwards, backwards and at random', async () => {
    const { page, frames } = await open({ scene }, 'no-preference')
    const forwards: string[] = []
    for (let step = 0; step < frames; step++) {
      await show(page, step)
      forwards.push(await picture(page))
    }
    const walk = async (steps: readonly number[]) => {
      for (const step of steps) {
        await show(page, step)
        expect(await picture(page), `step ${step}`).toBe(forwards[step])
      }
    }
    await walk([...forwards.keys()].reverse())
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(frames - 1), { minLength: 4, maxLength: 10 }), walk), { numRuns: 4 })
    await page.close()
  })
})

describe('the player in a browser', () => {
  it('moves by transforms and opacity alone, and only forwards', async () => {
    const { page } = await open({ scene: 'etcd-raft' }, 'no-preference')
    const moving = () => page.evaluate(() => document.getAnimations().flatMap(({ effect }) => (effect as KeyframeEffect).getKeyframes().flatMap(frame => Object.keys(frame).filter(name => !['offset', 'computedOffset', 'easing', 'composite'].includes(name)))))
    await show(page, 1)
    expect(new Set(await moving())).toEqual(new Set(['transform', 'opacity']))
    await show(page, 0)
    expect(await moving()).toEqual([])
    await show(page, 5)
    expect(await moving()).toEqual([])
    await page.close()
  })

  it('leaves a step\'s motion to the compositor: two layouts at most, and no style anew with each frame', async () => {
    const { page, frames } = await open({ scene: 'etcd-raft' }, 'no-preference')
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    const counts = async () => Object.fromEntries((await devtools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value])) as Record<'LayoutCount' | 'RecalcStyleCount', number>
    for (let step = 1; step < frames; step++) {
      await page.waitForTimeout(100)
      const before = await counts()
      await show(page, step)
      await page.evaluate(async () => {
        await Promise.all(document.getAnimations().map(({ finished }) => finished))
      })
      const after = await counts()
      expect(after.LayoutCount - before.LayoutCount, `layouts on the way to ${step}`).toBeLessThanOrEqual(2)
      // About a second of motion: some 60 frames.
      expect(after.RecalcStyleCount - before.RecalcStyleCount, `styles on the way to ${step}`).toBeLessThanOrEqual(12)
    }
    await page.close()
  })

  it('does not move at all for those who asked for that', async () => {
    const { page, frames } = await open({ scene: 'etcd-raft' }, 'reduce')
    for (let step = 0; step < frames; step++) {
      await show(page, step)
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
    }
    await page.close()
  })

  it('changes its live region once a step', async () => {
    const { page } = await open({ scene: 'scheduler-decision' })
    await page.evaluate(() => {
      const said: string[] = Object.assign(window, { said: [] as string[] }).said
      new MutationObserver(() => said.push(document.querySelector('[aria-live]')!.textContent!.trim()))
        .observe(document.querySelector('[aria-live]')!, { childList: true, characterData: true, subtree: true })
    })
    for (const step of [1, 2, 3])
      await show(page, step)
    const said = await page.evaluate<string[]>('said')
    expect(said).toHaveLength(3)
    expect(new Set(said).size).toBe(3)
    await page.close()
  })

  it('is worked by keys alone', async () => {
    const { page, frames } = await open({ scene: 'scheduler-decision', controls: '' })
    const step = () => page.getAttribute('.scene', 'data-step')
    await page.keyboard.press('Tab')
    for (const [key, expected] of [['ArrowRight', 1], ['ArrowRight', 2], ['ArrowLeft', 1], ['End', frames - 1], ['Home', 0]] as const) {
      await page.keyboard.press(key)
      await expect.poll(step).toBe(String(expected))
    }
    for (let tab = 0; tab < 3; tab++)
      await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('range')
    await page.keyboard.press('ArrowRight')
    await expect.poll(step).toBe('1')
    await page.close()
  })
})
