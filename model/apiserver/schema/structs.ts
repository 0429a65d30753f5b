/** The table of the structs that this server has, each read when it is first asked for. */
import type { Struct } from './language.ts'
import { notModelled } from '../status.ts'
import { readStruct } from './language.ts'
import { otherTypes } from './other-types.ts'
import { podTypes } from './pod-types.ts'

const texts: Record<string, string> = { ...podTypes, ...otherTypes }
const structs = new Map<string, Struct>()

/** Adds structs that not every server here needs. */
export function addStructs(table: Record<string, string>): void {
  for (const name of Object.keys(table))
    structs.delete(name)
  Object.assign(texts, table)
}

/** A struct by its Go name. @throws 501 when this server has none */
export function structNamed(name: string): Struct {
  const known = structs.get(name)
  if (known)
    return known
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined
  const struct = text === undefined ? notModelled(`a field that holds a ${name}`) : readStruct(name, text)
  structs.set(name, struct)
  return struct
}
