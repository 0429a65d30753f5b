import { describe, expect, it } from 'vitest'
import { labelSelector, requirementHolds, SelectorError, selectorFromLabels, selectorMatches } from '../../model/selectors.ts'

describe('labelSelector', () => {
  it('matches nothing when absent, everything when empty', () => {
    expect(selectorMatches(labelSelector(undefined), { a: 'b' })).toBe(false)
    expect(selectorMatches(labelSelector(null), undefined)).toBe(false)
    expect(selectorMatches(labelSelector({}), { a: 'b' })).toBe(true)
    expect(selectorMatches(labelSelector({}), undefined)).toBe(true)
  })

  it('needs every label and every expression', () => {
    const selector = labelSelector({ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['back'] }] })
    expect(selectorMatches(selector, { app: 'web' })).toBe(true)
    expect(selectorMatches(selector, { app: 'web', tier: 'front' })).toBe(true)
    expect(selectorMatches(selector, { app: 'web', tier: 'back' })).toBe(false)
    expect(selectorMatches(selector, { tier: 'front' })).toBe(false)
  })

  it('does not take what every object inherits for a label', () => {
    expect(selectorMatches(labelSelector({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }), {})).toBe(false)
  })

  it.each([
    [{ key: 'a', operator: 'In' }, 'spec.selector.matchExpressions[0].values'],
    [{ key: 'a', operator: 'NotIn', values: [] }, 'spec.selector.matchExpressions[0].values'],
    [{ key: 'a', operator: 'Exists', values: ['x'] }, 'spec.selector.matchExpressions[0].values'],
    [{ key: 'a', operator: 'DoesNotExist', values: ['x'] }, 'spec.selector.matchExpressions[0].values'],
    [{ key: 'a', operator: 'Gt', values: ['1'] }, 'spec.selector.matchExpressions[0].operator'],
  ])('refuses %j, naming the field', (expression, path) => {
    let error: unknown
    try {
      labelSelector({ matchExpressions: [expression] }, 'spec.selector')
    }
    catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(SelectorError)
    expect((error as SelectorError).path).toBe(path)
  })
})

describe('requirementHolds', () => {
  it.each([
    ['In', ['x', 'y'], { a: 'y' }, true],
    ['In', ['x'], {}, false],
    ['NotIn', ['x'], {}, true],
    ['NotIn', ['x'], { a: 'x' }, false],
    ['Exists', [], { a: '' }, true],
    ['Exists', [], {}, false],
    ['DoesNotExist', [], {}, true],
    ['DoesNotExist', [], { a: '' }, false],
    ['Gt', ['5'], { a: '6' }, true],
    ['Gt', ['5'], { a: '5' }, false],
    ['Lt', ['5'], { a: '4' }, true],
    ['Lt', ['5'], { a: '5' }, false],
    ['Lt', ['5'], {}, false],
    ['Gt', ['5'], { a: 'six' }, false],
    ['Gt', ['five'], { a: '6' }, false],
    ['Gt', ['9223372036854775806'], { a: '9223372036854775807' }, true],
    ['Gt', ['5'], { a: '9223372036854775808' }, false],
    ['Lt', ['5'], { a: '+4' }, true],
  ] as const)('%s %j on %j: %s', (operator, values, labels, holds) => {
    expect(requirementHolds({ key: 'a', operator, values }, labels)).toBe(holds)
  })

  it('makes a requirement of each label, by name', () => {
    expect(selectorFromLabels({ b: '2', a: '1' })).toEqual([
      { key: 'a', operator: 'In', values: ['1'] },
      { key: 'b', operator: 'In', values: ['2'] },
    ])
  })
})
