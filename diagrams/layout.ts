import type { Page } from 'playwright-chromium'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { symbols } from '../components/symbols/symbols.ts'

/** A point of a drawing, in the units in which Mermaid laid it out. */
export interface Point { x: number, y: number }

/** A text in lines, with the width of its longest line. */
export interface Label { lines: string[], width: number }

export interface LaidNode extends Point {
  /** The id in the source. */
  id: string
  /** The source's classes (`:::etcd`). */
  classes: string[]
  width: number
  height: number
  shape: 'box' | 'round' | 'cylinder'
  label: Label
}

export interface LaidGroup extends Point { id: string, classes: string[], width: number, height: number, label: Label }

export interface LaidEdge {
  from: string
  to: string
  points: Point[]
  /** Arrow heads at the first and at the last point. */
  heads: [boolean, boolean]
  dashed: boolean
  label?: Label & Point
}

/** What Mermaid decided: what stands where. `x`, `y` of nodes and labels are centres, of groups top left corners. */
export interface Layout {
  title: string
  description: string
  nodes: LaidNode[]
  groups: LaidGroup[]
  edges: LaidEdge[]
}

/** Size of type that Mermaid measures with. Its gaps are fixed lengths, so larger type means tighter gaps once all is scaled to fit. */
export const layoutType = 34

/** How much wider the font sets text at a drawing's sizes than at the layout's, which its optical sizes make narrower. */
const optical = 1.045

/** Type on an edge, as a share of the type in nodes. */
export const edgeType = 0.9

const require = createRequire(import.meta.url)

function fontFace(): string {
  const folder = join(dirname(require.resolve('@fontsource-variable/inter/package.json')), 'files')
  return ['latin', 'latin-ext'].map((subset) => {
    const data = readFileSync(join(folder, `inter-${subset}-opsz-normal.woff2`)).toString('base64')
    return `@font-face { font-family: 'Inter Variable'; font-weight: 100 900; src: url(data:font/woff2;base64,${data}) format('woff2') }`
  }).join('\n')
}

/** Stands before a label while Mermaid measures, where the drawing will have the symbol. */
const symbolRoom = 'MMi'

/** The source with room for a symbol in every node that has one by its class. */
export function withSymbolRoom(source: string, hasSymbol: (name: string) => boolean): string {
  return source
    .replace(/(?<=^|\s)([\w-]+):::([\w-]+)/gm, (whole, id: string, name: string) => hasSymbol(name) ? `${id}[${id}]:::${name}` : whole)
    .replace(/([\w-])(\[\(|\(\[|\[|\()([^[\]()]+)(\)\]|\]\)|\]|\)):::([\w-]+)/g, (whole, before: string, open: string, label: string, close: string, name: string) =>
      hasSymbol(name) ? `${before}${open}${symbolRoom} ${label}${close}:::${name}` : whole)
}

/** Makes a browser's page ready to lay out diagrams, without any request. */
export async function preparePage(page: Page): Promise<void> {
  await page.setContent(`<style>${fontFace()}</style><p style="font: 560 20px 'Inter Variable'">é</p><main></main>`)
  await page.addScriptTag({ path: join(dirname(require.resolve('mermaid/package.json')), 'dist/mermaid.min.js') })
  await page.evaluate(async () => {
    await document.fonts.ready
    // Lines break where the source says so, and nowhere else.
    SVGTextContentElement.prototype.getComputedTextLength = () => 0
  })
}

/**
 * Has Mermaid lay out a flowchart and reads back where everything stands.
 * @throws Error with Mermaid's own message if the source is wrong
 */
export async function layOut(page: Page, source: string): Promise<Layout> {
  return page.evaluate(async ({ source, size, room, share, optical }) => {
    const mermaid = (globalThis as any).mermaid
    mermaid.initialize({
      startOnLoad: false,
      layout: 'elk',
      look: 'classic',
      theme: 'base',
      htmlLabels: false,
      fontFamily: '\'Inter Variable\'',
      themeCSS: `.node text { font-weight: 560 } .cluster-label text { font-weight: 600 } .edgeLabel text { font-weight: 500; font-size: ${size * share}px }`,
      themeVariables: { fontFamily: '\'Inter Variable\'', fontSize: `${size}px` },
      flowchart: { htmlLabels: false, wrappingWidth: 900, padding: 20, nodeSpacing: 30, rankSpacing: 40 },
      elk: { mergeEdges: true, nodePlacementStrategy: 'BRANDES_KOEPF' },
    })
    const main = document.querySelector('main')!
    main.innerHTML = (await mermaid.render('d', source)).svg
    const svg = main.querySelector('svg')!
    const pen = document.createElement('canvas').getContext('2d')!
    const round = (value: number) => Math.round(value * 10) / 10

    function label(element: Element | null, weight: number, part = 1) {
      const lines = [...element?.querySelectorAll('.row') ?? []].map(row => row.textContent!.replace(room, '').trim()).filter(Boolean)
      pen.font = `${weight} ${size * part}px 'Inter Variable'`
      return { lines, width: round(optical * Math.max(0, ...lines.map(line => pen.measureText(line).width))) }
    }
    function shift(element: Element) {
      const { e, f } = svg.getScreenCTM()!.inverse().multiply((element as SVGGraphicsElement).getScreenCTM()!)
      return { x: round(e), y: round(f) }
    }
    const own = (element: Element) => [...element.classList].filter(name => !['node', 'default', 'cluster'].includes(name))

    const nodes = [...svg.querySelectorAll('g.node')].map((node) => {
      const outline = node.querySelector<SVGGraphicsElement>('.label-container')!
      const { width, height } = outline.getBBox()
      const round_ = outline.tagName === 'rect' && Number(outline.getAttribute('rx')) > 10
      return {
        id: node.id.replace(/^d-flowchart-/, '').replace(/-\d+$/, ''),
        classes: own(node),
        ...shift(node),
        width: round(width),
        height: round(height),
        shape: outline.tagName === 'path' ? 'cylinder' as const : round_ ? 'round' as const : 'box' as const,
        label: label(node, 560),
      }
    })
    const groups = [...svg.querySelectorAll('g.cluster')].map((group) => {
      const { x, y, width, height } = group.querySelector('rect')!.getBBox()
      return { id: group.id.replace(/^d-/, ''), classes: own(group), x: round(x), y: round(y), width: round(width), height: round(height), label: label(group.querySelector('.cluster-label'), 600) }
    })
    const labels = new Map([...svg.querySelectorAll('.edgeLabel [data-id]')].map(element => [element.getAttribute('data-id'), element]))
    const edges = [...svg.querySelectorAll('path[data-edge]')].filter(path => !path.classList.contains('edge-thickness-invisible')).map((path) => {
      const id = path.getAttribute('data-id')!
      const [, from, to] = id.split('_')
      const text = labels.get(id)
      const words = label(text ?? null, 500, share)
      return {
        from: from!,
        to: to!,
        points: (JSON.parse(atob(path.getAttribute('data-points')!)) as { x: number, y: number }[]).map(({ x, y }) => ({ x: round(x), y: round(y) })),
        heads: [path.hasAttribute('marker-start'), path.hasAttribute('marker-end')] as [boolean, boolean],
        dashed: path.classList.contains('edge-pattern-dotted'),
        ...words.lines.length ? { label: { ...words, ...shift(text!.closest('.edgeLabel')!) } } : {},
      }
    })
    return {
      title: svg.querySelector('title')?.textContent ?? '',
      description: svg.querySelector('desc')?.textContent ?? '',
      nodes,
      groups,
      edges,
    }
  }, { source: withSymbolRoom(source, name => name in symbols), size: layoutType, room: symbolRoom, share: edgeType, optical })
}
