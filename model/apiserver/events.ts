/**
 * Events of the newer group, as the scheduler writes them: stored as core events, told back in the group's own words.
 *
 * Models pkg/apis/events/v1/conversion.go
 */
import type { Context } from './context.ts'
import type { Flow } from './flow.ts'
import type { ApiResponse, Doc } from './status.ts'
import { create } from './create.ts'
import { resourceNamed } from './registry/resources.ts'
import { notModelled } from './status.ts'

const eventsGroup = 'events.k8s.io'

/** Names of a field in the group, and in the core. */
const renamed = [['regarding', 'involvedObject'], ['note', 'message'], ['reportingController', 'reportingComponent']] as const
const needed = ['eventTime', 'reportingController', 'reportingInstance', 'action', 'reason', 'regarding', 'type']
const known = new Set([...needed, 'kind', 'apiVersion', 'metadata', 'note', 'related', 'series'])

function toCore({ kind: _kind, apiVersion: _version, ...event }: Doc): Doc {
  for (const [own, core] of renamed) {
    event[core] = event[own]
    delete event[own]
  }
  return event
}

function fromCore({ metadata, eventTime, series, reportingComponent, reportingInstance, action, reason, involvedObject, related, message, type }: Doc): Doc {
  const all = { metadata, eventTime, series, reportingController: reportingComponent, reportingInstance, action, reason, regarding: involvedObject, related, note: message, type }
  const deprecated = { deprecatedSource: {}, deprecatedFirstTimestamp: null, deprecatedLastTimestamp: null }
  const present = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  return { kind: 'Event', apiVersion: `${eventsGroup}/v1`, ...present, ...deprecated }
}

/** The way of a POST of such an event; undefined for any other request. */
export function createEvent(context: Context): Flow<ApiResponse> | undefined {
  const { info: { group, version, resource, name, namespace }, request } = context
  return group === eventsGroup && version === 'v1' && resource === 'events' && request.method === 'POST' && !name && namespace ? createFrom(context) : undefined
}

/** One that lacks what the group wants isn't modelled. */
function* createFrom(target: Context): Flow<ApiResponse> {
  const body = target.request.body as Doc
  if (typeof body !== 'object' || body === null || needed.some(field => !body[field]) || Object.keys(body).some(field => !known.has(field)))
    notModelled('this event')
  const answer = yield* create({ ...target, type: resourceNamed('events'), request: { ...target.request, body: toCore(body) } })
  return { ...answer, body: fromCore(answer.body as Doc) }
}
