import type { FoundImage, ImageLookup } from '../compiler/images.ts'
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { dirname, extname, join, relative, resolve, sep } from 'node:path'
import { imageSize } from 'image-size'

/** What a lookup found, to be written beside the deck: absolute path → bytes. */
export interface ImageFiles { find: ImageLookup, files: Map<string, Uint8Array> }

const EXTENSIONS = new Set(['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp', '.avif'])
const RE_DATA = /^data:image\/(png|jpe?g|gif|webp);base64,([\w+/=\s]+)$/i
const MAX_BYTES = 20_000_000

/**
 * Finds an article's images: files of its own folder and below, and images written into the article itself. They are copied
 * to images/ beside the deck, under names that tell their content, so that the built site and the PDF hold them.
 */
export async function findImages(article: string, output: string, _source: string): Promise<ImageFiles> {
  const folder = dirname(article)
  const files = new Map<string, Uint8Array>()
  const known = new Map<string, ReturnType<ImageLookup>>()
  const keep = (bytes: Uint8Array, name: string, extension: string): FoundImage | { problem: string } => {
    let size: { width: number, height: number }
    try {
      size = imageSize(bytes)
    }
    catch {
      return { problem: 'is no image that can be read: save it anew, as PNG or SVG' }
    }
    if (!(size.width > 0 && size.height > 0))
      return { problem: 'has no size: give the <svg> a width and a height, or a viewBox' }
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
    const file = `${name}-${hash}${extension}`
    files.set(join(dirname(output), 'images', file), bytes)
    return { url: `./images/${file}`, width: size.width, height: size.height }
  }
  const lookup: ImageLookup = (url) => {
    const data = RE_DATA.exec(url)
    if (data)
      return keep(Buffer.from(data[2]!, 'base64'), 'image', `.${data[1]!.toLowerCase()}`)
    if (/^[a-z][a-z0-9+.-]*:/i.test(url))
      return { problem: 'has an address that a deck can\'t hold: save it beside the article' }
    const path = resolve(folder, decode(url.split(/[?#]/)[0]!))
    const extension = extname(path).toLowerCase()
    if (!EXTENSIONS.has(extension))
      return { problem: 'is not an image file: a deck can hold PNG, JPEG, GIF, SVG, WebP and AVIF' }
    try {
      const real = realpathSync(path)
      if (!isInside(realpathSync(folder), real))
        return { problem: 'lies outside the article\'s folder: copy it beside the article' }
      const bytes = readFileSync(real)
      if (bytes.length > MAX_BYTES)
        return { problem: `is larger than ${MAX_BYTES / 1e6} MB: make it smaller` }
      return keep(bytes, nameOf(path, extension), extension)
    }
    catch {
      return { problem: 'is missing: put it there, or mend the path' }
    }
  }
  return {
    files,
    find: (url) => {
      if (!known.has(url))
        known.set(url, lookup(url))
      return known.get(url)!
    },
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep)
}

function nameOf(path: string, extension: string): string {
  const name = path.split(sep).at(-1)!.slice(0, -extension.length)
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40) || 'image'
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url)
  }
  catch {
    return url
  }
}
