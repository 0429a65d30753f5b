import { describe, expect, it } from 'vitest'
import { compile } from '../../compiler/compile.ts'
import { balanced } from '../../compiler/fit/list.ts'
import { faceFor } from '../../compiler/fonts.ts'
import { charWidth, countLines, runsOf } from '../../compiler/measure.ts'
import { plainText } from '../../compiler/tree.ts'

function slides(markdown: string) {
  return compile(markdown, { file: 'a.md' }).slides.slice(1, -1)
}

describe('parts', () => {
  it('are few and even', () => {
    expect(balanced(13, (from, to) => to - from <= 6).map(([from, to]) => to - from)).toEqual([5, 4, 4])
    expect(balanced(4, () => false)).toHaveLength(4)
    expect(balanced(0, () => true)).toHaveLength(1)
  })

  it('of a long list say which they are, keep their numbers and come to the whole', () => {
    const parts = slides(`## A\n\n${Array.from({ length: 40 }, (_, i) => `${i + 1}. Item ${i + 1} has so many words that it takes nearly a line of its own`).join('\n')}`)
    expect(parts.length).toBeGreaterThan(3)
    expect(parts.map(({ title }) => plainText(title))).toEqual(parts.map((_, i) => `A (${i + 1}/${parts.length})`))
    const starts = parts.map(({ body }) => body[0]!.type === 'list' ? [body[0].start, body[0].children.length] : [])
    starts.reduce((next, [start, length]) => {
      expect(start).toBe(next)
      return next + length!
    }, 1)
  })

  it('of code break where it pauses and carry the line numbers on', () => {
    const parts = slides(`## A\n\n\`\`\`go\n${Array.from({ length: 60 }, (_, i) => i % 10 === 9 ? '' : `line ${i}`).join('\n')}\n\`\`\``)
    const codes = parts.map(({ body }) => body[0]!.type === 'code' ? body[0] : undefined)
    expect(codes.map(code => code!.value).join('\n').split('\n')).toHaveLength(60)
    let line = 1
    for (const code of codes) {
      expect(code!.data!.startLine).toBe(line)
      line += code!.value.split('\n').length
    }
    expect(codes.slice(0, -1).every(code => code!.value.endsWith('\n'))).toBe(true)
  })

  it('of a wide table keep its first column, of a long one its header', () => {
    const row = (cell: (i: number) => string) => `| ${Array.from({ length: 12 }, (_, i) => cell(i)).join(' | ')} |`
    const parts = slides(`## A\n\n${row(i => `h${i}`)}\n${row(() => '-')}\n${Array.from({ length: 60 }, (_, r) => row(i => `c${r}.${i}`)).join('\n')}`)
    for (const { body: [table] } of parts) {
      expect(table!.type === 'table' && plainText(table.children[0]!.children[0]!)).toBe('h0')
      expect(table!.type === 'table' && table.children[0]!.children.length).toBeLessThanOrEqual(7)
    }
    const cells = new Set(parts.flatMap(({ body: [table] }) => table!.type === 'table' ? table.children.flatMap(({ children }) => children.map(cell => plainText(cell))) : []))
    expect(cells.size).toBe(12 * 61)
  })
})

describe('size', () => {
  const shape = (markdown: string) => {
    const [slide] = slides(`## A\n\n${markdown}`)
    const { size, bands, codeSize } = slide!.props
    return { layout: slide!.layout, size, bands, codeSize }
  }
  const sides = (words: number) => `- **Wrong** – ${'word '.repeat(words)}end.\n- **Right** – this.`

  it('of two sides: few words stand in bands, more beside each other, smaller and smaller', () => {
    expect(shape(sides(8))).toMatchObject({ layout: 'comparison', size: 'large', bands: true })
    expect(shape(sides(24))).toMatchObject({ layout: 'comparison', size: undefined, bands: true })
    expect(shape(sides(45)).bands).toBeUndefined()
  })

  it('of a list is the largest at which it fits', () => {
    const list = (count: number) => shape(Array.from({ length: count }, (_, i) => `- Item ${i}`).join('\n')).size
    expect([4, 7, 9].map(list)).toEqual(['large', 'medium', undefined])
  })

  it('of short code is roomy, of longer code what holds every line whole', () => {
    const code = (lines: number, width: number) => shape(`\`\`\`\n${Array.from({ length: lines }, () => 'x'.repeat(width)).join('\n')}\n\`\`\``)
    expect(code(4, 30)).toMatchObject({ size: 'large', codeSize: 24 })
    expect(code(4, 60)).toMatchObject({ size: 'large', codeSize: 22 })
    expect(code(4, 70)).toMatchObject({ size: 'large', codeSize: undefined })
    expect(code(4, 80)).toMatchObject({ size: undefined, codeSize: undefined })
  })
})

describe('measuring', () => {
  it('knows the deck\'s fonts: weight and optical size count, wide characters are an em', () => {
    const width = (weight: number, size: number) => charWidth(faceFor('sans', weight, size), 'a'.codePointAt(0)!)
    expect(width(680, 18)).toBeGreaterThan(width(400, 18))
    expect(width(400, 32)).toBeLessThan(width(400, 14))
    expect(charWidth(faceFor('mono', 400, 16), 'i'.codePointAt(0)!)).toBeCloseTo(0.6)
    expect(charWidth(faceFor('sans', 400, 22), '漢'.codePointAt(0)!)).toBeGreaterThanOrEqual(1)
    expect(charWidth(faceFor('sans', 400, 22), 0x301)).toBeLessThan(0.1)
  })

  it('wraps words, words longer than a line, and scripts without spaces', () => {
    const lines = (text: string, width: number) => countLines(runsOf([{ type: 'text', value: text }], 20), width)
    expect(lines('one two', 1000)).toBe(1)
    expect(lines('one two', 50)).toBe(2)
    expect(lines('x'.repeat(100), 200)).toBeGreaterThan(4)
    expect(lines('漢'.repeat(100), 210)).toBe(10)
  })
})

describe('what does not fit', () => {
  it('goes to the notes with a warning, and the title is cut', () => {
    const { slides: [, slide], warnings } = compile(`## ${'A very long heading '.repeat(20)}\n\n${'word '.repeat(10_000)}`, { file: 'a.md' })
    expect(plainText(slide!.title).length).toBeLessThan(150)
    expect(plainText(slide!.notes).split(' ').length).toBeGreaterThan(10_000)
    expect(warnings[0]).toMatchObject({ file: 'a.md', line: 1 })
  })
})
