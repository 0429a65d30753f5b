import type { Paragraph, PhrasingContent } from 'mdast'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { flatten, keySentence, sentencesOf, shorten } from '../../compiler/sentences.ts'
import { plainText } from '../../compiler/tree.ts'

function split(text: string, language = 'en'): string[] {
  return sentencesOf(text, language).map(({ start, end }) => text.slice(start, end))
}

function words(markdown: string): PhrasingContent[] {
  return (unified().use(remarkParse).parse(markdown).children[0] as Paragraph).children
}

describe('sentences', () => {
  it('go on after English abbreviations, initials and versions', () => {
    expect(split('See fig. 3, e.g. the one by Dr. J. Smith, cf. p. 12. It runs v1.2.3 on Node.js. Really?! Yes.')).toEqual([
      'See fig. 3, e.g. the one by Dr. J. Smith, cf. p. 12.',
      'It runs v1.2.3 on Node.js.',
      'Really?!',
      'Yes.',
    ])
  })

  it('follow French rules: abbreviations, spaces before marks, words in guillemets', () => {
    expect(split('M. Dupont (cf. p. 12, etc.) l’utilise : « Pourquoi ? » demanda-t-il. Mme. Durand, p. ex., répond ! Oui.', 'fr')).toEqual([
      'M. Dupont (cf. p. 12, etc.) l’utilise : « Pourquoi ? » demanda-t-il.',
      'Mme. Durand, p. ex., répond !',
      'Oui.',
    ])
  })

  it('end where other scripts end them', () => {
    expect(split('これは文です。次の文です。', 'ja')).toHaveLength(2)
    expect(split('هل هذا سؤال؟ نعم.', 'ar')).toHaveLength(2)
  })
})

describe('the key sentence', () => {
  it('is the first, unless another carries the stress', () => {
    expect(plainText(keySentence(words('The first one. The second one.'), 'en'))).toBe('The first one.')
    expect(plainText(keySentence(words('The first one. The **second** one. The third one.'), 'en'))).toBe('The second one.')
    expect(plainText(keySentence(words('The first one. Run `a. B` now. The third one.'), 'en'))).toBe('Run a. B now.')
  })

  it('keeps its markup, and is cut at a clause or a word when it is too long', () => {
    expect(keySentence(words('A *b c* d. E.'), 'en')).toMatchObject([{ value: 'A ' }, { type: 'emphasis' }, { value: ' d.' }])
    const long = `The store ${'of many words '.repeat(9)}(and more of them, ${'again '.repeat(20)}) ends.`
    const cut = plainText(keySentence(words(long), 'en', 160))
    expect(cut.length).toBeLessThanOrEqual(160)
    expect(cut).toMatch(/words…$/)
  })

  it('never cuts a character in two', () => {
    const emoji = words('👩'.repeat(80))
    for (let cap = 10; cap < 30; cap++)
      expect(flatten(shorten(emoji, cap)).isWellFormed()).toBe(true)
  })
})
