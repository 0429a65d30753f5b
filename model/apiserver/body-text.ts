import type { Expected } from './requests.ts'
import { badRequest, notModelled } from './status.ts'

/** A text as JSON; a duplicate key would get lost here, so a text that says more than its value is not modelled. @throws 400 */
export function parseText(text: string, expected: Expected): unknown {
  const unrecognized = (why: string) => badRequest(`the object provided is unrecognized (must be of type ${expected.kind}): couldn't get version/kind; json parse error: ${why}`)
  if (text === '')
    throw unrecognized('unexpected end of JSON input (<empty>)')
  let value: unknown
  try {
    value = JSON.parse(text)
  }
  catch {
    notModelled('a body that is no JSON')
  }
  if (JSON.stringify(value) !== text.replace(/\s/g, ''))
    notModelled('a body with duplicate keys')
  return value
}
