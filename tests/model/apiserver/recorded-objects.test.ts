import type { Doc } from '../../../model/apiserver/status.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { resourceTypes } from '../../../model/apiserver/registry/resources.ts'
import { decode } from '../../../model/apiserver/schema/decode.ts'
import '../../../model/apiserver/extras.ts'

const root = fileURLToPath(new URL('../../fixtures/recordings/cluster/', import.meta.url))

/** Every object that the recorded control plane kept or wrote, of the kinds that the model has. */
function recordedObjects(): Doc[] {
  const kinds = new Set(resourceTypes.map(type => `${type.group && `${type.group}/`}${type.version} ${type.kind}`))
  const lines = readdirSync(root).flatMap(folder => ['initial.jsonl', 'writes.jsonl'].map(file => `${root}${folder}/${file}`)).filter(existsSync).flatMap(file => readFileSync(file, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line)))
  return lines.map(line => line.object).filter(object => object && kinds.has(`${object.apiVersion} ${object.kind}`))
}

describe('the schema', () => {
  it('takes every recorded object as it is, field by field', () => {
    const objects = recordedObjects()
    expect(objects.length).toBeGreaterThan(100)
    for (const object of objects) {
      const { object: own, unknown } = decode(object, object.kind, object.apiVersion)
      expect(unknown, object.metadata.name).toEqual([])
      // An empty map of annotations is printed by some and not by others.
      const { annotations = {}, ...metadata } = object.metadata
      expect(own).toEqual({ ...object, metadata: { ...metadata, ...(Object.keys(annotations).length && { annotations }) } })
    }
  })
})
