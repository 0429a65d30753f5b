import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const eslint = new ESLint()

async function complaints(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: file })
  return (result?.messages ?? []).map(message => message.ruleId ?? message.message)
}

describe('the import direction of the house', () => {
  it.each([
    ['model/etcd/x.ts', '../apiserver/x.ts'],
    ['model/apiserver/x.ts', '../scheduler/x.ts'],
    ['model/scheduler/x.ts', '../etcd/x.ts'],
    ['model/trace.ts', './etcd/x.ts'],
    ['scenes/x.ts', '../components/x.ts'],
    ['compiler/x.ts', '../model/trace.ts'],
    ['components/x.ts', '../compiler/x.ts'],
  ])('%s may not import %s', async (file, target) => {
    expect(await complaints(file, `export { x } from '${target}'\n`)).toContain('no-restricted-imports')
  })

  it.each([
    ['model/apiserver/x.ts', '../etcd/x.ts'],
    ['model/scheduler/x.ts', '../apiserver/x.ts'],
    ['model/cluster.ts', './etcd/x.ts'],
    ['scenes/x.ts', '../model/cluster.ts'],
    ['components/x.ts', '../scenes/x.ts'],
  ])('%s may import %s', async (file, target) => {
    expect(await complaints(file, `export { x } from '${target}'\n`)).not.toContain('no-restricted-imports')
  })

  it.each(['model/x.ts', 'scenes/x.ts'])('%s has neither clock nor dice nor timer', async (file) => {
    const rules = await complaints(file, 'export const x = [Date.now(), Math.random(), setTimeout(() => {}, 1)]\n')
    expect(rules).toContain('no-restricted-properties')
    expect(rules).toContain('no-restricted-globals')
  })
})
