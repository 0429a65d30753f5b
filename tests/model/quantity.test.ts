import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addQuantities, compareQuantities, formatQuantity, milliValue, parseQuantity, QuantityError, subtractQuantities, wholeValue } from '../../model/quantity.ts'

describe('parseQuantity and formatQuantity', () => {
  it.each([
    ['2', '2'],
    ['500m', '500m'],
    ['1Gi', '1Gi'],
    ['1e3', '1e3'],
    ['0', '0'],
    ['0Mi', '0'],
    ['1.5', '1500m'],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['1000m', '1'],
    ['1000', '1k'],
    ['1024', '1024'],
    ['1024Mi', '1Gi'],
    ['1536Mi', '1536Mi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Mi', '512Ki'],
    ['1.5Ki', '1536'],
    ['0.3Ki', '307200m'],
    ['12e5', '1200e3'],
    ['1E', '1E'],
    ['1e30', '1e30'],
    ['100000000000000000000', '100E'],
    ['-1Gi', '-1Gi'],
    ['1n', '1n'],
    ['0.1n', '1n'],
    ['-0.1n', '-1n'],
    ['0.0000000001Mi', '104858n'],
    ['9999Ei', '9223372036854775807'],
    ['007', '007'],
    // Upstream prints a text again that looks canonical to its short cut, though it isn't.
    ['1.500', '1.500'],
    ['2.', '2.'],
  ])('%s is printed %s', (text, printed) => {
    expect(formatQuantity(parseQuantity(text))).toBe(printed)
  })

  it('takes the bare numbers that YAML gives', () => {
    expect(formatQuantity(parseQuantity(2))).toBe('2')
    expect(formatQuantity(parseQuantity(0.25))).toBe('250m')
  })

  it.each([
    ['', 'quantities must match'],
    ['abc', 'quantities must match'],
    ['1.1.M', 'quantities must match'],
    ['1 Gi', 'quantities must match'],
    [' 1', 'quantities must match'],
    ['1GiB', 'quantities must match'],
    ['1gi', 'quantities must match'],
    ['1K', `unable to parse quantity's suffix`],
    ['1Kii', `unable to parse quantity's suffix`],
    ['1e', `unable to parse quantity's suffix`],
    ['1e+', `unable to parse quantity's suffix`],
    ['--1', `unable to parse quantity's suffix`],
    ['1e99999999', `unable to parse quantity's suffix`],
  ])('refuses %j, naming the field', (text, reason) => {
    expect(() => parseQuantity(text, 'spec.containers[0].resources.requests.cpu')).toThrow(QuantityError)
    expect(() => parseQuantity(text, 'spec.containers[0].resources.requests.cpu')).toThrow(`spec.containers[0].resources.requests.cpu: Invalid value: ${JSON.stringify(text)}: ${reason}`)
  })

  it('prints every canonical text as it came, and keeps the amount of any', () => {
    const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'e3', 'e-6', 'E+2')
    const text = fc.tuple(fc.constantFrom('', '-', '+'), fc.nat(99999), fc.option(fc.nat(999)), suffix)
      .map(([sign, whole, fraction, end]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${end}`)
    fc.assert(fc.property(text, (given) => {
      const quantity = parseQuantity(given)
      const printed = formatQuantity({ nano: quantity.nano, format: quantity.format })
      expect(parseQuantity(printed).nano).toBe(quantity.nano)
      expect(formatQuantity(parseQuantity(printed))).toBe(printed)
    }))
  })
})

describe('amounts', () => {
  it('are rounded up, away from zero', () => {
    expect(milliValue(parseQuantity('1.0001'))).toBe(1001)
    expect(milliValue(parseQuantity('-1.0001'))).toBe(-1001)
    expect(wholeValue(parseQuantity('1m'))).toBe(1)
    expect(wholeValue(parseQuantity('1Gi'))).toBe(2 ** 30)
    expect(milliValue(parseQuantity('2'))).toBe(2000)
  })

  it('are compared, added and taken away exactly, whatever their suffixes', () => {
    expect(compareQuantities(parseQuantity('1Gi'), parseQuantity('1G'))).toBe(1)
    expect(compareQuantities(parseQuantity('1000m'), parseQuantity('1'))).toBe(0)
    expect(compareQuantities(parseQuantity('0.1'), parseQuantity('101m'))).toBe(-1)
    expect(formatQuantity(addQuantities(parseQuantity('1Gi'), parseQuantity('512Mi')))).toBe('1536Mi')
    expect(formatQuantity(addQuantities(parseQuantity('0'), parseQuantity('1Gi')))).toBe('1Gi')
    expect(formatQuantity(subtractQuantities(parseQuantity('1'), parseQuantity('250m')))).toBe('750m')
  })
})
