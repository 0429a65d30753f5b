import type { Nodes, PhrasingContent } from 'mdast'
import type { Face } from './fonts.ts'
import { advanceOf, faceFor } from './fonts.ts'
import { inlineCodeScale, padding } from './geometry.ts'

/** Weights of type, as the style sheets set them. */
export const weights = { text: 400, strong: 640, title: 680, code: 450 } as const

const RE_WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u
const RE_PICTOGRAM = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u
const RE_WEIGHTLESS = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u
/** Fonts of the reader's own system, by script, in em: wide rather than narrow, since nobody knows them. */
const fallbacks: [RegExp, number][] = [
  [RE_WEIGHTLESS, 0],
  [RE_WIDE, 1.01],
  [RE_PICTOGRAM, 1.4],
  [/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u, 0.72],
  [/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u, 0.75],
  [/[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Sinhala}\p{Script=Myanmar}]/u, 0.95],
]
const fallbackOf = new Map<number, number>()

/** Width of a character in em, in the deck's font or, where it has none, in a careful guess of the system's. */
export function charWidth(face: Face, codePoint: number): number {
  return advanceOf(face, codePoint) ?? fallbackWidth(codePoint)
}

function fallbackWidth(codePoint: number): number {
  let width = fallbackOf.get(codePoint)
  if (width === undefined) {
    const char = String.fromCodePoint(codePoint)
    width = fallbacks.find(([script]) => script.test(char))?.[1] ?? 0.9
    fallbackOf.set(codePoint, width)
  }
  return width
}

/** A stretch of text in one face and size (px); `pad` is extra room, once. */
export interface Run { text: string, face: Face, size: number, pad: number, breaks?: boolean }

/** The runs of inline content at a size of type. */
export function runsOf(children: PhrasingContent[], size: number, weight: number = weights.text): Run[] {
  return children.flatMap(child => runsOfNode(child, size, weight))
}

function runsOfNode(node: Nodes, size: number, weight: number): Run[] {
  switch (node.type) {
    case 'text': return [{ text: node.value, face: faceFor('sans', weight, size), size, pad: 0 }]
    case 'inlineCode': return [{ text: node.value, face: faceFor('mono', weights.code, size), size: size * inlineCodeScale, pad: 2 * padding.inlineCode }]
    case 'break': return [{ text: '', face: faceFor('sans', weight, size), size, pad: 0, breaks: true }]
    case 'footnoteReference': return [{ text: node.label ?? node.identifier, face: faceFor('sans', weight, size), size: size * 0.75, pad: 0 }]
    case 'strong': return runsOf(node.children, size, Math.max(weight, weights.strong))
    default: return 'children' in node ? runsOf(node.children as PhrasingContent[], size, weight) : []
  }
}

/** Guards against kerning, hinting and the difference between two engines' line breaks. */
const SAFETY = 1.02

/** Words of at most six characters with a hyphen, "CRI-O" say, which the layouts keep on one line. */
export const RE_WHOLE = /(?<![\p{L}\p{N}-])(?=[\p{L}\p{N}-]{3,6}(?![\p{L}\p{N}-]))[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu

/** Number of lines that runs take in a width (px), broken at spaces, between wide characters, and inside what is longer than a line. */
export function countLines(runs: Run[], width: number): number {
  return wrap(runs, width).lines
}

/** Widths in px of the longest word and of the whole on one line. */
export function extentOf(runs: Run[]): { min: number, max: number } {
  const { longest, total } = wrap(runs, Infinity)
  return { min: longest, max: total }
}

function wrap(runs: Run[], width: number): { lines: number, longest: number, total: number } {
  let lines = 1
  let line = 0
  let word = 0
  let longest = 0
  let total = 0
  const endWord = () => {
    longest = Math.max(longest, word)
    total = Math.max(total, line + word)
    if (line > 0 && line + word > width) {
      lines++
      line = 0
    }
    if (word > width) {
      const full = Math.ceil(word / width)
      lines += full - 1
      word -= (full - 1) * width
    }
    line += word
    word = 0
  }
  for (const { text, face, size, pad, breaks } of runs) {
    if (breaks) {
      endWord()
      lines++
      line = 0
    }
    const scale = size * SAFETY
    word += pad
    const whole = text.includes('-') ? [...text.matchAll(RE_WHOLE)] : []
    let at = -1
    for (const char of text) {
      at += char.length
      const codePoint = char.codePointAt(0)!
      const advance = charWidth(face, codePoint) * scale
      if (char === ' ' || char === '\n' || char === '\t') {
        endWord()
        line += advance
      }
      else if (codePoint > 0x2E7F && RE_WIDE.test(char)) {
        endWord()
        word = advance
        endWord()
      }
      else {
        word += advance
        if ((char === '-' && !whole.some(({ index, 0: letters }) => at > index && at < index + letters.length)) || char === '\u00AD')
          endWord()
      }
    }
  }
  endWord()
  return { lines, longest, total }
}

/** Columns of monospace text that a string takes: wide characters count two, marks none. */
export function codeColumns(line: string): number {
  let columns = 0
  for (const char of line) {
    const codePoint = char.codePointAt(0)!
    columns += codePoint < 0x300 ? (char === '\t' ? 2 : 1) : fallbackColumns(codePoint, char)
  }
  return columns
}

const mono = faceFor('mono', 400, 16)

function fallbackColumns(codePoint: number, char: string): number {
  if (RE_WEIGHTLESS.test(char))
    return 0
  const advance = advanceOf(mono, codePoint)
  return advance === undefined ? Math.max(1, fallbackWidth(codePoint) / 0.6) : advance / 0.6
}
