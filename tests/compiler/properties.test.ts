import type { Nodes } from 'mdast'
import { parseSync } from '@slidev/parser'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../compiler/compile.ts'
import { ArticleError } from '../../compiler/diagnostics.ts'
import { plainText } from '../../compiler/tree.ts'
import { shownInNotes, shownOnSlide, squeeze } from './shown.ts'

/** Pieces that mean something to Markdown, to YAML, to Vue or to Slidev, in the hope of bad company. */
const pieces = fc.constantFrom(
  '---',
  '----',
  '+++',
  '```',
  '````',
  '~~~',
  '```yaml',
  '```md magic-move',
  '<!--',
  '-->',
  '{{',
  '}}',
  '{',
  '<script setup>',
  '</script>',
  '<style>',
  '<template>',
  '</template>',
  '<img src=x onerror=alert(1)>',
  '<Tweet id="1"/>',
  '<v-click>',
  '<a href="javascript:alert(1)">',
  '</a>',
  '<p v-html="x">',
  '<b>',
  '</div>',
  '<pre>',
  '::left::',
  '::right::',
  '<<< /etc/passwd',
  '$x$',
  '$$',
  '[[toc]]',
  '[^1]',
  '[^1]: note',
  '[a]: javascript:alert(1)',
  '[a]',
  '![](x.png)',
  '[click]',
  '[click:3]',
  '@click',
  ':foo="bar"',
  'README.md',
  'https://example.org/{{x}}',
  'a@b.io',
  '| a | b |',
  '| - | - |',
  '- ',
  '1. ',
  '- [ ] ',
  '> ',
  '# ',
  '## ',
  '===',
  '    ',
  '\t',
  '\n',
  '\n\n',
  ' ',
  '*',
  '**',
  '_',
  '`',
  '\\',
  '&lbrace;&lbrace;',
  '&amp;lt;',
  '\u0000',
  '\uFEFF',
  '\u2028',
  '\u202E',
  '\uD800',
  '漢字',
  'عربي',
  '👩‍👩‍👧',
  'layout: iframe',
  'src: ./x.md',
  'title = "x"',
  'word',
  'M. ',
)
const article = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map(parts => parts.join('')),
  fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 30 }).map(parts => parts.join(' ')),
  fc.array(pieces, { maxLength: 30 }).map(parts => parts.join('\n')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

describe('any text as an article', () => {
  it('compiles, or is refused with one line; twice alike; and nothing of it is live', async () => {
    await fc.assert(fc.asyncProperty(article, async (source) => {
      let text: string
      let slides: ReturnType<typeof compile>['slides']
      try {
        ({ text, slides } = compile(source, { file: 'any.md' }))
      }
      catch (error) {
        expect(error).toBeInstanceOf(ArticleError)
        expect((error as ArticleError).message).not.toMatch(/\n|report this article/)
        return
      }
      expect(compile(source, { file: 'any.md' }).text).toBe(text)
      for (const [i, { content, note, frontmatter }] of parseSync(text, 'slides.md').slides.entries()) {
        const slide = slides[i]!
        const body: Nodes[] = [...slide.title, ...slide.body, ...slide.slots.flatMap(slot => slot.nodes)]
        const onSlide = await shownOnSlide(content)
        const inNotes = shownInNotes(note ?? '')
        const title = await shownOnSlide(frontmatter.title)
        expect([...onSlide.live, ...inNotes.live, ...title.live]).toEqual([])
        expect(onSlide.slots).toEqual(slide.slots.map(({ name }) => name))
        expect(squeeze(onSlide.text)).toBe(squeeze(plainText(body)))
        expect(squeeze(inNotes.text)).toBe(squeeze(plainText(slide.notes)))
      }
    }), { numRuns: Number(process.env.FC_RUNS ?? 400), seed: Number(process.env.FC_SEED ?? Math.trunc(Math.random() * 2 ** 31)) })
  })
})
