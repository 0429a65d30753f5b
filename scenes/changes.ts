import type { Piece } from './pieces.ts'

/**
 * What differs between two pictures: full ids (`piece`, `piece/part`, `piece/part/cell`) of what is new or has another
 * content of its own. A part's change is not its piece's, and of something new only the whole is named.
 */
export function changesBetween(before: readonly Piece[], after: readonly Piece[]): string[] {
  const old = contents(before)
  const isNew = (id: string) => !old.has(id)
  return [...contents(after)]
    .filter(([id, content]) => old.get(id) !== content && !wholes(id).some(isNew))
    .map(([id]) => id)
}

/** The ids of what a part stands in: of `a/b/c`, `a` and `a/b`. */
function wholes(id: string): string[] {
  const names = id.split('/')
  return names.slice(1).map((_, at) => names.slice(0, at + 1).join('/'))
}

type Part = Readonly<Record<string, unknown>>

/** Everything in the picture by its full id, with its own content as text. */
function contents(pieces: readonly Piece[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const piece of pieces)
    collect(piece as unknown as Part, String(piece.id), found)
  return found
}

/** Lists of parts, and cells by their column, are the parts of what they stand in. */
function collect(thing: Part, id: string, found: Map<string, string>) {
  const own: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(thing)) {
    const parts = partsOf(name, value)
    if (!parts)
      own[name] = value
    for (const [key, part] of parts ?? [])
      collect(part, `${id}/${key}`, found)
  }
  found.set(id, JSON.stringify(own))
}

function partsOf(name: string, value: unknown): [string, Part][] | undefined {
  if (name === 'cells')
    return Object.entries(value as Record<string, Part>)
  if (!Array.isArray(value))
    return undefined
  const keyed = value.map(part => (typeof part === 'object' && part !== null ? (part.id ?? part.index) : undefined))
  return keyed.every(key => key !== undefined) ? value.map((part, at) => [String(keyed[at]), part]) : undefined
}
