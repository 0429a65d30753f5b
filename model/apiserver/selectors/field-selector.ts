/**
 * Field selectors: `spec.nodeName=n1,status.phase!=Running`.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/fields/selector.go and the conversions of pkg/apis/core/v1/conversion.go
 */
import type { ResourceType } from '../registry/resource-type.ts'
import type { Doc } from '../status.ts'
import { badRequest, notModelled } from '../status.ts'

/** One term: the field must (not) have this value. */
export interface FieldTerm { field: string, equal: boolean, value: string }

/** Reads a field selector for a resource. @throws 400 for a field that the resource has no selector for */
export function parseFieldSelector(text = '', type: ResourceType): FieldTerm[] {
  return text.split(',').filter(Boolean).map((term) => {
    const parts = /^([^!=]*)(!=|==|=)(.*)$/.exec(term)
    if (!parts)
      throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`)
    const [, field = '', operator = '', value = ''] = parts
    if (/[\\=]/.test(value))
      notModelled('this field selector')
    const known = field === 'metadata.name' || (field === 'metadata.namespace' && (type.namespaced || type.unknownField === 'known')) || field in (type.fields ?? {})
    if (!known) {
      if (!type.unknownField || field === 'status.podIPs')
        notModelled(`the field selector ${field} of ${type.resource}`)
      throw badRequest(type.unknownField === 'known' ? `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"` : `field label not supported: ${field}`)
    }
    return { field, equal: operator !== '!=', value }
  })
}

function valueOf(object: Doc, field: string, type: ResourceType): string {
  if (field === 'metadata.name' || field === 'metadata.namespace')
    return object.metadata[field.slice('metadata.'.length)] ?? ''
  return String(type.fields![field]!(object))
}

/** Whether an object has the values asked for. */
export function fieldsMatch(terms: readonly FieldTerm[], object: Doc, type: ResourceType): boolean {
  return terms.every(({ field, equal, value }) => (valueOf(object, field, type) === value) === equal)
}
