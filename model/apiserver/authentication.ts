/** Models staging/src/k8s.io/apiserver/pkg/endpoints/filters/authentication.go */
import type { Context, User } from './context.ts'
import { notModelled, unauthorized } from './status.ts'

const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

/** The token of an authorization header, if it has one. */
export function bearerToken(authorization = ''): string | undefined {
  const [scheme = '', token] = authorization.trim().split(' ')
  if (scheme.toLowerCase() !== 'bearer')
    return undefined
  return token === '' ? notModelled('spaces before a token') : token
}

/** Who sends this request. @throws 401 for a token that nobody has */
export function authenticate({ request, config }: Context): User {
  const headers = request.headers ?? {}
  if (Object.keys(headers).some(name => name.toLowerCase().startsWith('impersonate-')))
    notModelled('impersonation')
  const { authorization } = headers
  const token = bearerToken(authorization)
  if (token) {
    const user = config.tokens[token]
    if (!user)
      throw unauthorized()
    return user
  }
  if (config.certificate && authorization === undefined)
    return config.certificate
  if (!config.anonymous)
    throw unauthorized()
  return anonymous
}
