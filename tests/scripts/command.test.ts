import { parseArgs } from 'node:util'
import { expect, it } from 'vitest'
import { explain } from '../../scripts/command.ts'

/** What a function throws. */
function thrown(action: () => void): unknown {
  try {
    action()
  }
  catch (error) {
    return error
  }
  throw new Error('It went well')
}

it('says of a mistake on the command line what is wrong, in a sentence', () => {
  expect(explain(thrown(() => parseArgs({ args: ['--langue', 'fr'], options: {} })))).toBe('Unknown option \'--langue\'')
})

it('says what a person can mend in a line, and shows where an error of the program comes from', () => {
  expect(explain(new Error('--range 99: the deck has slides 1 to 44'))).toBe('--range 99: the deck has slides 1 to 44')
  expect(explain(new TypeError('x is undefined'))).toContain('command.test.ts')
})
