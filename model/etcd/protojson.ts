// Models google.golang.org/protobuf/encoding/protojson, with which the gateway reads and writes
import type { Json } from './json.ts'
import type { Field } from './messages.ts'
import { codes, EtcdError } from './errors.ts'
import { enums, messages } from './messages.ts'

/** A message as plain data: the request and response types of this folder. */
export type Message = Record<string, unknown>

/** Reads one JSON value of a text as a message. */
interface Reader {
  text: string
  /** Where the value begins: places are told from there. */
  start: number
}

function place(reader: Reader, at: number): string {
  const before = reader.text.slice(reader.start, at)
  const line = before.split('\n').length
  return `(line ${line}:${[...before.slice(before.lastIndexOf('\n') + 1)].length + 1})`
}

/** protobuf writes a no-break space after its name in this build. */
function refusal(text: string): EtcdError {
  return new EtcdError(codes.invalidArgument, `proto:\u00A0${text}`)
}

function unexpected(reader: Reader, json: Json): EtcdError {
  return refusal(`syntax error ${place(reader, json.at)}: unexpected token ${json.raw}`)
}

/**
 * The message of that type. Fields that it doesn't have and enum names that don't exist are passed over.
 * @throws EtcdError with protobuf's own words
 */
export function decode(text: string, json: Json, type: string): Message {
  return decodeMessage({ text, start: json.at }, json, type)
}

function decodeMessage(reader: Reader, json: Json, type: string): Message {
  if (json.kind !== 'object')
    throw unexpected(reader, json)
  const message: Message = {}
  const seen = new Set<string>()
  for (const { name, at, raw, value } of json.members) {
    const field = messages.get(type)!.find(field => field.name === name || field.jsonName === name)
    if (!field)
      continue
    if (seen.has(field.name))
      throw refusal(`${place(reader, at)}: duplicate field ${raw}`)
    seen.add(field.name)
    if (value.kind === 'null')
      continue
    if (field.oneof && !field.repeated) {
      if (seen.has(field.oneof))
        throw refusal(`${place(reader, at)}: error parsing ${raw}, oneof ${field.oneof} is already set`)
      seen.add(field.oneof)
    }
    if (field.repeated && value.kind !== 'array')
      throw unexpected(reader, value)
    const decoded = field.repeated
      ? value.items.map(item => decodeValue(reader, item, field)).filter(item => item !== undefined)
      : decodeValue(reader, value, field)
    if (decoded !== undefined)
      message[field.plain] = decoded
  }
  return message
}

function decodeValue(reader: Reader, json: Json, field: Field): unknown {
  if (messages.has(field.type))
    return decodeMessage(reader, json, field.type)
  const invalid = () => refusal(`${place(reader, json.at)}: invalid value for ${kindOf(field)} field ${field.jsonName}: ${json.raw}`)
  switch (field.type) {
    case 'bool':
      if (json.kind !== 'bool')
        throw invalid()
      return json.raw === 'true'
    case 'int64':
    case 'id': {
      const number = integer(json, 63n)
      if (number === undefined)
        throw invalid()
      return field.type === 'id' ? String(number) : Number(number)
    }
    case 'bytes': {
      const bytes = json.kind === 'string' ? fromBase64(JSON.parse(json.raw) as string) : undefined
      if (bytes === undefined)
        throw invalid()
      return bytes
    }
  }
  const names = enums[field.type]!
  if (json.kind === 'string') {
    const name = JSON.parse(json.raw) as string
    return names.includes(name) ? name : undefined
  }
  const number = json.kind === 'number' ? integer(json, 31n) : undefined
  if (number === undefined)
    throw invalid()
  return names[Number(number)] ?? Number(number)
}

function kindOf(field: Field): string {
  return field.type === 'id' ? 'int64' : field.type in enums ? 'enum' : field.type
}

/** A whole number, given as a number or as a string with one; undefined if it isn't, or doesn't fit. */
function integer(json: Json, bits: bigint): bigint | undefined {
  if (json.kind !== 'number' && (json.kind !== 'string' || bits < 32n))
    return undefined
  const text = json.kind === 'number' ? json.raw : JSON.parse(json.raw) as string
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  if (whole === undefined || Math.abs(Number(exponent)) > 30)
    return undefined
  const shift = Number(exponent)
  const digits = whole + fraction.padEnd(Math.max(shift, fraction.length), '0')
  const point = whole.length + shift
  const rest = digits.slice(Math.max(point, 0))
  if (/[1-9]/.test(rest) || (point <= 0 && /[1-9]/.test(digits)))
    return undefined
  const number = BigInt(`${digits.slice(0, Math.max(point, 0)) || '0'}`) * (sign ? -1n : 1n)
  return number >= -(2n ** bits) && number < 2n ** bits ? number : undefined
}

/** The bytes of a base64 text, in either alphabet, padded or not; undefined if it is none. */
function fromBase64(text: string): string | undefined {
  const plain = text.replace(/[\r\n]/g, '')
  const web = /[-_]/.test(text)
  const padded = text.length % 4 === 0
  const pattern = web ? /^[\w-]*$/ : /^[A-Z0-9+/]*$/i
  const bare = padded ? plain.replace(/={1,2}$/, '') : plain
  if (!pattern.test(bare) || bare.length % 4 === 1 || (padded && plain.length % 4 !== 0))
    return undefined
  return atob(bare.replaceAll('-', '+').replaceAll('_', '/'))
}

/** A message as the gateway writes it: 64-bit numbers and bytes as strings, zero values left out. */
export function encode(message: object, type: string): Message {
  const json: Message = {}
  for (const field of messages.get(type)!) {
    const value = (message as Message)[field.plain]
    if (field.repeated) {
      const list = (value as unknown[] | undefined) ?? []
      if (list.length > 0)
        json[field.name] = list.map(item => encodeValue(item, field))
      continue
    }
    const encoded = value === undefined ? undefined : encodeValue(value, field)
    if (encoded !== undefined)
      json[field.name] = encoded
  }
  return json
}

function encodeValue(value: unknown, field: Field): unknown {
  if (messages.has(field.type))
    return encode(value as object, field.type)
  if (field.type === 'bytes') {
    const bytes = typeof value === 'string' ? value : JSON.stringify(value)
    return bytes === '' && !field.repeated ? undefined : btoa(bytes)
  }
  if (field.type in enums)
    return value === enums[field.type]![0] ? undefined : value
  if (field.type === 'int64' || field.type === 'id')
    return Number(value) === 0 ? undefined : String(value)
  return value || undefined
}
