import type { DeckPlan } from '../../compiler/plan.ts'
import { describe, expect, it } from 'vitest'
import { readArticle } from '../../compiler/article.ts'
import { compile } from '../../compiler/compile.ts'
import { outlineOf } from '../../compiler/outline.ts'
import { plainText } from '../../compiler/tree.ts'

function level(markdown: string): number {
  return outlineOf(readArticle(markdown, 'a.md')).slideLevel
}

function deck(markdown: string, plan?: Partial<DeckPlan>, short = false) {
  const full: DeckPlan = { article: 'a.md', language: 'en', output: 'slides.md', ...plan }
  return compile(markdown, { file: 'a.md', plan: full, short })
}

function layouts(markdown: string, plan?: Partial<DeckPlan>): string[] {
  return deck(markdown, plan).slides.slice(1, -1).map(({ layout }) => layout)
}

const long = 'A sentence that says what all of this is about, and says so at some length. '.repeat(5)

describe('the slide level', () => {
  it('is the highest level directly followed by content, after a lone title', () => {
    expect(level('# T\n\n## A\n\ntext\n\n### B\n\ntext')).toBe(2)
    expect(level('# A\n\ntext\n\n# B\n\ntext')).toBe(1)
    expect(level('## A\n\n### B\n\ntext')).toBe(3)
    expect(level('# T\n\nintro\n\n## A\n\ntext')).toBe(2)
  })
})

describe('layouts', () => {
  it('follow the content', () => {
    expect(layouts('## A\n\ntext')).toEqual(['statement'])
    expect(layouts(`## A\n\n${long}\n\n${long}`)).toEqual(['bullets'])
    expect(layouts('## A\n\n- one\n- two')).toEqual(['bullets'])
    expect(layouts('## A\n\n```js\nx\n```')).toEqual(['code'])
    expect(layouts(`## A\n\n${long}\n\n\`\`\`js\nx\n\`\`\``)).toEqual(['code-text'])
    expect(layouts('## A\n\n| a | b |\n| - | - |\n| 1 | 2 |')).toEqual(['table'])
    expect(layouts('## A\n\n> said')).toEqual(['quote'])
    expect(layouts('## A\n\n- **Wrong** – this\n- **Right** – that')).toEqual(['comparison'])
    expect(layouts('## A\n\n- <https://a.io>\n- [b](https://b.io)\n- [c](https://c.io)')).toEqual(['links'])
    expect(layouts('## A\n\n### B\n\ntext\n\n## C\n\ntext')).toEqual(['section', 'statement', 'statement'])
    expect(layouts('## A\n\nshort intro\n\n### B\n\ntext\n\n## C\n\ntext')).toEqual(['section', 'statement', 'statement'])
  })

  it('give each long item of a name–description list a slide', () => {
    const list = `## Parts\n\n- etcd - ${long}\n- \`kubelet\`: ${long}\n- **kube-proxy** – ${long}`
    const { slides } = deck(list)
    expect(slides.map(({ layout }) => layout)).toEqual(['cover', 'names', 'name', 'name', 'name', 'end'])
    expect(slides.slice(2, 5).map(({ title }) => plainText(title))).toEqual(['etcd', 'kubelet', 'kube-proxy'])
    expect(slides.slice(2, 5).map(({ id }) => id)).toEqual(['parts/etcd', 'parts/kubelet', 'parts/kube-proxy'])
    expect(slides[1]!.props.names).toMatchObject([{ id: 'parts-etcd', name: 'etcd' }, {}, {}])
  })
})

describe('sections', () => {
  it('keep text above the first heading, empty headings and duplicates apart', () => {
    const { slides, text } = deck('Above.\n\n## Same\n\none\n\n## Same\n\ntwo\n\n## Empty\n\n[x](#same-1)')
    expect(slides.map(({ alias }) => alias)).toEqual(['cover', 'slide', 'same', 'same-1', 'empty', 'end'])
    expect(text).toContain('[x](/same-1)')
  })

  it('never take an address of Slidev\'s own, or a number', () => {
    const { slides } = deck('## Overview\n\na\n\n## 2021\n\nb\n\n## Presenter\n\nc')
    expect(slides.map(({ alias }) => alias)).toEqual(['cover', 'overview-1', 's-2021', 'presenter-1', 'end'])
  })

  it('warn of dead anchors with the article\'s line', () => {
    expect(deck('+++\ntitle = "x"\n+++\n\n## A\n\n[x](#nope)').warnings).toMatchObject([{ line: 7, message: expect.stringContaining('#nope') }])
  })
})

describe('prose', () => {
  it('stands on the slide by its key sentence and whole in the notes', () => {
    const [, slide] = deck(`## A\n\n${long}`).slides
    expect(plainText(slide!.body)).toBe('A sentence that says what all of this is about, and says so at some length.')
    expect(plainText(slide!.notes)).toBe(long.trim())
  })
})

describe('the plan', () => {
  const article = '# T\n\n## A {#a}\n\n### B {#b}\n\ntext\n\n### C {#c}\n\ntext\n\n## D {#d}\n\n### E {#e}\n\ntext'

  it('tells the speaker the time, then the words, then the question with its answer', () => {
    const { text } = deck(`# T\n\n## A\n\n${long}\n\n## B\n\nShort.`, { slides: {
      a: { minutes: 1.5, ask: { en: 'Who knows?' }, notes: { en: 'Answer: nobody.' } },
      b: { minutes: 3, ask: { fr: 'Qui le sait ?' } },
    } })
    const notes = [...text.matchAll(/<!--\n(.*?)\n-->/gs)].map(([, note]) => note!.split('\n\n'))
    expect(notes.find(([time]) => time === '1.5 min, until 2 of 5.5')).toEqual(['1.5 min, until 2 of 5.5', long.trim(), 'For the room: Who knows? Answer: nobody.'])
    expect(notes.find(([time]) => time === '3 min, until 5 of 5.5')).toEqual(['3 min, until 5 of 5.5'])
  })

  it('says nothing of time where no plan gives any', () => {
    expect(deck('# T\n\n## A\n\nSaid of A.').text).not.toMatch(/\d min/)
  })

  it('keeps the short path with the sections it needs, and counts its minutes', () => {
    const { slides, minutes } = deck(article, { slides: { c: { short: true, minutes: 3 } } }, true)
    expect(slides.map(({ id }) => id)).toEqual(['cover', 'a', 'c', 'end'])
    expect(minutes).toBe(4.5)
  })

  it('drops bare headings to the kicker where it says so', () => {
    const { slides, text } = deck(article, { bareHeadings: 'kicker' })
    expect(slides.map(({ id }) => id)).toEqual(['cover', 'b', 'c', 'e', 'end'])
    expect(text).toContain('section: "A"')
  })
})
