/**
 * The whole way of a request: who is it, may he, and then what the path and the verb ask for.
 *
 * Models staging/src/k8s.io/apiserver/pkg/server/config.go (DefaultBuildHandlerChain) and pkg/endpoints/installer.go
 */
import type { ApiServerConfig, Context, Target } from './context.ts'
import type { Flow } from './flow.ts'
import type { ApiRequest } from './requests.ts'
import type { ApiResponse } from './status.ts'
import { authenticate } from './authentication.ts'
import { authorize, rbacGroup } from './authorization.ts'
import { bind } from './binding.ts'
import { create } from './create.ts'
import { remove, removeCollection } from './delete.ts'
import { createEvent, eventsGroup } from './events.ts'
import { extensions } from './extensions.ts'
import { enter } from './flow.ts'
import { get, list } from './list.ts'
import { openWatch } from './open-watch.ts'
import { findResource, resourceNamed } from './registry/resources.ts'
import { requestInfo } from './requests.ts'
import { methodNotAllowed, noSuchResource, notModelled, Refusal } from './status.ts'
import { patch, update } from './update.ts'

/** Since 1.33 on every answer about Endpoints. */
const endpointsWarning = '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"'

type Handler = (target: Target) => Flow<ApiResponse>

const ofOne: Record<string, Handler> = { GET: get, PUT: update, PATCH: patch, DELETE: remove }
const ofMany: Record<string, Handler> = { GET: list, POST: create, DELETE: removeCollection }
const ofSubresource: Record<string, Record<string, Handler>> = {
  status: { GET: get, PUT: update, PATCH: patch },
  binding: { POST: bind },
  eviction: { POST: target => extensions.evict?.(target) ?? notModelled('evictions') },
  finalize: { PUT: update },
}
/** Subresources that only the real one has. */
const elsewhere = new Set(['log', 'exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers', 'resize', 'token', 'approval', 'status', 'scale'])
/** Health looks at etcd and takes its time; readiness doesn't. */
const textPaths = new Set(['/readyz'])
const otherPaths = /^\/(?:$|(?:api|apis|openapi|version|metrics|logs|debug|swagger|\.well-known|healthz|livez|readyz|flagz|statusz|openid)(?:\/|$))/

/** What lies outside of resources: little of it. */
function outside({ info, request }: Context): ApiResponse {
  if (request.method !== 'GET')
    notModelled(`${request.method} outside of resources`)
  if (textPaths.has(info.path) && !Object.keys(info.query).length)
    return { status: 200, body: 'ok', headers: { 'content-type': 'text/plain; charset=utf-8' } }
  if (otherPaths.test(info.path))
    notModelled(`the path ${info.path}`)
  return { status: 404, body: '404 page not found\n', headers: { 'content-type': 'text/plain; charset=utf-8' } }
}

/** Lists that would hold what a cluster starts with and the model doesn't have. */
function expectOwnObjects({ type, info, config }: Target): void {
  const { namespace, name, verb } = info
  const systemNamespace = namespace === '' || namespace === 'kube-system' || namespace === 'kube-public'
  const selected = info.query.fieldSelector?.startsWith('metadata.namespace=') && !/kube-/.test(info.query.fieldSelector)
  const many = verb === 'list' || verb === 'watch' || verb === 'deletecollection'
  if (type.resource === 'configmaps' && systemNamespace && !selected && (many || name))
    notModelled('the ConfigMaps that a cluster starts with')
  if (type.resource === 'services' && name === 'kubernetes' && config.authorization === 'AlwaysAllow')
    notModelled('the Service of the server itself')
  if (type.group === rbacGroup && config.authorization === 'RBAC' && (many || /^(?:system:|cluster-admin|view|edit|admin)/.test(name)) && (!type.namespaced || systemNamespace))
    notModelled('the roles that a cluster starts with')
}

function handlerOf(target: Target): Handler {
  const { type, info, request } = target
  const { name, subresource, verb } = info
  if (subresource && !type.subresources.includes(subresource))
    throw elsewhere.has(subresource) ? notModelled(`the subresource ${subresource}`) : noSuchResource()
  if (name && type.namespaced !== Boolean(info.namespace) && type.resource !== 'namespaces')
    throw verb === 'list' || verb === 'watch' ? notModelled('this path') : noSuchResource()
  if (!type.namespaced && info.namespace && type.resource !== 'namespaces')
    throw noSuchResource()
  const named = name && verb !== 'list' && verb !== 'watch'
  if (subresource === 'scale' && !extensions.scale)
    notModelled('the subresource scale')
  if (type.readOnly && request.method !== 'GET')
    notModelled(`writing ${type.resource}`)
  const handlers = subresource ? ofSubresource[subresource] ?? extensions.scale! : named ? ofOne : ofMany
  const handler = verb === 'watch' ? openWatch : handlers[request.method]
  if (!handler || (handler === removeCollection && !type.deleteCollection) || (!named && type.namespaced && !info.namespace && request.method !== 'GET'))
    throw methodNotAllowed()
  return handler
}

function* dispatch(context: Context): Flow<ApiResponse> {
  const { info, request } = context
  const { accept = 'application/json' } = request.headers ?? {}
  if (!/^(?:\*\/\*|application\/json)$/.test(accept))
    notModelled(`answers in ${accept}`)
  if (!['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method))
    notModelled(`the method ${request.method}`)
  yield* enter('authentication')
  const user = authenticate(context)
  yield* enter('authorization')
  yield* authorize(user, context)
  if (!info.isResource)
    return outside(context)
  if (info.resource === 'bindings' && !info.group && request.method === 'POST' && !info.name && info.namespace)
    return yield* bind({ ...context, type: resourceNamed('pods') })
  if (info.group === eventsGroup && info.version === 'v1' && info.resource === 'events' && request.method === 'POST' && !info.name && info.namespace)
    return yield* createEvent(context)
  const type = findResource(info)
  if (type === 'unknown')
    throw noSuchResource()
  if (type === 'leftOut')
    return notModelled(`the resource ${info.resource}${info.group && `.${info.group}`}`)
  const target: Target = { ...context, type }
  const handler = handlerOf(target)
  expectOwnObjects(target)
  const answer = yield* handler(target)
  if (type.resource === 'endpoints' && !answer.watch)
    answer.headers = { ...answer.headers, warning: [...[answer.headers?.warning ?? []].flat(), endpointsWarning] }
  return answer
}

/** Handles a request: the flow ends with the answer, refusals among them. */
export function* handleRequest(request: ApiRequest, config: ApiServerConfig, now: number): Flow<ApiResponse> {
  try {
    return yield* dispatch({ request, info: requestInfo(request), config, now })
  }
  catch (error) {
    if (error instanceof Refusal)
      return error.response
    throw error
  }
}
