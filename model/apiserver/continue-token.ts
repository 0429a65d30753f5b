/** Models staging/src/k8s.io/apiserver/pkg/storage/continue.go */
import type { Refusal } from './status.ts'
import { badRequest, expired, notModelled } from './status.ts'

const tokenVersion = 'meta.k8s.io/v1'

/** Go's escapes in JSON: NUL as \u0000, as JavaScript does too. */
export function encodeContinue(revision: number, start: string): string {
  return btoa(JSON.stringify({ v: tokenVersion, rv: revision, start })).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Where a list goes on: at this revision (-1: at the present one), from this key under the prefix. */
export interface ContinueToken { revision: number, start: string }

/** @throws 400, 501 */
export function decodeContinue(token: string): ContinueToken {
  let text: string
  try {
    text = atob(token.replaceAll('-', '+').replaceAll('_', '/'))
  }
  catch {
    return notModelled('a continue token that is no base64')
  }
  let value: any
  try {
    value = JSON.parse(text)
  }
  catch {
    const [first = ''] = text
    // Only a first character that no JSON begins with has an error that is sure.
    if (!/[\u00A1-\u00AC\u00AE-\u00FF]/.test(first))
      notModelled('a continue token that is no JSON')
    throw badRequest(`invalid continue token: continue key is not valid: invalid character '${first}' looking for beginning of value`)
  }
  const { v, rv, start } = value ?? {}
  if (v !== tokenVersion || !Number.isInteger(rv) || rv === 0 || typeof start !== 'string' || start.includes('..'))
    notModelled('this continue token')
  return { revision: rv, start: start.replace(/^\//, '') }
}

/** The state that a token stands for is gone; a new one goes on from the present state. */
export function continueTooOld(start: string): Refusal {
  return expired('The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.', encodeContinue(-1, start))
}
