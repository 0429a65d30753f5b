/** The table of all structs, read once. */
import type { Struct } from './language.ts'
import { readStructs } from './language.ts'
import { otherTypes } from './other-types.ts'
import { podTypes } from './pod-types.ts'

const structs = readStructs({ ...podTypes, ...otherTypes })

/** A struct by its Go name. @throws when the table has none: a slip in the table itself */
export function structNamed(name: string): Struct {
  const found = structs.get(name)
  if (!found)
    throw new Error(`schema: no struct ${name}`)
  return found
}
