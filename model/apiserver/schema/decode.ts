/**
 * JSON → object of a kind: unknown fields are reported, wrong types refused, values brought into the form in which they are
 * stored and printed (empty ones left out, quantities canonical, fields in Go's order).
 *
 * Models sigs.k8s.io/json and the round trip through the storage codec
 */
import type { Doc } from '../status.ts'
import type { Field, FieldType, Scalar, Struct } from './language.ts'
import { formatQuantity, parseQuantity } from '../../quantity.ts'
import { extensions } from '../extensions.ts'
import { notModelled } from '../status.ts'
import { structNamed } from './structs.ts'

/** The body could not be read: `message` is what follows "cannot be handled as a Pod: ". */
export class DecodeError extends Error {}

/** What decoding found besides the object: paths of fields that no such kind has, in the order of the text. */
export interface Decoded {
  object: Doc
  unknown: string[]
}

/** Where a value stands: its name in a struct or a map, or its index in a list. Written out only where something is wrong with it. */
interface At {
  key: string | number
  within?: At
  /** Name of the struct that holds the field; none for entries of maps and items of lists. */
  struct?: string
}

/** With indexes and keys of maps, as unknown fields are told: `spec.containers[0].image`. */
function pathOf({ key, within }: At): string {
  if (!within)
    return String(key)
  return typeof key === 'number' ? `${pathOf(within)}[${key}]` : `${pathOf(within)}.${key}`
}

/** The fields alone, and the struct that holds the last of them, as errors of type are told: `spec.containers.image`. */
function fieldsOf({ key, within, struct }: At): { fields: string, struct: string } {
  const outer = within && fieldsOf(within)
  if (struct === undefined)
    return outer!
  return { struct, fields: outer ? `${outer.fields}.${key}` : String(key) }
}

function jsonType(value: unknown): string {
  const type = typeof value
  return Array.isArray(value) ? 'array' : value === null ? 'null' : type === 'boolean' ? 'bool' : type
}

const plainTexts = new Set('name generateName namespace resourceVersion labels annotations data image nodeName serviceAccountName schedulerName hostname nodeSelector matchLabels selector key value clusterIP externalName command args message reason podCIDR providerID priorityClassName'.split(' '))
const goTypes: Partial<Record<Scalar, string>> = { string: 'string', int32: 'int32', int64: 'int64', bool: 'bool' }

function wrongType(value: unknown, of: Scalar, at: At): never {
  const go = goTypes[of]
  const { struct, fields } = fieldsOf(at)
  // Many texts are of a type of their own (`v1.Protocol`), which upstream then names.
  const own = of === 'string' && !plainTexts.has(fields.split('.').at(-1)!)
  if (!go || own || (typeof value === 'object' && value !== null))
    notModelled(`${pathOf(at)}: ${jsonType(value)} where ${of} is due`)
  throw new DecodeError(`json: cannot unmarshal ${jsonType(value)} into Go struct field ${struct}.${fields} of type ${go}`)
}

const times: Partial<Record<Scalar, RegExp>> = {
  Time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  MicroTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
}

function scalar(value: unknown, of: Scalar, at: At): unknown {
  switch (of) {
    case 'string':
      return typeof value === 'string' ? value : wrongType(value, of, at)
    case 'bool':
      return typeof value === 'boolean' ? value : wrongType(value, of, at)
    case 'int32':
    case 'int64':
      if (typeof value !== 'number')
        wrongType(value, of, at)
      if (!Number.isSafeInteger(value) || (of === 'int32' && Math.abs(value) > 0x7FFFFFFF))
        notModelled(`${pathOf(at)}: the number ${value}`)
      return value
    case 'IntOrString':
      return typeof value === 'string' || Number.isInteger(value) ? value : notModelled(`${pathOf(at)}: neither number nor text`)
    case 'Quantity': {
      if (typeof value !== 'string' && typeof value !== 'number')
        notModelled(`${pathOf(at)}: no quantity`)
      try {
        return formatQuantity(parseQuantity(value))
      }
      catch (error) {
        throw new DecodeError((error as { reason?: string }).reason ?? String(error))
      }
    }
    case 'bytes':
      return typeof value === 'string' && /^(?:[A-Z0-9+/]{4})*(?:[A-Z0-9+/]{2}==|[A-Z0-9+/]{3}=)?$/i.test(value) ? value : notModelled(`${pathOf(at)}: not base64`)
    default:
      return typeof value === 'string' && times[of]!.test(value) ? value : notModelled(`${pathOf(at)}: the time ${JSON.stringify(value)}`)
  }
}

function decodeValue(value: unknown, type: FieldType, at: At, unknown: string[]): unknown {
  if (type.is === 'scalar')
    return scalar(value, type.of, at)
  if (type.is === 'struct')
    return decodeStruct(value, structNamed(type.of), at, unknown)
  if (type.is === 'list') {
    if (!Array.isArray(value))
      notModelled(`${pathOf(at)}: ${jsonType(value)} where a list is due`)
    return value.map((item, index) => {
      const here = { key: index, within: at }
      return item === null ? notModelled(`${pathOf(here)}: null in a list`) : decodeValue(item, type.of, here, unknown)
    })
  }
  if (typeof value !== 'object' || Array.isArray(value))
    notModelled(`${pathOf(at)}: ${jsonType(value)} where a map is due`)
  // Go prints maps in the order of their keys.
  return Object.fromEntries(Object.entries(value as Doc).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => {
    const here = { key, within: at }
    return [key, item === null ? (type.of.is === 'scalar' && type.of.of === 'string' ? '' : notModelled(`${pathOf(here)}: null in a map`)) : decodeValue(item, type.of, here, unknown)]
  }))
}

/** The zero value of a field that is absent, or undefined where Go prints nothing. */
function zero(field: Field): unknown {
  const { type } = field
  if (type.is === 'struct' && !field.pointer)
    return decodeStruct({}, structNamed(type.of), undefined, [])
  if (!field.always)
    return undefined
  if (type.is !== 'scalar' || field.pointer)
    return null
  return { string: '', int32: 0, int64: 0, bool: false, IntOrString: 0, Time: null, MicroTime: null, Quantity: '0', bytes: null }[type.of]
}

function isEmpty(value: unknown, field: Field): boolean {
  if (value === undefined || value === null)
    return true
  if (field.type.is === 'scalar')
    return !field.pointer && (value === '' || value === 0 || value === false)
  if (field.type.is === 'struct')
    return false
  return (Array.isArray(value) ? value : Object.keys(value as Doc)).length === 0
}

/** `at` is undefined for the whole object. */
function decodeStruct(value: unknown, struct: Struct, at: At | undefined, unknown: string[]): Doc {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    notModelled(`${at ? pathOf(at) : ''}: ${jsonType(value)} where ${struct.name} is due`)
  const given = value as Doc
  const read: Doc = {}
  for (const [key, item] of Object.entries(given)) {
    const field = struct.byName.get(key)
    const here: At = { key, within: at, struct: struct.name }
    if (field) {
      if (item !== null && item !== undefined)
        read[key] = decodeValue(item, field.type, here, unknown)
    }
    else if (extensions.leftOutFields && !extensions.leftOutFields[struct.name]?.split(' ').includes(key)) {
      unknown.push(pathOf(here))
    }
    else if (item !== null && item !== undefined) {
      notModelled(`field ${pathOf(here)}`)
    }
  }
  const object: Doc = {}
  for (const field of struct.fields) {
    const item = isEmpty(read[field.name], field) ? zero(field) : read[field.name]
    if (item !== undefined)
      object[field.name] = item
  }
  return object
}

/** Reads a body as an object of the kind; `kind` and `apiVersion` are put in front. @throws {DecodeError} @throws 501 */
export function decode(body: Doc, kind: string, apiVersion: string): Decoded {
  const unknown: string[] = []
  const { kind: _kind, apiVersion: _version, ...rest } = body
  const object = decodeStruct(rest, structNamed(kind), undefined, unknown)
  return { object: { kind, apiVersion, ...object }, unknown }
}

/** Brings an object into its stored form again after defaults or a patch: as decode, for what has been decoded before. */
export function normalise(object: Doc): Doc {
  return decode(object, object.kind, object.apiVersion).object
}
