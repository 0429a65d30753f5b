/** What the generic storage needs to know of one resource. */
import type { FieldError } from '../field-error.ts'
import type { Doc, Named } from '../status.ts'
import type { NameRule } from '../validation/names.ts'

/**
 * One resource: names, key prefix in etcd, and what makes it differ from the others. Functions change `object` in place or
 * return field errors; `old` is the stored object. All throw 501 for what isn't modelled.
 */
export interface ResourceType extends Named {
  version: string
  namespaced: boolean
  /** The key prefix, `/registry/pods/`. */
  prefix: string
  nameRule: NameRule
  subresources: readonly string[]
  /** Fills in the API's defaults: on every object that comes in. */
  defaults?: (object: Doc) => void
  prepareForCreate?: (object: Doc) => void
  prepareForUpdate?: (object: Doc, old: Doc) => void
  /** What an update through `/status` may not change is put back. */
  prepareForStatus?: (object: Doc, old: Doc) => void
  validate?: (object: Doc) => FieldError[]
  /** Beyond `validate`, which runs on updates too. */
  validateUpdate?: (object: Doc, old: Doc) => FieldError[]
  validateStatus?: (object: Doc, old: Doc) => FieldError[]
  /** The part whose change raises metadata.generation; absent: the kind has no generation. */
  generationOf?: (object: Doc) => unknown
  /** Field selectors besides metadata.name and metadata.namespace. */
  fields?: Record<string, (object: Doc) => unknown>
  /** The words for an unknown field selector: `known` lists the two of metadata, `label` is the older text; absent: 501. */
  unknownField?: 'known' | 'label'
  /** DELETE answers with the object even when it is gone at once. */
  answersDeleted?: boolean
  /** A PUT without resourceVersion overwrites. */
  unconditionalUpdate?: boolean
  deleteCollection?: boolean
  /** A warning on every answer. */
  warning?: string
  /** Only watched: a write is not modelled. */
  readOnly?: boolean
}

/** apiVersion of the resource's objects: `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: { group: string, version: string }): string {
  return group ? `${group}/${version}` : version
}

/** Whether two JSON values are the same; both in stored form, so that the order of keys is the same too. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
