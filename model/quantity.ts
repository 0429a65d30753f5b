/**
 * Kubernetes quantities (`2`, `500m`, `1Gi`, `1e3`): parsed exactly and printed in the canonical form.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go
 */

/** The suffix family in which a quantity was written, and is printed again. */
export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent'

/** An exact amount. `nano` is the amount in billionths; nothing smaller exists in Kubernetes. */
export interface Quantity {
  readonly nano: bigint
  readonly format: QuantityFormat
  /** The text as it came, where upstream prints that again instead of the canonical form (`1.500` stays `1.500`). */
  readonly text?: string
}

const NANO = 9
const MAX_INT64 = 2n ** 63n - 1n
/** Beyond this the number would only serve to exhaust memory. */
const MAX_EXPONENT = 1000

const decimalExponents: Record<string, number> = { 'n': -9, 'u': -6, 'm': -3, '': 0, 'k': 3, 'M': 6, 'G': 9, 'T': 12, 'P': 15, 'E': 18 }
const binaryExponents: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 }

const wrongFormat = `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`
const wrongSuffix = `unable to parse quantity's suffix`

/** A refused quantity: `message` reads like the API server's own, `path` says which field held it. */
export class QuantityError extends Error {
  readonly path: string
  readonly value: string
  readonly reason: string

  constructor(path: string, value: string, reason: string) {
    super(`${path ? `${path}: ` : ''}Invalid value: ${JSON.stringify(value)}: ${reason}`)
    this.name = 'QuantityError'
    this.path = path
    this.value = value
    this.reason = reason
  }
}

function ceilDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by
  if (value % by === 0n)
    return quotient
  return value < 0n ? quotient - 1n : quotient + 1n
}

/**
 * Reads a quantity. Digits finer than a billionth are rounded up, binary amounts stop at 2⁶³−1.
 *
 * @param source the text, or the bare number that YAML gives for `cpu: 2`
 * @param path the field's path, for the error
 * @throws {QuantityError} when the text is no quantity
 */
export function parseQuantity(source: string | number, path = ''): Quantity {
  const text = String(source)
  // Upstream lets the digits be absent (`Mi` is zero), so this does too; only the empty text is refused.
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?([einumkgtp]+[+-]?\d*|[+-]\d*)?$/i.exec(text)
  if (!parts || text === '' || /[NUIgpt]/.test(parts[4] ?? ''))
    throw new QuantityError(path, text, wrongFormat)
  const [, sign, , fraction = '', suffix = ''] = parts
  const whole = parts[2]!.replace(/^0+/, '') || '0'

  let format: QuantityFormat = 'DecimalSI'
  let exponent = decimalExponents[suffix]
  if (exponent === undefined && binaryExponents[suffix] !== undefined) {
    format = 'BinarySI'
    exponent = binaryExponents[suffix]
  }
  else if (exponent === undefined && /^e[+-]?\d+$/i.test(suffix)) {
    format = 'DecimalExponent'
    exponent = Number(suffix.slice(1))
  }
  if (exponent === undefined || Math.abs(exponent) > MAX_EXPONENT)
    throw new QuantityError(path, text, wrongSuffix)

  const digits = BigInt(whole + fraction)
  let nano: bigint
  if (format === 'BinarySI') {
    nano = ceilDivide(digits * 2n ** BigInt(exponent) * 10n ** BigInt(NANO), 10n ** BigInt(fraction.length))
    if (nano > MAX_INT64 * 10n ** BigInt(NANO))
      nano = MAX_INT64 * 10n ** BigInt(NANO)
    if (fraction && nano > 0n && nano < 10n ** BigInt(NANO))
      format = 'DecimalSI'
  }
  else {
    const scale = exponent - fraction.length + NANO
    nano = scale >= 0 ? digits * 10n ** BigInt(scale) : ceilDivide(digits, 10n ** BigInt(-scale))
  }
  if (sign === '-')
    nano = -nano
  return keepsItsText(format, exponent, whole, fraction, digits)
    ? { nano, format, text }
    : { nano, format }
}

/** Upstream's shortcut: a text that looks canonical is printed again as it is, and so some that aren't quite. */
function keepsItsText(format: QuantityFormat, exponent: number, whole: string, fraction: string, digits: bigint): boolean {
  const shifted = whole + fraction
  if (format === 'BinarySI')
    return !fraction && 14 - whole.length - Math.trunc(exponent * 3 / 10) >= 0 && (digits & 7n) !== 0n
  const scale = exponent - fraction.length
  return shifted.length <= 18 && scale >= -NANO && scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0')
}

/** Prints a quantity as the API server does: whole digits, the largest suffix that loses nothing. */
export function formatQuantity(quantity: Quantity): string {
  const { nano, text } = quantity
  if (text !== undefined)
    return text
  if (nano === 0n)
    return '0'
  const one = 10n ** BigInt(NANO)
  const size = nano < 0n ? -nano : nano
  if (quantity.format === 'BinarySI' && size >= 1024n * one && nano % one === 0n) {
    let number = nano / one
    let power = 0
    while (number % 1024n === 0n && power < 6) {
      number /= 1024n
      power++
    }
    return `${number}${['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'][power]}`
  }
  let number = nano
  let exponent = -NANO
  while (number % 1000n === 0n) {
    number /= 1000n
    exponent += 3
  }
  if (quantity.format === 'DecimalExponent')
    return exponent === 0 ? `${number}` : `${number}e${exponent}`
  const suffix = Object.keys(decimalExponents).find(key => decimalExponents[key] === exponent)
  return `${number}${suffix ?? ''}`
}

/** The amount in whole units (bytes, cores, pods), rounded up away from zero. */
export function wholeValue(quantity: Quantity): number {
  return Number(ceilDivide(quantity.nano, 1_000_000_000n))
}

/** The amount in thousandths (milliCPU), rounded up away from zero. */
export function milliValue(quantity: Quantity): number {
  return Number(ceilDivide(quantity.nano, 1_000_000n))
}

/** Negative, zero or positive, as `a` is less than, equal to or more than `b`; the way of writing doesn't count. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0
}

/** The sum, printed in the first one's format unless that is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format }
}

/** The difference `a − b`, printed in the first one's format unless that is zero. */
export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano - b.nano, format: a.nano === 0n ? b.format : a.format }
}
