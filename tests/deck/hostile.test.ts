import type { Seen } from './hostile.ts'
import { basename } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { articlesIn, lookAt } from './hostile.ts'

/** The long ones are for the full run: here one of each kind is enough. */
const LONG = ['15-table-60x12.md', '19-deep-nesting.md', '45-diagrams-and-magic-fences.md', '05-dashes-in-code.md', 'headings.md', 'lists.md', 'code.md', 'footnotes.md', 'tables.md']

describe('hostile articles in a real browser', () => {
  let seen: Seen
  beforeAll(async () => {
    const articles = [...await articlesIn('hostile'), ...await articlesIn('articles')].filter(article => !LONG.includes(basename(article)))
    seen = await lookAt(articles)
  })

  it('run nothing, make nothing and ask for nothing', () => {
    expect(seen.slides).toBeGreaterThan(80)
    const { dialogs, console, failed, foreign, traces, elements } = seen
    expect({ dialogs, console, failed, foreign, traces, elements }).toEqual({ dialogs: [], console: [], failed: [], foreign: [], traces: [], elements: [] })
  })

  it('show their mustaches, tags and commands as text', () => {
    for (const words of ['{{ 1 + 1 }}', '{{ constructor.constructor("return process")() }}', 'Vec<String>', '<your-token-here>', '<<< /etc/passwd', '::right::', '[[toc]]', '$x^2$'])
      expect(seen.text).toContain(words)
    expect(seen.text).not.toContain('root:x:0:0')
  })

  it('keep all their text inside the canvas, unclipped and large enough', () => {
    expect(seen.findings).toEqual([])
  })

  it('are refused with one line or compiled', () => {
    expect(seen.refused.every(line => !line.includes('\n') && !line.includes('report this article'))).toBe(true)
    expect(seen.refused).toHaveLength(3)
  })
})
