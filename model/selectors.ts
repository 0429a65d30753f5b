/**
 * Label selectors: the object form (`{ matchLabels, matchExpressions }`), made ready once and matched many times.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go (LabelSelectorAsSelector) and pkg/labels/selector.go
 */
import type { Labels, LabelSelector, LabelSelectorRequirement } from './objects.ts'

/** One condition on labels, ready to be matched. */
export interface Requirement {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt'
  readonly values: readonly string[]
}

/** All of the requirements must hold; `undefined` stands for the selector that matches nothing. */
export type Selector = readonly Requirement[] | undefined

/** A refused selector; `path` says which field held it. */
export class SelectorError extends Error {
  readonly path: string

  constructor(path: string, message: string) {
    super(path ? `${path}: ${message}` : message)
    this.name = 'SelectorError'
    this.path = path
  }
}

/** The selector that matches everything. */
export const everything: Selector = []

/** A map of labels as a selector: every label must be there with its value. */
export function selectorFromLabels(labels: Labels = {}): Requirement[] {
  return Object.keys(labels).sort().map(key => ({ key, operator: 'In' as const, values: [labels[key]!] }))
}

/**
 * Makes a LabelSelector ready. An absent one matches nothing, an empty one everything.
 *
 * @throws {SelectorError} on an unknown operator, or values that don't fit it
 */
export function labelSelector(selector: LabelSelector | null | undefined, path = ''): Selector {
  if (!selector)
    return undefined
  const expressions = (selector.matchExpressions ?? []).map((expression, index) =>
    requirement(expression, `${path ? `${path}.` : ''}matchExpressions[${index}]`))
  return [...selectorFromLabels(selector.matchLabels), ...expressions]
}

function requirement({ key, operator, values = [] }: LabelSelectorRequirement, path: string): Requirement {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (!values.length)
        throw new SelectorError(`${path}.values`, `Required value: must be specified when \`operator\` is 'In' or 'NotIn'`)
      break
    case 'Exists':
    case 'DoesNotExist':
      if (values.length)
        throw new SelectorError(`${path}.values`, `Forbidden: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'`)
      break
    default:
      throw new SelectorError(`${path}.operator`, `Invalid value: ${JSON.stringify(operator)}: not a valid selector operator`)
  }
  return { key, operator: operator as Requirement['operator'], values }
}

/** A label as a whole number that fits 64 bits, as Gt and Lt need it. */
function integer(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[+-]?\d+$/.test(text))
    return undefined
  const number = BigInt(text.replace('+', ''))
  return BigInt.asIntN(64, number) === number ? number : undefined
}

/** Whether one requirement holds. NotIn and DoesNotExist hold where the key is missing; Gt and Lt need whole numbers. */
export function requirementHolds({ key, operator, values }: Requirement, labels: Labels | undefined): boolean {
  const value = labels && Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value)
    case 'NotIn': return value === undefined || !values.includes(value)
    case 'Exists': return value !== undefined
    case 'DoesNotExist': return value === undefined
    default: {
      const ours = integer(value)
      const bound = integer(values[0])
      if (ours === undefined || bound === undefined)
        return false
      return operator === 'Gt' ? ours > bound : ours < bound
    }
  }
}

/** Whether the labels satisfy the selector. */
export function selectorMatches(selector: Selector, labels: Labels | undefined): boolean {
  return selector !== undefined && selector.every(each => requirementHolds(each, labels))
}
