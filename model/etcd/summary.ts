import type { Summary } from '../trace.ts'

/** What the trace says of a message: the few things that name it. */
export function summarise(kind: string, payload: any): Summary {
  const { request, response, error } = payload
  if (error)
    return { error: error.message }
  if (kind === 'MsgApp')
    return { term: payload.term, index: payload.index + payload.entries.length, entries: payload.entries.length, commit: payload.commit }
  if (kind === 'WatchResponse') {
    const { header, watchId, created, canceled, compactRevision, events } = response
    return {
      watchId,
      ...header.revision ? { revision: header.revision } : {},
      ...created ? { created } : {},
      ...canceled ? { canceled } : {},
      ...compactRevision ? { compactRevision } : {},
      ...events.length > 0 ? { events: events.length, key: events[0].kv.key } : {},
    }
  }
  if (kind.startsWith('Msg'))
    return pick(payload, ['term', 'index', 'commit', 'reject'])
  if (response)
    return pick({ ...response, ...response.header }, ['revision', 'count', 'deleted', 'succeeded', 'ttl', 'leader'])
  const named = request ?? payload.create ?? {}
  return pick({ ...named, ...named.compare?.[0] }, ['key', 'rangeEnd', 'revision', 'startRevision', 'modRevision', 'id', 'ttl', 'serializable', 'target'])
}

function pick(from: Record<string, unknown>, names: string[]): Summary {
  const summary: Record<string, string | number | boolean> = {}
  for (const name of names) {
    const value = from[name]
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      summary[name] = value
  }
  return summary
}
