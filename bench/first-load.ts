import type { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import { launchChromium } from '../scripts/chromium.ts'
import { serveFolder } from '../scripts/serve.ts'

/** What a browser fetches before a site's first slide stands. */
export interface FirstLoad {
  /** bytes, each file gzipped as file servers do, pictures and fonts as they are */
  bytes: number
  requests: number
  /** ms from the request to the first slide drawn, from this machine's own disk */
  milliseconds: number
  /** addresses on other hosts that it asked for; they were refused and are not counted in the bytes */
  foreign: string[]
  files: { name: string, bytes: number }[]
}

const COMPRESSED = /\.(?:woff2|png|jpe?g|webp|gif)$/

/** Loads the site in a folder with an empty cache and stops before Slidev fetches the slides further on (after 3 s). */
export async function firstLoad(folder: string): Promise<FirstLoad> {
  const server = await serveFolder(folder)
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
    const load: FirstLoad = { bytes: 0, requests: 0, milliseconds: 0, foreign: [], files: [] }
    await page.route(url => !url.href.startsWith(server.url) && url.protocol.startsWith('http'), async (route) => {
      load.foreign.push(route.request().url())
      await route.abort()
    })
    const sizes: Promise<void>[] = []
    page.on('response', (response) => {
      sizes.push(response.body().then((body: Buffer) => {
        const bytes = COMPRESSED.test(response.url()) ? body.length : gzipSync(body).length
        load.files.push({ name: response.url().slice(server.url.length), bytes })
      }, () => {}))
    })
    const start = performance.now()
    await page.goto(server.url)
    await page.waitForSelector('#slide-content .slidev-page :is(h1, p)')
    load.milliseconds = performance.now() - start
    await page.waitForTimeout(2000)
    await Promise.all(sizes)
    load.requests = load.files.length
    load.bytes = load.files.reduce((sum, { bytes }) => sum + bytes, 0)
    load.files.sort((a, b) => b.bytes - a.bytes)
    return load
  }
  finally {
    await browser.close()
    await server.close()
  }
}
