import type { Scene } from './scene.ts'

const scenes = new Map<string, Scene>()

/**
 * Makes a scene known under its name: what every scene's file does with its one scene. A slide imports the files of its
 * own scenes, so the deck knows the scenes of the slides that are loaded and no others.
 */
export function defineScene<Input>(scene: Scene<Input>): Scene {
  const known: Scene = { ...scene, script: (input, show) => scene.script(input as Input, show) }
  scenes.set(scene.name, known)
  return known
}

/** A scene that was defined, or undefined. */
export function sceneNamed(name: string): Scene | undefined {
  return scenes.get(name)
}
