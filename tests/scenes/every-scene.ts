import type { Phrase } from '../../scenes/pieces.ts'
import type { Scene } from '../../scenes/scene.ts'
import { readdirSync } from 'node:fs'
import { loadScene } from '../../scenes/cues.ts'

/** The files of scenes/ that are scenes: those that are not the stage they play on. */
const stageFiles = ['actors', 'changes', 'cluster-input', 'cues', 'input', 'pieces', 'play', 'registry', 'scene', 'traffic']

/** Every scene that there is. */
export async function everyScene(): Promise<Scene[]> {
  const names = readdirSync(new URL('../../scenes', import.meta.url))
    .filter(file => file.endsWith('.ts'))
    .map(file => file.replace(/\.ts$/, ''))
  return Promise.all(names.filter(name => !stageFiles.includes(name)).map(loadScene))
}

/** Every phrase that stands anywhere in a thing, its parameters' own phrases included. */
export function phrasesIn(thing: unknown): Phrase[] {
  if (typeof thing !== 'object' || thing === null)
    return []
  const { key, params } = thing as Partial<Phrase>
  if (typeof key === 'string')
    return [{ key, ...(params && { params }) }, ...Object.values(params ?? {}).flatMap(phrasesIn)]
  return Object.values(thing).flatMap(phrasesIn)
}
