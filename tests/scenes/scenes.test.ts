import type { Frame } from '../../scenes/scene.ts'
import { describe, expect, it } from 'vitest'
import { arrowsOf } from '../../components/scene/arrows.ts'
import { boxOf } from '../../components/scene/geometry.ts'
import { readMessages } from '../../locales/read.ts'
import { languages, translator } from '../../locales/translate.ts'
import { stage } from '../../scenes/actors.ts'
import { play } from '../../scenes/play.ts'
import { everyScene, phrasesIn } from './every-scene.ts'

const english = translator('en', readMessages('en'))

/** A frame as a reader of a diff wants it: what is said, what was sent, what changed. */
function summary(frame: Frame): string {
  return [
    `${frame.index + 1}. ${english(frame.caption)}`,
    ...frame.messages.map(({ from, to, label, failed }) => `   ${from} → ${to}: ${english(label)}${failed ? ' (failed)' : ''}`),
    ...(frame.unshown ? [`   and ${frame.unshown} more`] : []),
    ...(frame.changed.length ? [`   changed: ${frame.changed.join(', ')}`] : []),
  ].join('\n')
}

describe.each(everyScene.map(scene => [scene.name, scene] as const))('the scene %s', (name, scene) => {
  const frames = play(scene)

  it('is data: JSON, and the same when performed again', () => {
    expect(JSON.parse(JSON.stringify(frames))).toEqual(frames)
    expect(play({ ...scene })).toEqual(frames)
  })

  it('is deep-frozen', () => {
    const open: string[] = []
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null)
        return
      if (!Object.isFrozen(value))
        open.push(path)
      Object.entries(value).forEach(([key, part]) => look(part, `${path}.${key}`))
    }
    look(frames, name)
    expect(open).toEqual([])
  })

  it.each(languages)('can be told in %s, to the last label', (language) => {
    const translate = translator(language, readMessages(language))
    for (const phrase of phrasesIn(frames))
      expect(translate(phrase)).not.toMatch(/undefined|NaN|\{|\}/)
  })

  it.each(languages)('has captions in %s that fit into two lines', (language) => {
    const translate = translator(language, readMessages(language))
    const long = frames.map(frame => translate(frame.caption)).filter(caption => caption.length > 172)
    expect(long).toEqual([])
  })

  it.each(languages)('says in %s, in the two lines that it has, what it simplifies', (language) => {
    const translate = translator(language, readMessages(language))
    expect(frames.flatMap(({ simplified }) => simplified ? translate(simplified) : []).filter(text => text.length > 156)).toEqual([])
  })

  it('keeps everything on the stage, and no piece on another', () => {
    for (const { index, pieces } of frames) {
      const boxes = pieces.map(piece => ({ id: piece.id, ...boxOf(piece) }))
      expect(boxes.filter(({ x, y, width, height }) => x < 0 || y < 0 || x + width > stage.width || y + height > stage.height), `frame ${index}`).toEqual([])
      const overlaps = boxes.flatMap((a, at) => boxes.slice(at + 1)
        .filter(b => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
        .map(b => `${a.id} and ${b.id}`))
      expect(overlaps, `frame ${index}`).toEqual([])
    }
  })

  it('draws every message between two things that are there', () => {
    for (const frame of frames)
      expect(() => arrowsOf(frame.messages, frame.pieces, message => english(message.label))).not.toThrow()
  })

  it('ends with what it leaves out', () => {
    expect(frames.filter(frame => frame.simplified)).toEqual([frames.at(-1)])
  })

  it('tells what its reviewed summary tells', async () => {
    await expect(`${frames.map(summary).join('\n')}\n`).toMatchFileSnapshot(`summaries/${name}.txt`)
  })
})

describe('messages', () => {
  it.each(languages)('in %s are the same keys as in English', (language) => {
    expect(keysOf(readMessages(language))).toEqual(keysOf(readMessages('en')))
  })

  /** Codes of HTTP, the scale of scores, and the release that the model imitates. */
  const ownNumbers = new Set(['401', '403', '409', '410', '422', '0', '75', '100', '1.36'])

  it.each(languages)('in %s take their numbers and numbered names from the frame', (language) => {
    const fixed = Object.entries(textsOf(readMessages(language).scenes as object))
      .filter(([, text]) => (text.match(/\d+(?:\.\d+)?/g) ?? []).some(number => !ownNumbers.has(number)))
    expect(fixed).toEqual([])
  })

  function textsOf(messages: object, path = ''): Record<string, string> {
    return Object.fromEntries(Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value]] : Object.entries(textsOf(value as object, `${path}${key}.`))))
  }

  function keysOf(messages: object, path = ''): string[] {
    return Object.entries(messages)
      .flatMap(([key, value]) => typeof value === 'string' ? `${path}${key}` : keysOf(value as object, `${path}${key}.`))
      .sort()
  }
})
