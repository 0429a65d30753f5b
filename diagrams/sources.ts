import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const drawnFolder = fileURLToPath(new URL('drawn/', import.meta.url))

/** The files that decide how a source becomes a drawing: a change in one of them makes every drawing stale. */
const machinery = ['layout.ts', 'amend.ts', 'sequence.ts', 'draw.ts', 'draw-sequence.ts', 'svg.ts', 'steps.ts', '../components/symbols/symbols.ts']

/** One diagram in one language, and its drawing. */
export interface DiagramSource {
  /** File name without extension: name and language, `component-layers.en`. */
  name: string
  text: string
  /** Identifies the source and the way that it is drawn. */
  hash: string
  /** Where the drawing lies. */
  drawing: string
}

const mermaidVersion = (createRequire(import.meta.url)('mermaid/package.json') as { version: string }).version

function read(path: string): string {
  // A checkout on Windows may have other line ends; they change nothing in the drawing.
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
}

/** All diagrams of diagrams/, in the order of their names. */
export function diagramSources(): DiagramSource[] {
  const way = [mermaidVersion, ...machinery.map(file => read(`${folder}${file}`))]
  return readdirSync(folder).filter(file => file.endsWith('.mmd')).sort().map((file) => {
    const text = read(`${folder}${file}`)
    const hash = createHash('sha256').update([...way, text].join('\0')).digest('hex').slice(0, 16)
    const name = file.replace(/\.mmd$/, '')
    return { name, text, hash, drawing: `${drawnFolder}${name}.svg` }
  })
}

/** Whether the drawing is missing, or was drawn from another source or in another way. */
export function isStale({ drawing, hash }: DiagramSource): boolean {
  return !existsSync(drawing) || !read(drawing).includes(`data-source="${hash}"`)
}

/** Drawings without a source. */
export function orphans(): string[] {
  const drawings = new Set(diagramSources().map(({ drawing }) => drawing))
  return existsSync(drawnFolder) ? readdirSync(drawnFolder).map(file => `${drawnFolder}${file}`).filter(file => !drawings.has(file)) : []
}
