import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const fixture = join(root, 'tests/fixtures/toy-scene')
let copy: string

/** docs/adding-a-scene.md to the letter, in a copy: one file, its captions; what `npm run deck` asks for then works. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'toy-scene-'))
  for (const folder of ['model', 'scenes', 'locales', 'package.json'])
    cpSync(join(root, folder), join(copy, folder), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  cpSync(join(fixture, 'node-registration.ts'), join(copy, 'scenes/node-registration.ts'))
  for (const language of ['en', 'fr']) {
    const messages = join(copy, `locales/${language}.yaml`)
    writeFileSync(messages, readFileSync(messages, 'utf8').replace(/^scenes:\n/m, readFileSync(join(fixture, `${language}.yaml`), 'utf8')))
  }
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe('adding a scene', () => {
  it.each([
    ['en', 'The kubelet of node-1 registers its node with the API server. Nodes are never fetched, they announce themselves.'],
    ['fr', 'Le kubelet de node-1 inscrit son nœud auprès du serveur d’API. On ne va pas chercher les nœuds, ils s’annoncent.'],
  ])('takes one file and its captions (%s)', (language, last) => {
    const program = `const { sceneCues } = await import('./scenes/cues.ts')
      console.log(JSON.stringify(await sceneCues('node-registration', undefined, '${language}')))`
    const cues = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: copy, encoding: 'utf8' }))
    expect(cues).toHaveLength(2)
    expect(cues.at(-1)).toBe(last)
  })
})
