/**
 * A request and what it asks: verb, resource, namespace, name, query.
 *
 * Models staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go
 */

import { notModelled } from './status.ts'

/** A request as a client sends it: a JSON value as body, or a text sent verbatim. Header names in lower case. */
export interface ApiRequest {
  method: string
  path: string
  headers?: Record<string, string>
  body?: unknown
}

/** What kind of object a body must be. */
export interface Expected { kind: string, apiVersion: string }

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection'

/** What a path asks. Outside of resources only `path` and `query` are set. */
export interface RequestInfo {
  isResource: boolean
  verb: Verb
  path: string
  query: Record<string, string>
  group: string
  version: string
  resource: string
  subresource: string
  namespace: string
  name: string
}

/** `namespaces/NAME/x` is a subresource only for these; all else lies inside the namespace. */
const namespaceSubresources = new Set(['status', 'finalize'])
const verbs: Record<string, [one: Verb, many: Verb]> = {
  GET: ['get', 'list'],
  POST: ['create', 'create'],
  PUT: ['update', 'update'],
  PATCH: ['patch', 'patch'],
  DELETE: ['delete', 'deletecollection'],
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  }
  catch {
    return notModelled('an ill-formed escape')
  }
}

function queryOf(text: string): Record<string, string> {
  const pairs = text.split('&').filter(Boolean).map((pair) => {
    const [key = '', ...value] = pair.split('=')
    return [key, value.join('=')].map(part => decoded(part.replaceAll('+', ' '))) as [string, string]
  })
  const query = Object.fromEntries(pairs)
  return Object.keys(query).length < pairs.length ? notModelled('a repeated query parameter') : query
}

/** The name that a field selector asks for, if it is that plain: RBAC may allow it. */
export function selectedName(query: Record<string, string>): string {
  return /(?:^|,)metadata\.name==?([^,=!]+)(?:,|$)/.exec(query.fieldSelector ?? '')?.[1] ?? ''
}

/** As Go reads a flag in a query: whatever isn't false is true. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && text !== '0' && text.toLowerCase() !== 'false'
}

/** Reads method and path. */
export function requestInfo({ method, path: full }: ApiRequest): RequestInfo {
  const [path = '', search = ''] = full.split('?')
  const query = queryOf(search)
  const parts = path.split('/').filter(Boolean).map(decoded)
  const info: RequestInfo = { isResource: false, verb: verbs[method]?.[0] ?? 'get', path, query, group: '', version: '', resource: '', subresource: '', namespace: '', name: '' }
  const core = parts[0] === 'api'
  if (!core && parts[0] !== 'apis')
    return info
  if (/\/(?:\/|$)/.test(path))
    notModelled('an empty part of a path')
  const rest = parts.slice(core ? 2 : 3)
  if (!rest.length || !parts[core ? 1 : 2])
    return info
  info.isResource = true
  info.group = core ? '' : parts[1]!
  info.version = core ? parts[1]! : parts[2]!
  const old = rest[0] === 'watch'
  if (old)
    rest.shift()
  if (rest[0] === 'namespaces' && rest.length > 1) {
    info.namespace = rest[1]!
    if (rest.length > 2 && !namespaceSubresources.has(rest[2]!))
      rest.splice(0, 2)
  }
  [info.resource = '', info.name = '', info.subresource = ''] = rest
  if (rest.length > 3 || (old && info.name))
    notModelled('a path so long')
  const [one, many] = verbs[method] ?? ['get', 'list']
  info.verb = info.name ? one : many
  if (info.verb === 'list') {
    info.name = selectedName(query)
    if (old || isTrue(query.watch))
      info.verb = 'watch'
  }
  return info
}
