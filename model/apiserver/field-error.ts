/**
 * One wrong field of an object, with the text that the API server gives it.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go
 */

/** `field` is the path (`spec.containers[0].image`), `text` what follows it in the message, `reason` the cause's. */
export interface FieldError {
  field: string
  reason: string
  text: string
}

/** A value in an error: text in quotes, all else as JSON. */
function shown(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value)
}

export const requiredValue = (field: string, detail = ''): FieldError => ({ field, reason: 'FieldValueRequired', text: `Required value${detail && `: ${detail}`}` })
export const invalidValue = (field: string, value: unknown, detail: string): FieldError => ({ field, reason: 'FieldValueInvalid', text: `Invalid value: ${shown(value)}: ${detail}` })
export const forbiddenField = (field: string, detail: string): FieldError => ({ field, reason: 'FieldValueForbidden', text: `Forbidden: ${detail}` })
export const duplicateValue = (field: string, value: unknown, detail = ''): FieldError => ({ field, reason: 'FieldValueDuplicate', text: `Duplicate value: ${shown(value)}${detail && `: ${detail}`}` })
export const missingValue = (field: string, value: unknown): FieldError => ({ field, reason: 'FieldValueNotFound', text: `Not found: ${shown(value)}` })

export function unsupportedValue(field: string, value: unknown, supported: readonly string[]): FieldError {
  return { field, reason: 'FieldValueNotSupported', text: `Unsupported value: ${shown(value)}: supported values: ${supported.map(each => `"${each}"`).join(', ')}` }
}
