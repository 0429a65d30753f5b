/** A client of the API server, as an actor: sends what it is told to, keeps the answers and the events. For kubectl and for tests. */
import type { Handler, Handlers, Simulation } from '../simulation.ts'
import type { ResponseMessage, WatchEventMessage } from './actor-state.ts'
import type { ApiRequest } from './requests.ts'
import type { ApiResponse } from './status.ts'
import type { WatchEvent } from './watchers.ts'
import { addActor, operate, runUntil } from '../simulation.ts'
import { requestInfo } from './requests.ts'
import { handleApiServer } from './server.ts'

/** What became of a request. Times in ms. */
export interface Exchange {
  id: number
  request: ApiRequest
  sent: number
  answered?: number
  response?: ApiResponse
  /** A watch's events, and when each came. */
  events: { at: number, event: WatchEvent }[]
  closed?: number
}

export interface ApiClient { server: string, exchanges: Exchange[] }

/** Behaviour of the actors of this folder. */
export const apiServerHandlers: Handlers = { 'apiserver': handleApiServer, 'api-client': handleApiClient() }

/** Adds a client; its name decides who it is (kubectl: an administrator). */
export function addApiClient(simulation: Simulation, name: string, server = 'kube-apiserver'): void {
  addActor(simulation, name, 'api-client', { server, exchanges: [] } satisfies ApiClient)
}

/** Has a client send a request, `after` ms from now. Its outcome comes into `exchanges` of apiClientOf. */
export function ask(simulation: Simulation, client: string, request: ApiRequest, after = 0): void {
  operate(simulation, { op: 'send', from: 'operator', to: client, kind: 'order', payload: { request } }, after)
}

export function apiClientOf(simulation: Simulation, name: string): ApiClient {
  return simulation.actors[name]!.state as ApiClient
}

/** Sends a request and runs until it is answered (or `limit` ms are over); gives the answer. */
export function askAndWait(simulation: Simulation, handlers: Handlers, client: string, request: ApiRequest, limit = 70_000): ApiResponse | undefined {
  const { exchanges } = apiClientOf(simulation, client)
  const index = exchanges.length
  ask(simulation, client, request)
  runUntil(simulation, handlers, () => apiClientOf(simulation, client).exchanges[index]?.response !== undefined, limit)
  return apiClientOf(simulation, client).exchanges[index]?.response
}

function handleApiClient(): Handler<ApiClient> {
  return (state, input, context) => {
    if (input.type === 'reset') {
      // The server is gone: nothing open will be answered any more.
      for (const exchange of state.exchanges.filter(({ response }) => !response || response.watch))
        exchange.closed ??= context.now
    }
    if (input.type !== 'message')
      return
    const { kind, payload } = input.message
    const exchange = state.exchanges.find(({ id }) => id === (payload as { id: number }).id)
    if (kind === 'order') {
      const { request } = payload as { request: ApiRequest }
      const id = state.exchanges.length + 1
      state.exchanges.push({ id, request, sent: context.now, events: [] })
      const { verb, resource, namespace, name } = requestInfo(request)
      context.send(state.server, 'Request', { id, request }, { verb, resource, ...(namespace && { namespace }), ...(name && { name }) })
    }
    else if (kind === 'Response' && exchange) {
      exchange.answered = context.now
      exchange.response = (payload as ResponseMessage).response
    }
    else if (kind === 'WatchEvent' && exchange) {
      exchange.events.push({ at: context.now, event: (payload as WatchEventMessage).event })
    }
    else if (kind === 'WatchClosed' && exchange) {
      exchange.closed = context.now
    }
  }
}
