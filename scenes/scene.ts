import type { Phrase, Piece, Text } from './pieces.ts'

/** What one actor sent another, as it is drawn: an arrow along their connection with a label that names what it carries. */
export interface SceneMessage {
  id: string
  /** Ids of the pieces (or of a piece's parts) where the arrow begins and ends. */
  from: string
  to: string
  label: Text
  /** An answer or an event goes the other way than the request that opened the connection; it is drawn with an open head. */
  kind: 'request' | 'response' | 'event'
  /** It was refused or never arrived: drawn broken, with a cross. */
  failed?: boolean
}

/**
 * One step of a scene: everything that is drawn, as plain data. The picture is a function of (frame, language, colour
 * scheme) and of nothing else.
 */
export interface Frame {
  /** 0 for the first. */
  index: number
  /** The simulation's clock, in milliseconds; 0 where the scene has no clock. */
  time: number
  /** What happened and why, one or two sentences. */
  caption: Phrase
  pieces: readonly Piece[]
  /** What was exchanged since the frame before, in the order in which it was sent. */
  messages: readonly SceneMessage[]
  /** How many more messages the model sent since the frame before that this scene leaves out. */
  unshown: number
  /** Ids (`piece` or `piece/part`) of what is new or differs from the frame before. */
  changed: readonly string[]
  /** On the last frame: what the scene leaves out. */
  simplified?: Phrase
}

/** What a script shows in one step. Keys of phrases are the scene's own: `play` puts `scenes.<scene>.` before them, and `captions.` before a caption's. */
export interface Picture {
  pieces: readonly Piece[]
  messages?: readonly SceneMessage[]
  unshown?: number
  /** Milliseconds of the simulation's clock. */
  time?: number
}

/** Adds a frame: the key of its caption, the caption's parameters, the picture. */
export type Show = (caption: string, params: NonNullable<Phrase['params']>, picture: Picture) => void

/** A scene: a script that drives the model and shows where it stands. */
export interface Scene<Input = unknown> {
  /** The file's name, the captions' key, and what a slide and the plan say: `scheduler-decision`. */
  name: string
  /** What is played when the slide gives nothing else. */
  example: Input
  /**
   * Makes of what a slide gives (a part of the input, or nothing) a whole input.
   * @throws SceneInputError that says what is wrong, to the person who wrote the slide
   */
  read: (given: unknown) => Input
  script: (input: Input, show: Show) => void
}

/** Frames come from a source: today a script; a playground or a real cluster's watch will be others. */
export interface FrameSource {
  readonly frames: readonly Frame[]
  /** Called when frames were added. A script's frames are all there from the start, so its source has none. */
  subscribe?: (changed: () => void) => () => void
}

/** What a slide gave a scene cannot be played. `message` is for the person who wrote the slide. */
export class SceneInputError extends Error {
  override readonly name = 'SceneInputError'
}
