import { parseQuantity, QuantityError } from '../model/quantity.ts'
import { SceneInputError } from './scene.ts'

/**
 * A part of what a slide gave, with its path, so that a mistake can be said where it was made.
 */
export interface Given {
  value: unknown
  /** As in `nodes[2].cpu`; empty for the whole input. */
  path: string
}

/** Says what is wrong, and where. */
export function wrong({ path }: Given, problem: string): SceneInputError {
  return new SceneInputError(path ? `${path}: ${problem}` : problem)
}

/**
 * The fields of an object that may have these and no others. @throws SceneInputError
 */
export function fieldsOf<Name extends string>(given: Given, names: readonly Name[]): Record<Name, Given> {
  const { value, path } = given
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(given, `expected ${names.join(', ')}, but got ${shown(value)}`)
  const unknown = Object.keys(value).find(name => !(names as readonly string[]).includes(name))
  if (unknown !== undefined)
    throw wrong({ value, path: path ? `${path}.${unknown}` : unknown }, `no such field; there are ${names.join(', ')}`)
  return Object.fromEntries(names.map(name =>
    [name, { value: (value as Record<string, unknown>)[name], path: path ? `${path}.${name}` : name }])) as Record<Name, Given>
}

/** The items of a list of so many. @throws SceneInputError */
export function itemsOf(given: Given, least: number, most: number): Given[] {
  if (!Array.isArray(given.value))
    throw wrong(given, `expected a list, but got ${shown(given.value)}`)
  if (given.value.length < least || given.value.length > most)
    throw wrong(given, `expected ${least} to ${most} of them, but got ${given.value.length}`)
  return given.value.map((value: unknown, at) => ({ value, path: `${given.path}[${at}]` }))
}

/** A text that is not empty. @throws SceneInputError */
export function textOf(given: Given): string {
  if (typeof given.value !== 'string' || given.value === '')
    throw wrong(given, `expected a text, but got ${shown(given.value)}`)
  return given.value
}

/** A whole number between two. @throws SceneInputError */
export function wholeNumberOf(given: Given, least: number, most: number): number {
  if (typeof given.value !== 'number' || !Number.isInteger(given.value) || given.value < least || given.value > most)
    throw wrong(given, `expected a whole number from ${least} to ${most}, but got ${shown(given.value)}`)
  return given.value
}

/** A Kubernetes quantity as written: `2`, `500m`, `1Gi`. @throws SceneInputError */
export function quantityOf(given: Given): string {
  if (typeof given.value !== 'string' && typeof given.value !== 'number')
    throw wrong(given, `expected a quantity such as 2, 500m or 1Gi, but got ${shown(given.value)}`)
  try {
    parseQuantity(given.value)
  }
  catch (error) {
    if (error instanceof QuantityError)
      throw wrong(given, `${shown(given.value)} is not a quantity such as 2, 500m or 1Gi`)
    throw error
  }
  return String(given.value)
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
