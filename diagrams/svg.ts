import type { SymbolName } from '../components/symbols/symbols.ts'
import type { Steps } from './steps.ts'
import { symbols } from '../components/symbols/symbols.ts'

/** The box that a drawing has on its slide, in CSS px, and the largest type that it may use there. */
export const frame = { width: 868, height: 336, type: 20 } as const

/** The smallest type that a drawing may end up with, in CSS px on the slide. */
export const smallestType = 14

export const radius = 6

/** A drawing as SVG text, and the size of its smallest type on the slide in CSS px. */
export interface Drawing { svg: string, type: number }

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it may stand in SVG, in an attribute too. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, sign => escapes[sign]!)
}

/** A length as it is written in SVG: to a tenth of a pixel. */
export function number(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** A symbol with its top left corner at x, y. */
export function drawSymbol(name: SymbolName, x: number, y: number, size: number): string {
  const { strokes, solids = [] } = symbols[name]
  return `<g class="symbol" transform="translate(${number(x)} ${number(y)}) scale(${(size / 24).toFixed(3)})">${
    strokes.map(d => `<path class="stroke" d="${d}"/>`).join('')}${solids.map(d => `<path class="solid" d="${d}"/>`).join('')}</g>`
}

/** Lines of text around the middle y; of several centred lines the first is a heading. */
export function drawLines(lines: string[], x: number, y: number, type: number, anchor: 'start' | 'middle' | 'end'): string {
  const first = y - (lines.length - 1) * type * 0.6 + type * 0.36
  return lines.map((line, index) =>
    `<text x="${number(x)}" y="${number(first + index * type * 1.2)}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escape(line)}</text>`).join('')
}

/** An arrow's head at `tip`, seen from `from`. */
export function drawHead(tip: { x: number, y: number }, from: { x: number, y: number }): string {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x) * 180 / Math.PI
  return `<path class="head" transform="translate(${number(tip.x)} ${number(tip.y)}) rotate(${number(angle)})" d="M0 0L-8.5 -4.5V4.5Z"/>`
}

/**
 * The whole drawing: colours only by class, so that a style sheet decides them in either scheme; ids as `{id}…`, for the page
 * to fill in, so that a drawing can stand twice in one document.
 */
export function drawing({ title, description }: { title: string, description: string }, size: { width: number, height: number, type: number }, { hash, steps }: { hash: string, steps: Steps }, parts: string[]): string {
  const [width, height] = [number(size.width), number(size.height)]
  return `<svg xmlns="http://www.w3.org/2000/svg" class="diagram" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-size="${number(size.type)}" role="group" aria-labelledby="{id}t" aria-describedby="{id}d" data-source="${hash}"${steps.length ? ` data-steps="${escape(JSON.stringify(steps))}"` : ''}>
<title id="{id}t">${escape(title)}</title>
<desc id="{id}d">${escape(description)}</desc>
${parts.join('\n')}
</svg>
`
}

/** A node's group: a link to the slide of its actor, if it is one (the page fills in where that is). */
export function nodeGroup(classes: string[], id: string, actor: string | undefined, content: string): string {
  const group = `<g class="${classes.join(' ')}" data-node="${escape(id)}">${content}</g>`
  return actor ? `<a data-actor="${escape(actor)}">${group}</a>` : group
}
