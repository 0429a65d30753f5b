import { expect, it } from 'vitest'
import { missing } from '../../scripts/pdf.ts'

const slides = [
  { slide: 1, title: 'Two layers', isChapter: false, text: 'Two layers The control plane decides; nodes carry out.' },
  { slide: 2, title: 'etcd', isChapter: false, text: 'etcd' },
]

it('accepts pages that hold every title and word, however they are spaced', () => {
  expect(missing(slides, ['Two lay ers the con-\ntrol plane decides ; nodes carry out .', 'ETCD'])).toEqual([])
})

it('finds a page too many', () => {
  expect(missing(slides, ['Two layers The control plane decides; nodes carry out.', 'etcd', ''])).toEqual(['3 pages instead of 2'])
})

it('finds an empty page and a page without its words', () => {
  expect(missing(slides, ['Two layers', ''])).toEqual([
    'page 1 (slide 1): 7 of 9 words are missing, such as "the control plane"',
    'page 2: the title of slide 2, "etcd", is missing',
  ])
})
