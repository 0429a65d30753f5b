import { expect, it } from 'vitest'
import { modelSize } from '../../bench/model-size.ts'

it('the model is at most 60 kB gzipped in the site', async () => {
  const { gzipped, gzippedInChunks, parts } = await modelSize()
  expect(Object.keys(parts)).toEqual(expect.arrayContaining(['etcd', 'apiserver', 'scheduler']))
  expect(gzipped).toBeLessThanOrEqual(60_000)
  expect(gzippedInChunks).toBeLessThanOrEqual(60_000)
})
