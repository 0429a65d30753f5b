import type { Browser, Page } from 'playwright-chromium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { checkSlideGeometry } from './geometry.ts'

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await launchChromium()
  page = await browser.newPage({ viewport: { width: 1470, height: 828 } })
})
afterAll(() => browser.close())

/** Kinds of findings on a slide of 980×552, drawn half as large again. */
async function kinds(body: string): Promise<string[]> {
  await page.setContent(`<style>body { margin: 0; font: 20px/1.2 sans-serif }
    #slide-content { position: absolute; width: 980px; height: 552px; overflow: hidden; transform-origin: 0 0; transform: scale(1.5) }
    .at { position: absolute }</style><div id="slide-content">${body}</div>`)
  return (await checkSlideGeometry(page)).map(({ kind }) => kind)
}

it.each([
  ['plain text', '<p>All is well with <b>this</b> line.</p>'],
  ['a line as tall as its letters', '<p style="line-height: 1; overflow: hidden">Tall glyphs: Égypte</p>'],
  ['text that waits for its click', '<p class="slidev-vclick-hidden at" style="top: 900px">later</p>'],
  ['text for screen readers', '<p class="at" style="width: 1px; height: 1px; overflow: hidden; white-space: nowrap">Only read aloud</p>'],
  ['SVG text that is drawn larger', '<svg width="800" height="400" viewBox="0 0 400 200"><text x="10" y="50" font-size="8">eight, drawn as sixteen</text></svg>'],
  ['text on a box', '<div style="background: #eee"><p>on a box</p></div>'],
  ['a word that is longer than any line', `<p style="width: 100px; overflow-wrap: anywhere">${'long'.repeat(20)}</p>`],
  ['a caption of fourteen', '<figure style="font-size: 14px">a label</figure><div class="slide-text"><code style="font-size: 14px">kubectl</code></div>'],
  ['text under a frame that is not filled', '<p>framed</p><svg class="at" style="inset: 0" width="900" height="500"><rect width="900" height="500" fill="none" stroke="red"/></svg>'],
])('%s is fine', async (_, body) => {
  expect(await kinds(body)).toEqual([])
})

it.each([
  ['outside', '<p class="at" style="left: 900px; white-space: nowrap">runs over the right edge</p>'],
  ['outside', '<p class="at" style="top: 540px">sinks under the foot</p>'],
  ['clipped', '<p style="width: 60px; height: 24px; overflow: hidden">two lines of which one is hidden</p>'],
  ['clipped', '<div style="height: 30px; overflow: auto"><p>first</p><p>scrolled away</p></div>'],
  ['small', '<p style="font-size: 13px">thirteen</p>'],
  ['small', '<div class="slide-text"><p style="font-size: 17px">running text of seventeen</p></div>'],
  ['small', '<div style="transform: scale(.6); transform-origin: 0 0">twelve in effect</div>'],
  ['small', '<svg width="200" height="100" viewBox="0 0 400 200"><text x="10" y="50" font-size="20">ten in effect</text></svg>'],
  ['small', '<svg width="200" height="100" viewBox="0 0 400 200"><foreignObject width="400" height="200"><p xmlns="http://www.w3.org/1999/xhtml">ten in effect</p></foreignObject></svg>'],
  ['covered', '<p>behind</p><div class="at" style="inset: 0; background: white"></div>'],
  ['covered', '<svg width="400" height="100"><text x="10" y="50">behind</text><rect width="400" height="100" fill="white"/></svg>'],
  ['overlap', '<p class="at" style="top: 50px">one line</p><p class="at" style="top: 55px">another</p>'],
  ['transparent', '<p style="opacity: 0">nothing to see</p>'],
])('%s is found', async (kind, body) => {
  expect(await kinds(body)).toContain(kind)
})
