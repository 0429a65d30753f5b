import { expect, it } from 'vitest'
import { missing, slidesIn } from '../../scripts/pdf.ts'

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

it('prints the slides of a range, each once and in order', () => {
  expect(slidesIn(undefined, 3)).toEqual([1, 2, 3])
  expect(slidesIn('8-,2,1-3', 9)).toEqual([1, 2, 3, 8, 9])
})

it.each([
  ['all', '--range all: name slides by their numbers, such as 3,5-8,20-'],
  ['2,', '--range 2,: name slides by their numbers, such as 3,5-8,20-'],
  ['0-3', '--range 0-3: the deck has slides 1 to 9'],
  ['7-12', '--range 7-12: the deck has slides 1 to 9'],
  ['5-3', '--range 5-3: no slide is in it'],
])('says what is wrong with the range %s', (range, message) => {
  expect(() => slidesIn(range, 9)).toThrow(new Error(message))
})
