/**
 * GET with watch=true: from which revision, and with what first.
 *
 * Models staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go (Watch)
 */
import type { Target } from './context.ts'
import type { Flow } from './flow.ts'
import type { ApiResponse } from './status.ts'
import { forbiddenField } from './field-error.ts'
import { badRevision, currentRevision, isRevision, listParameters, refuseOptions, selection } from './list.ts'
import { expectParameters } from './options.ts'
import { isTrue } from './requests.ts'
import { internal, notModelled } from './status.ts'

/** Opens a watch: its events come through the server's watchers. */
export function* openWatch(target: Target): Flow<ApiResponse> {
  const { type, info: { query, namespace } } = target
  expectParameters(query, listParameters)
  selection(target, query)
  const { resourceVersion = '', resourceVersionMatch: match, sendInitialEvents, timeoutSeconds } = query
  if (query.limit || query.continue || (timeoutSeconds && !/^\d+$/.test(timeoutSeconds)) || (sendInitialEvents !== undefined && !isTrue(sendInitialEvents) && match === 'NotOlderThan') || (match && match !== 'NotOlderThan'))
    notModelled('these watch options')
  const field = 'resourceVersionMatch'
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan')
    refuseOptions([forbiddenField(field, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan')])
  if (sendInitialEvents === undefined && match)
    refuseOptions([forbiddenField(field, 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided')])
  if (!isRevision(resourceVersion))
    throw internal(badRevision(resourceVersion))
  const bookmarks = isTrue(query.allowWatchBookmarks)
  const initial = sendInitialEvents !== undefined
  if (initial) {
    const revision = resourceVersion ? Number(resourceVersion) : yield* currentRevision(target)
    // From the future: upstream tells that as the watch's only event.
    if ((yield { ask: 'fresh', resource: type.resource, revision }) < revision)
      notModelled('initial events of a revision to come')
  }
  const fromNow = initial || !resourceVersion || resourceVersion === '0'
  const id: string = yield {
    ask: 'watch',
    watch: {
      resource: type.resource,
      namespace,
      labels: query.labelSelector ?? '',
      fields: query.fieldSelector ?? '',
      ...(!fromNow && { after: Number(resourceVersion) }),
      bookmarks,
      initialEventsEnd: initial && bookmarks,
      ...(timeoutSeconds && { timeoutSeconds: Number(timeoutSeconds) }),
    },
  }
  return { status: 200, body: '', watch: id }
}
