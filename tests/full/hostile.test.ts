import { expect, it } from 'vitest'
import { articlesIn, lookAt } from '../deck/hostile.ts'

it('every hostile article, every slide of it, in a real browser', async () => {
  const seen = await lookAt([...await articlesIn('hostile'), ...await articlesIn('articles')])
  const { dialogs, console, failed, foreign, traces, elements, findings } = seen
  expect({ dialogs, console, failed, foreign, traces, elements, findings }).toEqual({ dialogs: [], console: [], failed: [], foreign: [], traces: [], elements: [], findings: [] })
  expect(seen.slides).toBeGreaterThan(400)
})
