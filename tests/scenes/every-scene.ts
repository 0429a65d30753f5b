import type { Phrase } from '../../scenes/pieces.ts'
import type { Scene } from '../../scenes/scene.ts'

const modules = import.meta.glob<{ default?: Scene }>('../../scenes/*.ts', { eager: true })

/** Every scene that there is: the files of scenes/ that have one as their default export. */
export const everyScene: Scene[] = Object.values(modules).flatMap(module => module.default ?? [])

/** Every phrase that stands anywhere in a thing, its parameters' own phrases included. */
export function phrasesIn(thing: unknown): Phrase[] {
  if (typeof thing !== 'object' || thing === null)
    return []
  const { key, params } = thing as Partial<Phrase>
  if (typeof key === 'string')
    return [{ key, ...(params && { params }) }, ...Object.values(params ?? {}).flatMap(phrasesIn)]
  return Object.values(thing).flatMap(phrasesIn)
}
