import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

it('the decks are fresh, and the plan names no heading, diagram or scene that is not there', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', join(root, 'scripts/deck.ts'), '--check'], { cwd: root, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^slides\.md: \d+ slides/)
  expect(status).toBe(0)
})
