/**
 * Objects in etcd: keys, the object at a revision, and the transactions that write it.
 *
 * Models staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go
 */
import type { KeyValue, ResponseOp } from '../etcd/kv.ts'
import type { Flow } from './flow.ts'
import type { ResourceType } from './registry/resource-type.ts'
import type { Doc } from './status.ts'
import { cachedOne, enter, range, txn } from './flow.ts'
import { same } from './registry/resource-type.ts'
import { alreadyExists, conflict, modified, notFound, Refusal } from './status.ts'

/** The key of an object: `/registry/pods/default/web`. */
export function keyOf(type: ResourceType, namespace: string, name: string): string {
  return `${type.prefix}${type.namespaced ? `${namespace}/` : ''}${name}`
}

/** An object with this resourceVersion, in Go's order of fields; undefined: without one, as it is stored. */
export function atRevision(object: Doc, revision: number | undefined): Doc {
  const { name, generateName, namespace, uid, resourceVersion: _, ...rest } = object.metadata
  const { kind, apiVersion, metadata: _metadata, ...body } = object
  const metadata = {
    ...(name !== undefined && { name }),
    ...(generateName !== undefined && { generateName }),
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(revision !== undefined && { resourceVersion: String(revision) }),
    ...rest,
  }
  return { kind, apiVersion, metadata, ...body }
}

/** A stored value as the API shows it: resourceVersion is the key's mod revision. */
export function objectOf({ value, modRevision }: Pick<KeyValue, 'value' | 'modRevision'>): Doc {
  return atRevision(value as Doc, modRevision)
}

export const revisionOf = (object: Doc): number => Number(object.metadata.resourceVersion)

/** The object as etcd has it now. */
export function* readLive(key: string): Flow<Doc | undefined> {
  const { kvs } = yield* range({ key })
  return kvs[0] && objectOf(kvs[0])
}

/** Writes a key that isn't there. @throws 409 AlreadyExists when it is */
export function* createKey(type: ResourceType, key: string, object: Doc): Flow<Doc> {
  const answer = yield* txn({
    compare: [{ key, target: 'MOD', result: 'EQUAL', modRevision: 0 }],
    success: [{ put: { key, value: atRevision(object, undefined) } }],
    failure: [{ range: { key } }],
  })
  if (answer.succeeded)
    return atRevision(object, answer.header.revision)
  throw existsError(type, object.metadata.name, answer.responses[0])
}

function existsError(type: ResourceType, name: string, response: ResponseOp | undefined): Refusal {
  const present = response?.range?.kvs[0]
  return alreadyExists(type, name, Boolean((present?.value as Doc | undefined)?.metadata.deletionTimestamp))
}

/** Without what changes by itself: who wrote, and the revision. */
function essence(object: Doc): Doc {
  const { managedFields: _fields, resourceVersion: _revision, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** How an update ended: `unchanged` wrote nothing. */
export interface Updated { object: Doc, unchanged: boolean }

/**
 * Reads, changes, writes if nobody wrote in between, else begins again with what is there now. The first try goes by the watch
 * cache; a refusal on grounds of a cache that lags is not final.
 * @throws 404, and whatever `change` refuses
 */
export function* guaranteedUpdate(type: ResourceType, namespace: string, name: string, change: (old: Doc) => Flow<Doc>, dryRun = false): Flow<Updated> {
  const key = keyOf(type, namespace, name)
  let current = yield* cachedOne(type.resource, namespace, name)
  let live = false
  for (;;) {
    if (!current && !live) {
      current = yield* readLive(key)
      live = true
    }
    if (!current) {
      yield* enter('storage')
      throw notFound(type, name)
    }
    let next: Doc
    try {
      next = yield* change(structuredClone(current))
    }
    catch (error) {
      const again: Doc | undefined = live || !(error instanceof Refusal) ? current : yield* readLive(key)
      if (again && revisionOf(again) === revisionOf(current))
        throw error
      current = again
      live = true
      continue
    }
    if (same(essence(next), essence(current))) {
      const again: Doc | undefined = live ? current : yield* readLive(key)
      if (again && revisionOf(again) === revisionOf(current))
        return { object: current, unchanged: true }
      current = again
      live = true
      continue
    }
    if (dryRun)
      return { object: atRevision(next, revisionOf(current)), unchanged: true }
    const answer = yield* txn({
      compare: [{ key, target: 'MOD', result: 'EQUAL', modRevision: revisionOf(current) }],
      success: [{ put: { key, value: atRevision(next, undefined) } }],
      failure: [{ range: { key } }],
    })
    if (answer.succeeded)
      return { object: atRevision(next, answer.header.revision), unchanged: false }
    const [response] = answer.responses
    const present = response?.range?.kvs[0]
    current = present && objectOf(present)
    live = true
  }
}

/** Deletes the key at this object's revision; answers with the object at the revision of its deletion, or what is there instead. */
export function* deleteKey(key: string, object: Doc): Flow<{ deleted?: Doc, present?: Doc }> {
  const answer = yield* txn({
    compare: [{ key, target: 'MOD', result: 'EQUAL', modRevision: revisionOf(object) }],
    success: [{ deleteRange: { key } }],
    failure: [{ range: { key } }],
  })
  if (answer.succeeded)
    return { deleted: atRevision(object, answer.header.revision) }
  const [response] = answer.responses
  const present = response?.range?.kvs[0]
  return { ...(present && { present: objectOf(present) }) }
}

/** Deletes whatever stands there now. @throws 404 when nothing does */
export function* deleteObject(type: ResourceType, namespace: string, object: Doc): Flow<Doc> {
  const key = keyOf(type, namespace, object.metadata.name)
  let current = object
  for (;;) {
    const { deleted, present } = yield* deleteKey(key, current)
    if (deleted)
      return deleted
    if (!present)
      throw notFound(type, object.metadata.name)
    current = present
  }
}

/** Compares resourceVersions inside the update, after admission has changed the object and before anything validates it. @throws 409 when the object isn't at the revision that the client wants to change */
export function* expectRevision(type: ResourceType, name: string, wanted: string | undefined, old: Doc): Flow<void> {
  if (wanted && wanted !== '0' && wanted !== old.metadata.resourceVersion) {
    yield* enter('storage')
    throw conflict(type, name, modified)
  }
}
