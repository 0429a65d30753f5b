import type { Language } from '../locales/translate.ts'
import type { Scene } from './scene.ts'
import { existsSync } from 'node:fs'
import { readMessages } from '../locales/read.ts'
import { translator } from '../locales/translate.ts'
import { play } from './play.ts'

/**
 * What a scene says, frame by frame: for the presenter's notes and the number of clicks (one less than frames). For
 * scripts; the deck's pages never import this.
 *
 * @param name the scene's file name without `.ts`
 * @param input what the slide gives the scene; left out, its own example
 * @throws SceneInputError when the scene cannot be played with that input
 * @throws Error when there is no such scene
 */
export async function sceneCues(name: string, input: unknown, language: Language): Promise<string[]> {
  const scene = await loadScene(name)
  const translate = translator(language, readMessages(language))
  return play(scene, input).map(frame => translate(frame.caption))
}

/** A scene by its name, from its file. */
export async function loadScene(name: string): Promise<Scene> {
  const file = new URL(`${name}.ts`, import.meta.url)
  const module: { default?: Scene } = existsSync(file) && /^[a-z]+(?:-[a-z]+)*$/.test(name) ? await import(file.href) : {}
  if (module.default?.name !== name)
    throw new Error(`There is no scene ${name}: scenes/${name}.ts must have one as its default export.`)
  return module.default
}
