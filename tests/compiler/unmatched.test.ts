import type { SlidePlan } from '../../compiler/plan.ts'
import { expect, it } from 'vitest'
import { compile } from '../../compiler/compile.ts'
import { formatDiagnostic } from '../../compiler/diagnostics.ts'

const article = `# All of it {#talk}

## Two layers {#two-layer}

text

## Parts

- etcd - ${'the store of everything that the cluster knows. '.repeat(3)}
- kubelet - starts pods
- kube-proxy - writes rules

### Without slide {#bare}

#### Deep

text
`

function warnings(slides: Record<string, SlidePlan>, options: { short?: boolean, source?: string } = {}): string[] {
  const plan = { article: 'a.en.md', language: 'en', output: 'slides.md', bareHeadings: 'kicker', slides } as const
  return compile(options.source ?? article, { file: 'a.en.md', plan, short: options.short }).warnings.map(formatDiagnostic)
}

it('a plan whose entries all stand for a slide, a heading without one or an item is passed over in silence', () => {
  const plan = { 'cover': {}, 'two-layer': { short: true }, 'parts': {}, 'parts/etcd': {}, 'bare': {}, 'deep': {}, 'end': {} }
  expect(warnings(plan)).toEqual([])
  expect(warnings(plan, { short: true })).toEqual([])
})

it('an entry that no heading carries is named, with the nearest id that the plan says nothing of', () => {
  expect(warnings({ 'two-layers': { minutes: 1 }, 'parts/etc': {}, 'unheard-of': {}, 'parts/scheduler': {}, 'talk': {} })).toEqual([
    'deck.config.ts: two-layers: no heading of a.en.md has this id; did you mean two-layer (line 3)?',
    'deck.config.ts: parts/etc: no item of a.en.md has this id; did you mean parts/etcd (line 9)?',
    'deck.config.ts: unheard-of: no heading of a.en.md has this id; write {#unheard-of} at the end of its heading, or take the entry out',
    'deck.config.ts: parts/scheduler: no item of a.en.md has this id; name an item of a list under parts (line 7) that gets a slide of its own, or take the entry out',
    'deck.config.ts: talk: no heading of a.en.md has this id; it is the article\'s title, whose slide is cover',
  ])
})

it('an id that is given twice is named with both lines', () => {
  const source = '## One {#same}\n\ntext\n\n## Two {#same}\n\ntext\n\n## Slide {#slide}\n\ntext'
  expect(warnings({}, { source })).toEqual(['a.en.md:5: id same is taken by line 1, so this heading has same-1: give one of the two another id'])
})
