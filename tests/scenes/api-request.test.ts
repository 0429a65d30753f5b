import type { StagesPiece, TextPiece } from '../../scenes/pieces.ts'
import { describe, expect, it } from 'vitest'
import { widthOf } from '../../components/scene/arrows.ts'
import scene from '../../scenes/api-request.ts'
import { play } from '../../scenes/play.ts'
import { SceneInputError } from '../../scenes/scene.ts'

const inputs = [undefined, { name: 'nginx-deployment', replicas: 0 }, { name: 'x', replicas: 100 }]

describe.each(inputs)('the scene api-request with %o', (input) => {
  const frames = play(scene, input)
  const piece = <Piece>(caption: string, id: string) =>
    frames.find(({ caption: { key } }) => key.endsWith(`.${caption}`))?.pieces.find(each => each.id === id) as Piece

  it.each([
    ['forbidden', 'authorization', '403'],
    ['invalid', 'validation', '422'],
    ['conflict', 'storage', '409'],
  ])('%s: it is the stage %s that refuses, with %s', (caption, stage, status) => {
    const { steps } = piece<StagesPiece>(caption, 'stages')
    expect(steps.filter(({ state }) => state === 'refused')).toMatchObject([{ id: stage, detail: status }])
    expect(piece<TextPiece>(caption, 'answer').text).toMatch(new RegExp(`^${status} `))
  })

  it('every answer has room in its box', () => {
    for (const { pieces } of frames) {
      const answer = pieces.find(({ id }) => id === 'answer') as TextPiece | undefined
      if (answer)
        expect(linesOf(String(answer.text), answer.width - 20)).toBeLessThanOrEqual(answer.lines)
    }
  })

  it('both changes survive the conflict', () => {
    const last = frames.at(-1)?.pieces.find(({ id }) => id === 'object')
    expect(JSON.stringify(last)).toContain(`replicas: ${(input?.replicas ?? 3) + 2}`)
    expect(JSON.stringify(last)).toContain('image: nginx:1.29')
  })
})

it('a name that has no room is refused in words', () => {
  expect(() => play(scene, { name: 'nginx-deployments' })).toThrow(new SceneInputError('name: at most 16 letters fit into the picture'))
})

/** Lines of a text with a sign before it, broken between words. The estimate is for labels of 14 px and never too small, so it is about right for 15 px. */
function linesOf(text: string, width: number): number {
  const wordWidth = (word: string) => widthOf(word) - 20
  let [lines, used] = [1, 16]
  for (const word of text.split(' ')) {
    const needs = wordWidth(` ${word}`)
    if (used + needs > width) {
      lines += 1
      used = 0
    }
    used += needs
  }
  return lines
}
