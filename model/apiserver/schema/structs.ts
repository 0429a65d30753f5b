/** The table of the structs that this server has, each read once. */
import type { Struct } from './language.ts'
import { notModelled } from '../status.ts'
import { readStructs } from './language.ts'
import { otherTypes } from './other-types.ts'
import { podTypes } from './pod-types.ts'

const structs = readStructs({ ...podTypes, ...otherTypes })

/** Adds structs that not every server here needs. */
export function addStructs(table: Record<string, string>): void {
  readStructs(table).forEach((struct, name) => structs.set(name, struct))
}

/** A struct by its Go name. @throws 501 when this server has none */
export function structNamed(name: string): Struct {
  return structs.get(name) ?? notModelled(`a field that holds a ${name}`)
}
