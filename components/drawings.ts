/** A drawing of diagrams/drawn/, taken apart for a component to show. */
export interface ShownDrawing {
  /** Attributes of the `svg` element. */
  attributes: Record<string, string>
  /** What stands in it; `{id}` is to be replaced by something unique in the document. */
  content: string
  /** Ids of nodes that each click lights. */
  steps: string[][]
}

const drawings = new Map<string, string>()

/** Makes a drawing known to `<Diagram>`: a slide that shows it brings it along (setup/drawing-imports.ts). */
export function addDrawing(name: string, svg: string): void {
  drawings.set(name, svg)
}

const entities: Record<string, string> = { '&quot;': '"', '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** The drawing of that name, or undefined if no slide has brought it along. */
export function findDrawing(name: string): ShownDrawing | undefined {
  const svg = drawings.get(name)
  const [, head, content] = svg?.match(/^<svg ([^>]*)>([\s\S]*)<\/svg>\s*$/) ?? []
  if (head === undefined || content === undefined)
    return undefined
  const attributes = Object.fromEntries([...head.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) =>
    [key!, value!.replace(/&(?:quot|lt|gt|amp);/g, entity => entities[entity]!)]))
  return { attributes, content, steps: JSON.parse(attributes['data-steps'] ?? '[]') as string[][] }
}
