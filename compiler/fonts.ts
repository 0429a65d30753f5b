import type { Font } from 'fontkit'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as fontkit from 'fontkit'

/** A face that text is set in: a family, a weight and, for the sans, the optical size in px. */
export interface Face { family: 'sans' | 'mono', weight: number, opticalSize: number }

const packages = { sans: '@fontsource-variable/inter', mono: '@fontsource-variable/jetbrains-mono' } as const
/** The files of each family by script, the commonest first, with what `unicode-range` gives them. */
const scripts = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese', 'cyrillic-ext', 'greek-ext'] as const

const require = createRequire(import.meta.url)
const faces = new Map<string, (Font | undefined)[]>()
const advances = new Map<string, Map<number, number | undefined>>()

/** The optical sizes that are measured: a size between two counts as the lower one, whose letters stand wider. */
const OPTICAL_SIZES = [32, 28, 25, 22, 20, 18, 14]

/** The face for a size of type in px. */
export function faceFor(family: Face['family'], weight: number, size: number): Face {
  return { family, weight, opticalSize: family === 'mono' ? 14 : OPTICAL_SIZES.find(step => step <= size) ?? 14 }
}

/** Advance width of a character in em in the deck's own font; `undefined` when the font has no such character. */
export function advanceOf(face: Face, codePoint: number): number | undefined {
  const key = `${face.family} ${face.weight} ${face.opticalSize}`
  let known = advances.get(key)
  if (!known)
    advances.set(key, known = new Map())
  if (!known.has(codePoint))
    known.set(codePoint, measure(key, face, codePoint))
  return known.get(codePoint)
}

function measure(key: string, face: Face, codePoint: number): number | undefined {
  for (const [i] of scripts.entries()) {
    const font = fontFor(key, face, i)
    if (font?.hasGlyphForCodePoint(codePoint))
      return font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm
  }
  return undefined
}

function fontFor(key: string, face: Face, script: number): Font | undefined {
  let fonts = faces.get(key)
  if (!fonts)
    faces.set(key, fonts = [])
  if (!(script in fonts))
    fonts[script] = open(face, scripts[script]!)
  return fonts[script]
}

function open(face: Face, script: string): Font | undefined {
  const name = packages[face.family]
  const stem = name.split('/')[1]!
  const axes = face.family === 'sans' ? 'opsz' : 'wght'
  let font: Font
  try {
    font = fontkit.openSync(join(dirname(require.resolve(`${name}/package.json`)), 'files', `${stem}-${script}-${axes}-normal.woff2`))
  }
  catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return undefined
    throw error
  }
  return withCoordinates(font, { wght: face.weight, opsz: face.opticalSize })
}

/**
 * fontkit's `getVariation` can't read the tables of a WOFF2 file. Reading one glyph unpacks them; a twin of the font with
 * coordinates of its own then gives the widths of that weight and size.
 */
function withCoordinates(font: Font, wanted: Record<string, number>): Font {
  font.glyphForCodePoint(32)
  const { _variationProcessor, ...own } = Object.getOwnPropertyDescriptors(font) as PropertyDescriptorMap
  const coordinates = font.fvar?.axis.map(axis => wanted[axis.axisTag] ?? axis.defaultValue)
  return Object.create(Object.getPrototypeOf(font), {
    ...own,
    _glyphs: { value: {}, writable: true },
    variationCoords: { value: coordinates ?? null },
  }) as Font
}
