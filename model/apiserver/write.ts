/**
 * What create and update share: preparing an object, checking it, saying who wrote it.
 *
 * Models staging/src/k8s.io/apiserver/pkg/registry/rest/{create,update}.go
 */
import type { Target } from './context.ts'
import type { FieldError } from './field-error.ts'
import type { WriteOptions } from './options.ts'
import type { Doc } from './status.ts'
import { timestamp } from './context.ts'
import { apiVersionOf, same } from './registry/resource-type.ts'
import { normalise } from './schema/decode.ts'
import { invalid, notModelled } from './status.ts'
import { metadataErrors, metadataUpdateErrors } from './validation/metadata.ts'

/** Fills in defaults and brings the object into its stored form. */
export function withDefaults({ type }: Target, object: Doc): Doc {
  type.defaults?.(object)
  return normalise(object)
}

/** @throws 422 when there are errors */
export function refuseInvalid({ type }: Target, name: string, errors: readonly FieldError[]): void {
  if (errors.length)
    throw invalid(type.kind, type.group, name, errors)
}

/** The entry of whoever writes now; without fieldsV1, which says field by field what upstream's apply needs. */
export function sign(object: Doc, { type, now, info }: Target, { manager }: WriteOptions, old?: Doc): Doc {
  const subresource = info.subresource || undefined
  const others: Doc[] = (old?.metadata.managedFields ?? []).filter((entry: Doc) => entry.manager !== manager || entry.subresource !== subresource)
  const entry = { manager, operation: 'Update', apiVersion: apiVersionOf(type), time: timestamp(now), ...(subresource && { subresource }) }
  return { ...object, metadata: { ...object.metadata, managedFields: [...others, entry] } }
}

/** @throws 422 for a new object that isn't right */
export function validateNew(target: Target, object: Doc): void {
  const { type } = target
  refuseInvalid(target, object.metadata.name ?? '', [...metadataErrors(object.metadata, type.nameRule), ...type.validate?.(object) ?? []])
}

/** @throws 422 for a change that isn't allowed, or whose outcome isn't right */
export function validateChange(target: Target, object: Doc, old: Doc): void {
  const { type, info } = target
  const metadata = metadataUpdateErrors(object.metadata, old.metadata)
  const own = info.subresource === 'status'
    ? type.validateStatus?.(object, old) ?? type.validate?.(object) ?? []
    : [...type.validate?.(object) ?? [], ...type.validateUpdate?.(object, old) ?? []]
  // Each of these stands two to four times among the causes, by kind.
  if (!metadata.length && metadataErrors(object.metadata, type.nameRule).length)
    notModelled('the causes of ill-formed metadata in an update')
  refuseInvalid(target, object.metadata.name, [...metadata, ...own])
}

/** What an update takes over from the stored object, whatever the client sent. */
export function keepSystemFields({ type, info }: Target, object: Doc, old: Doc): Doc {
  const { metadata } = object
  const before = old.metadata
  metadata.uid ??= before.uid
  metadata.creationTimestamp = before.creationTimestamp
  if (before.deletionTimestamp)
    metadata.deletionTimestamp = before.deletionTimestamp
  metadata.deletionGracePeriodSeconds ??= before.deletionGracePeriodSeconds
  metadata.generation = before.generation
  if (info.subresource === 'status')
    type.prepareForStatus?.(object, old)
  else
    type.prepareForUpdate?.(object, old)
  const next = normalise(object)
  if (type.generationOf && before.generation && !info.subresource && !same(type.generationOf(next), type.generationOf(old)))
    next.metadata.generation += 1
  return next
}
