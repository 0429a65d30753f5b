import type { Phrase } from './pieces.ts'
import type { Frame, FrameSource, Scene } from './scene.ts'
import { changesBetween } from './changes.ts'

/** Keys that are every scene's, not one scene's own, begin with this. */
const shared = 'scene.'

const played = new WeakMap<object, Map<string, readonly Frame[]>>()

/**
 * Runs a scene's script once against the model and returns its frames: plain, deep-frozen, JSON-serialisable. The same
 * scene and input give the very same array again.
 *
 * @param scene the scene
 * @param given what the slide gives; left out, the scene's own example
 * @throws SceneInputError when the scene cannot be played with what was given
 */
export function play<Input>(scene: Scene<Input>, given?: unknown): readonly Frame[] {
  const memo = played.get(scene) ?? new Map<string, readonly Frame[]>()
  played.set(scene, memo)
  const key = JSON.stringify(given) ?? ''
  const known = memo.get(key)
  if (known)
    return known
  const frames = perform(scene, scene.read(given))
  memo.set(key, frames)
  return frames
}

/** The source of a scene that was scripted: all its frames at once. */
export function scripted<Input>(scene: Scene<Input>, given?: unknown): FrameSource {
  return { frames: play(scene, given) }
}

function perform<Input>(scene: Scene<Input>, input: Input): readonly Frame[] {
  const frames: Frame[] = []
  scene.script(input, (caption, params, picture) => {
    const before = frames.at(-1)
    // The model goes on using its objects: frames are copies, never views.
    const frame: Frame = asData(named({
      index: frames.length,
      time: picture.time ?? 0,
      caption: { key: `captions.${caption}`, params },
      pieces: picture.pieces,
      messages: picture.messages ?? [],
      unshown: picture.unshown ?? 0,
      changed: [],
    }, scene.name))
    frames.push({ ...frame, changed: before ? changesBetween(before.pieces, frame.pieces) : [] })
  })
  const last = frames.at(-1)
  if (!last)
    throw new Error(`The scene ${scene.name} shows nothing: its script never called show().`)
  frames[frames.length - 1] = { ...last, simplified: { key: `scenes.${scene.name}.simplified` } }
  return frozen(frames)
}

function asData<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}

/** Puts the scene's name before the keys of its phrases. */
function named<T>(value: T, scene: string): T {
  if (Array.isArray(value))
    return value.map(item => named(item, scene)) as T
  if (typeof value !== 'object' || value === null)
    return value
  const { key, params } = value as Partial<Phrase>
  if (typeof key === 'string') {
    return {
      key: key.startsWith(shared) ? key : `scenes.${scene}.${key}`,
      ...(params && { params: namedEach(params, scene) }),
    } as T
  }
  return namedEach(value, scene)
}

function namedEach<T extends object>(values: T, scene: string): T {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, named(value, scene)])) as T
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(frozen)
    Object.freeze(value)
  }
  return value
}
