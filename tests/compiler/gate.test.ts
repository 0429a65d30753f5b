import { describe, expect, it } from 'vitest'
import { assertReadsBack } from '../../compiler/gate.ts'
import { textOfDeck } from '../../compiler/text.ts'

const slide = { frontmatter: { layout: 'statement', title: 'a -- b --- c', routeAlias: 'a' }, content: '# A\n\ntext', note: 'a note', line: 7 }

describe('the gate', () => {
  it('lets through what reads back as it was written', () => {
    expect(() => assertReadsBack(textOfDeck([slide, slide]), [slide, slide], 'a.md')).not.toThrow()
  })

  it('stops a slide that Slidev would read otherwise, and names the article\'s line', () => {
    for (const changed of [{ content: '# A\n\n---\n\ntext' }, { content: '# A\n\n<!-- x' }, { note: 'a --> b' }, { content: '' }]) {
      const bad = { ...slide, ...changed }
      expect(() => assertReadsBack(textOfDeck([bad, slide]), [bad, { ...slide, content: '# B' }], 'a.md')).toThrow(expect.objectContaining({ file: 'a.md', line: 7 }))
    }
  })
})
