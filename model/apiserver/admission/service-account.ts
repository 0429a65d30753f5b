/** Models plugin/pkg/admission/serviceaccount/admission.go */
import type { Target } from '../context.ts'
import type { Flow } from '../flow.ts'
import type { Doc } from '../status.ts'
import { extensions } from '../extensions.ts'
import { cachedOne } from '../flow.ts'
import { resourceNamed } from '../registry/resources.ts'
import { forbidden, notModelled } from '../status.ts'
import { readLive } from '../storage.ts'

/** Gives a pod its service account, and its containers the token. @throws 403 when there is no such account */
export function* useServiceAccount({ type, info }: Target, pod: Doc): Flow<void> {
  const { spec } = pod
  const name = spec.serviceAccountName ?? 'default'
  spec.serviceAccountName = name
  spec.serviceAccount = name
  const key = `${resourceNamed('serviceaccounts').prefix}${info.namespace}/${name}`
  const account: Doc | undefined = (yield* cachedOne('serviceaccounts', info.namespace, name)) ?? (yield* readLive(key))
  if (!account)
    throw forbidden(type, pod.metadata.name ?? '', `error looking up service account ${info.namespace}/${name}: serviceaccount "${name}" not found`)
  if (!(spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true))
    return
  if (!extensions.mountToken)
    notModelled('the token of a service account')
  yield* extensions.mountToken(pod)
}
