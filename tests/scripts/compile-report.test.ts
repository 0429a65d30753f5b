import { expect, it } from 'vitest'
import { reported } from '../../scripts/compile-report.ts'

/** Compiles as often as there are outcomes; what the terminal and the slides say each time. */
async function session(outcomes: (string[] | Error)[]): Promise<{ terminal: string[], slides: string[] }[]> {
  const terminal: string[] = []
  const results: { terminal: string[], slides: string[] }[] = []
  const left = [...outcomes]
  const next = reported(async () => {
    const outcome = left.shift()!
    if (outcome instanceof Error)
      throw outcome
    return outcome
  }, 'a.md', text => terminal.push(text))
  while (left.length > 0) {
    const { text, isFailure } = await next()
    results.push({ terminal: terminal.splice(0), slides: text === '' ? [] : [isFailure ? 'failure' : 'quiet', text] })
  }
  return results
}

it('a warning is said once, not again when it stands a line lower, and its end is said', async () => {
  expect(await session([['a.md:7: picture'], ['a.md:8: picture'], ['a.md:3: link', 'a.md:8: picture', 'a.md:9: link'], ['a.md:3: link'], [], []])).toEqual([
    { terminal: ['a.md:7: picture'], slides: ['quiet', 'a.md:7: picture'] },
    { terminal: [], slides: [] },
    { terminal: ['a.md:3: link\na.md:8: picture\na.md:9: link'], slides: ['quiet', 'a.md:3: link\nand 1 more in the terminal'] },
    { terminal: [], slides: [] },
    { terminal: ['No warnings any more.'], slides: [] },
    { terminal: [], slides: [] },
  ])
})

it('an error is said each time, and when it is mended', async () => {
  const error = new Error('a.md:2: broken')
  const said = 'a.md:2: broken\nThese are the last good slides.'
  expect(await session([['a.md:7: picture'], error, error, ['a.md:7: picture']])).toEqual([
    { terminal: ['a.md:7: picture'], slides: ['quiet', 'a.md:7: picture'] },
    { terminal: [said], slides: ['failure', said] },
    { terminal: [said], slides: ['failure', said] },
    { terminal: ['a.md is good again.'], slides: [] },
  ])
})
