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
import { authorize } from './authorization.ts'
import { bind } from './binding.ts'
import { create } from './create.ts'
import { remove, removeCollection } from './delete.ts'
import { extensions } from './extensions.ts'
import { enter, note } from './flow.ts'
import { get, list } from './list.ts'
import { openWatch } from './open-watch.ts'
import { findResource, resourceNamed } from './registry/resources.ts'
import { requestInfo } from './requests.ts'
import { methodNotAllowed, noSuchResource, notModelled, Refusal } from './status.ts'
import { patch, update } from './update.ts'

type Handler = (target: Target) => Flow<ApiResponse>

const ofOne: Record<string, Handler> = { GET: get, PUT: update, PATCH: patch, DELETE: remove }
const ofMany: Record<string, Handler> = { GET: list, POST: create, DELETE: removeCollection }
const ofSubresource: Record<string, Record<string, Handler>> = {
  status: { GET: get, PUT: update, PATCH: patch },
  binding: { POST: bind },
  eviction: { POST: target => extensions.evict?.(target) ?? notModelled('evictions') },
  finalize: { PUT: update },
}

/** Readiness doesn't ask etcd: the answer is there at once. */
function outside(context: Context): ApiResponse {
  const { info, request } = context
  if (info.path === '/readyz' && request.method === 'GET' && !Object.keys(info.query).length)
    return { status: 200, body: 'ok', headers: { 'content-type': 'text/plain; charset=utf-8' } }
  return extensions.outside?.(context) ?? notModelled(`the path ${info.path}`)
}

function handlerOf(target: Target): Handler {
  const { type, info, request } = target
  const { name, subresource, verb } = info
  if (subresource && !type.subresources.includes(subresource))
    throw extensions.isUnknown?.(info) ? noSuchResource() : notModelled(`the subresource ${subresource}`)
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
  yield* note({ user })
  yield* enter('authorization')
  yield* note({ reason: yield* authorize(user, context) })
  if (!info.isResource)
    return outside(context)
  if (info.resource === 'bindings' && !info.group && request.method === 'POST' && !info.name && info.namespace)
    return yield* bind({ ...context, type: resourceNamed('pods') })
  const created = extensions.createEvent?.(context)
  if (created)
    return yield* created
  const type = findResource(info)
  if (!type)
    throw extensions.isUnknown?.(info) ? noSuchResource() : notModelled(`the resource ${info.resource}${info.group && `.${info.group}`}`)
  const target: Target = { ...context, type }
  const handler = handlerOf(target)
  extensions.expectOwnObjects?.(target)
  const answer = yield* handler(target)
  if (type.warning && !answer.watch)
    answer.headers = { ...answer.headers, warning: [...[answer.headers?.warning ?? []].flat(), type.warning] }
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
