/**
 * A small language for the types of the API, one line a field, in the order in which Go prints them.
 *
 *     name string            left out when empty        []Container@name   a list merged by that key (strategic merge)
 *     name string!           printed even when empty    []string@          a list merged as a set
 *     replicas int32*        a pointer: zero counts     {}string           a map
 *     resources Resources    a struct is always printed Resources*         …unless it is a pointer and absent
 *     strategy Strategy&     takes `$retainKeys`
 */

/** What a field holds. */
export type FieldType
  = | { is: 'scalar', of: Scalar }
    | { is: 'struct', of: string }
    | { is: 'list', of: FieldType }
    | { is: 'map', of: FieldType }

export type Scalar = 'string' | 'int32' | 'int64' | 'bool' | 'Time' | 'MicroTime' | 'Quantity' | 'IntOrString' | 'bytes'

/** A field of a struct; `mergeKey` is '' for a list that is merged as a set, undefined for one that is replaced. */
export interface Field {
  name: string
  type: FieldType
  pointer: boolean
  always: boolean
  retainKeys: boolean
  mergeKey?: string
}

/** A struct: its fields in order. */
export interface Struct {
  name: string
  fields: Field[]
  byName: Map<string, Field>
}

const scalars = new Set(['string', 'int32', 'int64', 'bool', 'Time', 'MicroTime', 'Quantity', 'IntOrString', 'bytes'])

function fieldType(text: string): FieldType {
  if (text.startsWith('[]'))
    return { is: 'list', of: fieldType(text.slice(2)) }
  if (text.startsWith('{}'))
    return { is: 'map', of: fieldType(text.slice(2)) }
  return scalars.has(text) ? { is: 'scalar', of: text as Scalar } : { is: 'struct', of: text }
}

function field(line: string): Field {
  const [name = '', text = ''] = line.split(' ')
  const parts = /^([^@*!&]+)(?:@(\w*))?([*!&]*)$/.exec(text)
  if (!parts)
    throw new Error(`schema: ${line}`)
  const flags = parts[3]!
  return {
    name,
    type: fieldType(parts[1]!),
    pointer: flags.includes('*'),
    always: flags.includes('!'),
    retainKeys: flags.includes('&'),
    ...(parts[2] !== undefined && { mergeKey: parts[2] }),
  }
}

/** Reads a struct: its fields, separated by `;`. */
export function readStruct(name: string, text: string): Struct {
  const lines = text.split(';').map(line => line.trim()).filter(Boolean)
  const fields = lines.map(field)
  return { name, fields, byName: new Map(fields.map(each => [each.name, each])) }
}
