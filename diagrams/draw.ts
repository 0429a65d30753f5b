import type { SymbolName } from '../components/symbols/symbols.ts'
import type { LaidEdge, LaidGroup, LaidNode, Layout, Point } from './layout.ts'
import type { Steps } from './steps.ts'
import type { Drawing } from './svg.ts'
import { isActor, symbols } from '../components/symbols/symbols.ts'
import { edgeType, layoutType } from './layout.ts'
import { drawHead, drawing, drawLines, drawSymbol, escape, frame, nodeGroup, number, radius } from './svg.ts'

const margin = 2
const symbolSize = 1.12
const symbolGap = 0.42

/** The actor or thing that a node stands for: the first of its classes that has a symbol. */
function symbolOf(classes: string[]): SymbolName | undefined {
  return classes.find((name): name is SymbolName => name in symbols)
}

function outline({ shape, width, height }: LaidNode, x: number, y: number): string {
  if (shape !== 'cylinder')
    return `<rect class="box" x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="${shape === 'round' ? number(height / 2) : radius}"/>`
  const lid = Math.min(7, height / 6)
  const [left, right, top, bottom] = [x, x + width, y + lid, y + height - lid].map(number)
  const arc = `${number(width / 2)} ${number(lid)} 0 0`
  return `<path class="box" d="M${left} ${top}A${arc} 1 ${right} ${top}V${bottom}A${arc} 1 ${left} ${bottom}Z"/><path class="lid" d="M${left} ${top}A${arc} 0 ${right} ${top}"/>`
}

/** Width of what stands in a node: its symbol, if it has one, and its label. */
function contentWidth({ classes, label }: LaidNode, scale: number): number {
  return (symbolOf(classes) ? layoutType * (symbolSize + symbolGap) : 0) * scale + label.width * scale
}

function drawNode(node: LaidNode, scale: number): string {
  const type = layoutType * scale
  const symbol = symbolOf(node.classes)
  const size = type * symbolSize
  const lead = symbol ? size + type * symbolGap : 0
  const width = contentWidth(node, scale)
  const start = node.x - width / 2
  const middle = node.shape === 'cylinder' ? node.y + 3 : node.y
  return nodeGroup(['node', ...node.label.lines.length > 2 ? ['headed'] : [], ...node.classes], node.id, isActor(symbol) ? symbol : undefined, outline(node, node.x - node.width / 2, node.y - node.height / 2) + (symbol
    ? drawSymbol(symbol, start, middle - size / 2, size) + drawLines(node.label.lines, start + lead, middle, type, 'start')
    : drawLines(node.label.lines, node.x, middle, type, 'middle')))
}

/** Whether one group lies in another. */
function contains(outer: LaidGroup, inner: LaidGroup): boolean {
  return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.width >= inner.x + inner.width && outer.y + outer.height >= inner.y + inner.height
}

function drawGroup(group: LaidGroup, nested: boolean): string {
  return `<g class="${['group', ...nested ? ['nested'] : [], ...group.classes].join(' ')}" data-node="${escape(group.id)}"><rect class="area" x="${number(group.x)}" y="${number(group.y)}" width="${number(group.width)}" height="${number(group.height)}" rx="${radius}"/></g>`
}

/** Where a group's name begins: at the left, or after the first edges that would run through it, while it has room. */
function nameStart(group: LaidGroup, y: number, width: number, type: number, edges: Point[][]): number {
  const left = group.x + type * 0.7
  const crossings = edges.flatMap(points => points.slice(1).flatMap((point, i) => {
    const before = points[i]!
    const spans = Math.abs(point.x - before.x) < 2 && Math.min(point.y, before.y) < y && Math.max(point.y, before.y) > y
    return spans && point.x > group.x && point.x < group.x + group.width ? [point.x] : []
  })).sort((a, b) => a - b)
  const room = type * 0.9
  const starts = [left, ...crossings.map(x => x + room)]
  return starts.find(start => start + width < group.x + group.width - room && crossings.every(x => x < start || x > start + width + room)) ?? left
}

/** A group's name, beside the edges that enter it where it can be, else over them. */
function drawGroupName(group: LaidGroup, nested: boolean, scale: number, edges: Point[][]): string {
  const type = layoutType * scale
  const y = group.y + type * 0.95
  const x = nameStart(group, y, group.label.width * scale, type, edges)
  return `<g class="group-name${nested ? ' nested' : ''}" data-node="${escape(group.id)}"><rect x="${number(x - 3)}" y="${number(y - type * 0.6)}" width="${number(group.label.width * scale + 6)}" height="${number(type * 1.2)}"/>${
    drawLines(group.label.lines, x, y, type, 'start')}</g>`
}

/** A path along orthogonal points whose corners are rounded. */
export function roundedPath(points: Point[], corner: number): string {
  return points.map((point, index) => {
    const before = points[index - 1]
    const after = points[index + 1]
    if (!before)
      return `M${number(point.x)} ${number(point.y)}`
    if (!after)
      return `L${number(point.x)} ${number(point.y)}`
    const towards = (other: Point) => {
      const length = Math.hypot(other.x - point.x, other.y - point.y)
      const share = length ? Math.min(corner, length / 2) / length : 0
      return `${number(point.x + (other.x - point.x) * share)} ${number(point.y + (other.y - point.y) * share)}`
    }
    return `L${towards(before)}Q${number(point.x)} ${number(point.y)} ${towards(after)}`
  }).join('')
}

function drawEdge(edge: LaidEdge, scale: number, groups: LaidGroup[]): string {
  const { points, heads, label } = edge
  const [first, second] = points
  const [beforeLast, last] = points.slice(-2)
  if (!first || !second || !beforeLast || !last)
    return ''
  const type = layoutType * scale * edgeType
  const inside = label && groups.some(group => label.x > group.x && label.x < group.x + group.width && label.y > group.y && label.y < group.y + group.height)
  const words = label
    ? `<rect class="ground${inside ? ' inside' : ''}" x="${number(label.x - label.width * scale / 2 - 4)}" y="${number(label.y - type * 0.7)}" width="${number(label.width * scale + 8)}" height="${number(type * 1.4)}"/>${drawLines(label.lines, label.x, label.y, type, 'middle')}`
    : ''
  return `<g class="edge${edge.dashed ? ' dashed' : ''}" data-from="${escape(edge.from)}" data-to="${escape(edge.to)}"${label ? ` font-size="${number(type)}"` : ''}><path class="line" d="${roundedPath(points, 7)}"/>${
    heads[0] ? drawHead(first, second) : ''}${heads[1] ? drawHead(last, beforeLast) : ''}${words}</g>`
}

/** How a layout comes onto the slide: lengths along x and y are scaled apart; type and, at most so much further, boxes by `scale`. */
interface Fit { x: number, y: number, left: number, top: number, scale: number }

function fitted<T extends Point & { width?: number, height?: number }>(thing: T, { x, y, left, top }: Fit): T {
  return {
    ...thing,
    x: (thing.x - left) * x + margin,
    y: (thing.y - top) * y + margin,
    ...thing.height === undefined ? {} : { width: thing.width! * x, height: thing.height * y },
  }
}

/** A drawing with room to spare is stretched up to this along x and y, so that it fills more of its box; its boxes only so far. */
const stretch = { x: 1.6, y: 2, boxWidth: 1.2, boxHeight: 1.35 }

/** Least space at either side of what stands in a box, in widths of an em. */
const paddingInBox = 0.75

function fittedNode(node: LaidNode, fit: Fit): LaidNode {
  const least = Math.min(node.width * fit.x, contentWidth(node, fit.scale) + 2 * paddingInBox * layoutType * fit.scale)
  return {
    ...fitted(node, fit),
    width: Math.max(least, node.width * Math.min(fit.x, fit.scale * stretch.boxWidth)),
    height: node.height * Math.min(fit.y, fit.scale * stretch.boxHeight),
  }
}

/** An edge's way on the slide: where boxes were stretched less than the space between them, it reaches on to them. */
function fittedWay({ from, to, points }: LaidEdge, nodes: LaidNode[], fit: Fit): Point[] {
  const reach = (point: Point, id: string): Point => {
    const node = nodes.find(node => node.id === id)
    const place = fitted(point, fit)
    if (!node)
      return place
    const { x, y, width, height } = fittedNode(node, fit)
    const side = (at: number, middle: number, half: number) => Math.abs(Math.abs(at - middle) - half) < 1.5 ? Math.sign(at - middle) : 0
    const [alongX, alongY] = [side(point.x, node.x, node.width / 2), side(point.y, node.y, node.height / 2)]
    return alongX ? { x: x + alongX * width / 2, y: place.y } : alongY ? { x: place.x, y: y + alongY * height / 2 } : place
  }
  return points.map((point, i) => i === 0 ? reach(point, from) : i === points.length - 1 ? reach(point, to) : fitted(point, fit))
}

function bounds({ nodes, groups, edges }: Layout): { left: number, top: number, right: number, bottom: number } {
  const xs: number[] = []
  const ys: number[] = []
  for (const { x, y, width, height } of nodes) {
    xs.push(x - width / 2, x + width / 2)
    ys.push(y - height / 2, y + height / 2)
  }
  for (const { x, y, width, height } of groups) {
    xs.push(x, x + width)
    ys.push(y, y + height)
  }
  for (const { points, label } of edges) {
    for (const { x, y } of points) {
      xs.push(x)
      ys.push(y)
    }
    if (label)
      xs.push(label.x - label.width / 2, label.x + label.width / 2)
  }
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

/** A group that is narrower than its own name grows to the right. */
function wideEnough(group: LaidGroup): LaidGroup {
  return { ...group, width: Math.max(group.width, group.label.width + layoutType * 1.4) }
}

/** Draws a laid out flowchart as SVG that fits a slide. */
export function draw(laid: Layout, hash: string, steps: Steps = []): Drawing {
  const layout = { ...laid, groups: laid.groups.map(wideEnough) }
  const { left, top, right, bottom } = bounds(layout)
  const [room, tall] = [frame.width - 2 * margin, frame.height - 2 * margin]
  const scale = Math.min(room / (right - left), tall / (bottom - top), frame.type / layoutType)
  const fit = { x: Math.min(room / (right - left), scale * stretch.x), y: Math.min(tall / (bottom - top), scale * stretch.y), left, top, scale }
  const ways = layout.edges.map(edge => fittedWay(edge, layout.nodes, fit))
  const groups = layout.groups.map(group => fitted(group, fit)).sort((a, b) => b.width * b.height - a.width * a.height)
  const body = [
    ...groups.map(group => drawGroup(group, groups.some(other => other !== group && contains(other, group)))),
    ...layout.edges.map((edge, i) => drawEdge({
      ...edge,
      points: ways[i]!,
      ...edge.label ? { label: fitted(edge.label, fit) } : {},
    }, scale, groups)),
    ...groups.filter(group => group.label.lines.length).map(group => drawGroupName(group, groups.some(other => other !== group && contains(other, group)), scale, ways)),
    ...layout.nodes.map(node => drawNode(fittedNode(node, fit), scale)),
  ]
  const type = layoutType * scale
  const size = { width: (right - left) * fit.x + 2 * margin, height: (bottom - top) * fit.y + 2 * margin, type }
  return { svg: drawing(layout, size, { hash, steps }, body), type: layout.edges.some(edge => edge.label) ? type * edgeType : type }
}
