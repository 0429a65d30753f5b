import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dealOut } from '../../../components/scene/story.ts'

const captions = fc.array(fc.record({ text: fc.string({ minLength: 1, maxLength: 200 }) }), { minLength: 1, maxLength: 20 })

it('deals all captions out in order, and leaves no page empty', () => {
  fc.assert(fc.property(captions.chain(all => fc.tuple(fc.constant(all), fc.integer({ min: 1, max: all.length }))), ([all, pages]) => {
    const dealt = dealOut(all, pages)
    expect(dealt).toHaveLength(pages)
    expect(dealt.flat()).toEqual(all)
    expect(dealt.every(page => page.length > 0)).toBe(true)
  }))
})

it('gives each page about as much text', () => {
  const all = Array.from({ length: 14 }, (_, index) => ({ text: 'x'.repeat(60 + index) }))
  expect(dealOut(all, 2).map(page => page.length)).toEqual([7, 7])
})
