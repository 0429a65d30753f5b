import type { Doc } from '../../model/apiserver/status.ts'
import type { Recording } from './source.ts'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { resourceTypes } from '../../model/apiserver/registry/resources.ts'
import { decode } from '../../model/apiserver/schema/decode.ts'
import { Refusal } from '../../model/apiserver/status.ts'
import { describeRecordings, linesOf } from './source.ts'
import '../../model/apiserver/extras.ts'

const kinds = new Set(resourceTypes.map(type => `${type.group && `${type.group}/`}${type.version} ${type.kind}`))

/** The object as the model's schema has it, or undefined where it says that it hasn't. */
function asModelled(object: Doc): ReturnType<typeof decode> | undefined {
  try {
    return decode(object, object.kind, object.apiVersion)
  }
  catch (error) {
    if (error instanceof Refusal && error.response.status === 501)
      return undefined
    throw error
  }
}

/** Every object that the recorded control plane kept or wrote: the schema takes it as it is, field by field, or says 501. */
function replay({ name, path }: Recording): number {
  const lines = readdirSync(path).filter(file => file.endsWith('.jsonl')).flatMap(file => linesOf<{ object?: Doc, mark?: string, verb?: string }>(join(path, file)))
  expect(lines.filter(({ object, mark, verb }) => !object && !mark && !verb), `${name}: lines of an unknown kind`).toEqual([])
  const objects = lines.flatMap(({ object }) => object && kinds.has(`${object.apiVersion} ${object.kind}`) ? [object] : [])
  let equal = 0
  for (const object of objects) {
    const modelled = asModelled(object)
    if (!modelled)
      continue
    expect(modelled.unknown, `${name} ${object.metadata.name}`).toEqual([])
    // An empty map of annotations is printed by some and not by others.
    const { annotations = {}, ...metadata } = object.metadata
    expect(modelled.object).toEqual({ ...object, metadata: { ...metadata, ...(Object.keys(annotations).length && { annotations }) } })
    equal++
  }
  console.log(`${name}: ${equal} objects equal, ${objects.length - equal} not modelled`)
  return equal
}

describeRecordings('cluster', replay)
