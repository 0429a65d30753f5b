import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { actors } from '../../components/symbols/symbols.ts'

const css = readFileSync(new URL('../../styles/tokens.css', import.meta.url), 'utf8')
const [lightBlock, darkBlock] = css.split('html.dark {')

function colours(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]))
}

/** Relative luminance after WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => Number.parseInt(hex.slice(start, start + 2), 16) / 255).map(value =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

function contrast(first: string, second: string): number {
  const [bright, dim] = [luminance(first), luminance(second)].sort((a, b) => b - a)
  return (bright! + 0.05) / (dim! + 0.05)
}

/** Normal sight and, after Machado and others (2009), the three complete colour blindnesses, in linear RGB. */
const visions: Record<string, number[][]> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}

function oklab(hex: string, matrix: number[][]): number[] {
  const linear = [1, 3, 5].map(start => Number.parseInt(hex.slice(start, start + 2), 16) / 255).map(value =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const [r, g, b] = matrix.map(row => Math.min(1, Math.max(0, row.reduce((sum, share, index) => sum + share * linear[index]!, 0))))
  const [l, m, s] = [
    0.4122214708 * r! + 0.5363325363 * g! + 0.0514459929 * b!,
    0.2119034982 * r! + 0.6806995451 * g! + 0.1073969566 * b!,
    0.0883024619 * r! + 0.2817188376 * g! + 0.6299787005 * b!,
  ].map(Math.cbrt)
  return [
    0.2104542553 * l! + 0.793617785 * m! - 0.0040720468 * s!,
    1.9779984951 * l! - 2.428592205 * m! + 0.4505937099 * s!,
    0.0259040371 * l! + 0.7827717662 * m! - 0.808675766 * s!,
  ]
}

/** Distance in Oklab: 0.02 is about what one just notices. */
function distance(first: string, second: string, matrix: number[][]): number {
  const [a, b] = [oklab(first, matrix), oklab(second, matrix)]
  return Math.hypot(...a.map((value, index) => value - b[index]!))
}

describe.each([['light', colours(lightBlock!)], ['dark', colours(darkBlock!)]])('tokens, %s scheme', (_, tokens) => {
  it('gives every actor its three colours', () => {
    for (const actor of actors) {
      for (const part of ['', '-ink', '-soft'])
        expect(tokens, actor).toHaveProperty(`actor-${actor}${part}`)
    }
  })

  it.each([...actors.map(actor => `actor-${actor}`), 'failure'])('%s reads as text on paper, on raised and on its tint, and carries its ink (AA)', (name) => {
    for (const ground of [tokens.paper, tokens.raised, tokens[`${name}-soft`], tokens[`${name}-ink`]])
      expect(contrast(tokens[name]!, ground!)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(tokens.ink!, tokens[`${name}-soft`]!)).toBeGreaterThanOrEqual(7)
  })

  it('has inks that read on paper and on raised, and lines that are seen', () => {
    for (const ground of [tokens.paper!, tokens.raised!]) {
      expect(contrast(tokens.ink!, ground)).toBeGreaterThanOrEqual(7)
      expect(contrast(tokens['ink-soft']!, ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(tokens['line-strong']!, ground)).toBeGreaterThanOrEqual(3)
    }
  })

  it('tells all actors and failure apart, for colour-blind eyes too', () => {
    const names = [...actors.map(actor => `actor-${actor}`), 'failure']
    for (const [kind, matrix] of Object.entries(visions)) {
      for (const [index, first] of names.entries()) {
        for (const second of names.slice(index + 1))
          expect(distance(tokens[first]!, tokens[second]!, matrix), `${kind}: ${first} and ${second}`).toBeGreaterThan(0.02)
      }
    }
  })
})
