import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const program = `
  const { createDirect, handle } = await import('./model/apiserver/direct.ts')
  await import('./model/apiserver/client.ts')
  const patch = { method: 'PATCH', path: '/api/v1/namespaces/default', headers: { 'content-type': 'application/json-patch+json' }, body: [{ op: 'add', path: '/metadata/labels/a', value: 'b' }] }
  console.log(handle(createDirect(), patch, 0).body.metadata.labels.a)
`

// The deck's notes are made by plain Node, which loads CommonJS packages in its own way.
it('the model runs in plain Node, without a bundler', () => {
  const { stdout, stderr } = spawnSync(`${root}/node_modules/node/bin/node`, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', program], { cwd: root, encoding: 'utf8', env: process.env })
  expect(stderr).toBe('')
  expect(stdout.trim()).toBe('b')
})
