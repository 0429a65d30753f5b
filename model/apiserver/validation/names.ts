/**
 * The shapes of names, labels and keys, with the texts of their errors.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go
 */
const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = `${label}(\\.${label})*`
const qualifiedPart = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const labelValue = `(${qualifiedPart})?`
const configKey = '[-._a-zA-Z0-9]+'

function regexError(what: string, pattern: string, ...examples: string[]): string {
  const shown = examples.map(each => `'${each}'`).join(',  or ')
  return `${what} (e.g. ${shown}, regex used for validation is '${pattern}')`
}

/** Go's alternation is leftmost, not longest, but these patterns are anchored: the same words match. */
const fits = (text: string, pattern: string) => new RegExp(`^(?:${pattern})$`).test(text)

/** A rule for a name: the text of the error, or undefined. `limit` is the greatest length. */
export interface NameRule { limit: number, problem: (name: string) => string | undefined }

export const dnsLabel: NameRule = {
  limit: 63,
  problem: name => fits(name, label) ? undefined : regexError(`a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character`, label, 'my-name', '123-abc'),
}

export const dnsSubdomain: NameRule = {
  limit: 253,
  problem: name => fits(name, subdomain) ? undefined : regexError(`a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`, subdomain, 'example.com'),
}

/** RBAC's names: anything that may stand in a path. */
export const pathSegment: NameRule = {
  limit: Infinity,
  problem: name => name === '.' || name === '..' ? `may not be '${name}'` : [...'/%'].filter(each => name.includes(each)).map(each => `may not contain '${each}'`)[0],
}

export const configMapKey: NameRule = {
  limit: 253,
  problem: key => fits(key, configKey) && !/^\.\.?/.test(key) ? undefined : fits(key, configKey) ? 'dots' : regexError(`a valid config key must consist of alphanumeric characters, '-', '_' or '.'`, configKey, 'key.name', 'KEY_NAME', 'key-name'),
}

export const labelValueRule: NameRule = {
  limit: 63,
  problem: value => fits(value, labelValue) ? undefined : regexError(`a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`, labelValue, 'MyValue', 'my_value', '12345'),
}

/** A label's key without prefix; with one, see isQualifiedName. */
export const labelKeyRule: NameRule = {
  limit: 63,
  problem: name => fits(name, qualifiedPart) ? undefined : regexError(`name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`, qualifiedPart, 'MyName', 'my.name', '123-abc'),
}

/** Whether the key is `name` or `prefix/name`, both well-formed. */
export function isQualifiedName(key: string): boolean {
  const parts = key.split('/')
  const [prefix, name] = parts.length === 2 ? parts as [string, string] : [undefined, key]
  return parts.length <= 2 && name.length <= 63 && fits(name, qualifiedPart) && (prefix === undefined || (prefix.length <= 253 && fits(prefix, subdomain)))
}

/** An IPv4 address, as written by hand: no leading zeros. */
export function isIPv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text)
}

/** An IPv4 network whose address has no bits beyond its prefix. */
export function isIPv4Network(text: string): boolean {
  const [address = '', length = ''] = text.split('/')
  if (!isIPv4(address) || !/^(?:[12]?\d|3[0-2])$/.test(length))
    return false
  const bits = address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
  return bits % 2n ** BigInt(32 - Number(length)) === 0n
}
