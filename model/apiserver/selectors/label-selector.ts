/**
 * Label selectors as text: `app=web,tier in (front,back),!old`.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/labels/selector.go (Parser)
 */
import type { Requirement } from '../../selectors.ts'
import { badRequest, notModelled } from '../status.ts'
import { isQualifiedName, labelValueRule } from '../validation/names.ts'

interface Token { kind: 'identifier' | 'end' | 'symbol', text: string }

const symbol = /^(?:==|!=|[=!<>(),])/

function tokens(text: string): Token[] {
  const found: Token[] = []
  let rest = text.trimStart()
  while (rest) {
    const special = symbol.exec(rest)?.[0]
    const word = special ?? /^[^\s=!<>(),]+/.exec(rest)![0]
    found.push({ kind: special ? 'symbol' : 'identifier', text: word })
    rest = rest.slice(word.length).trimStart()
  }
  return [...found, { kind: 'end', text: '' }]
}

function refuse(text: string): never {
  throw badRequest(text)
}

function plainValue(value: string): string {
  return value.length <= 63 && !labelValueRule.problem(value) ? value : notModelled(`the label value ${value}`)
}

/** Reads the tokens of one requirement, and leaves the rest. */
function requirement(line: Token[]): Requirement {
  const negated = line[0]!.text === '!' && line[0]!.kind === 'symbol'
  if (negated)
    line.shift()
  const { kind, text: key } = line.shift()!
  if (kind !== 'identifier')
    negated ? notModelled('this label selector') : refuse(`found '${key}', expected: !, identifier, or 'end of string'`)
  if (!isQualifiedName(key))
    notModelled(`the label key ${key}`)
  const next = line[0]!
  if (next.kind === 'end' || next.text === ',')
    return { key, operator: negated ? 'DoesNotExist' : 'Exists', values: [] }
  if (negated)
    notModelled('this label selector')
  line.shift()
  switch (next.text) {
    case '=':
    case '==':
      return { key, operator: 'In', values: [oneValue(line)] }
    case '!=':
      return { key, operator: 'NotIn', values: [oneValue(line)] }
    case '>':
    case '<': {
      const value = oneValue(line)
      if (!/^\d+$/.test(value))
        notModelled('a bound that is no number')
      return { key, operator: next.text === '>' ? 'Gt' : 'Lt', values: [value] }
    }
    case 'in':
    case 'notin':
      return { key, operator: next.text === 'in' ? 'In' : 'NotIn', values: valueSet(line) }
    default:
      return refuse(`unable to parse requirement: found '${next.text}', expected: in, notin, =, ==, !=, gt, lt`)
  }
}

function oneValue(line: Token[]): string {
  const { kind, text } = line[0]!
  if (kind === 'end' || text === ',')
    return ''
  if (kind !== 'identifier')
    notModelled('this label selector')
  line.shift()
  return plainValue(text)
}

function valueSet(line: Token[]): string[] {
  const open = line.shift()!
  if (open.text !== '(')
    open.kind === 'end' ? notModelled('this label selector') : refuse(`unable to parse requirement: found '${open.text}' expected: '('`)
  const values: string[] = []
  for (;;) {
    const token = line.shift()!
    if (token.text === ')' && token.kind === 'symbol')
      return values.length ? values : ['']
    if (token.kind === 'identifier')
      values.push(plainValue(token.text))
    else if (token.text !== ',' || !values.length || line[0]!.kind !== 'identifier')
      notModelled('this set of values')
  }
}

/** Reads a label selector; the empty text selects everything. @throws 400 with upstream's words; 501 where they aren't known */
export function parseLabelSelector(text = ''): Requirement[] {
  const line = tokens(text)
  const requirements: Requirement[] = []
  if (line.length === 1)
    return requirements
  for (;;) {
    requirements.push(requirement(line))
    const separator = line.shift()!
    if (separator.kind === 'end')
      return requirements
    if (separator.text !== ',' || (line[0]!.kind !== 'identifier' && line[0]!.text !== '!'))
      notModelled('this label selector')
  }
}
