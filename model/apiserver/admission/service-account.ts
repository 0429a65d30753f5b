/** Models plugin/pkg/admission/serviceaccount/admission.go */
import type { Target } from '../context.ts'
import type { Flow } from '../flow.ts'
import type { Doc } from '../status.ts'
import { cachedOne, random } from '../flow.ts'
import { resourceNamed } from '../registry/resources.ts'
import { forbidden } from '../status.ts'
import { readLive } from '../storage.ts'

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount'

function tokenVolume(name: string): Doc {
  const namespacePath = { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [namespacePath] } },
      ],
      defaultMode: 0o644,
    },
  }
}

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
  const needing: Doc[] = (spec.containers ?? []).filter((container: Doc) => !container.volumeMounts?.some((mount: Doc) => mount.mountPath === mountPath))
  if (!needing.length)
    return
  const volume = `kube-api-access-${yield* random(5)}`
  for (const container of needing)
    container.volumeMounts = [...container.volumeMounts ?? [], { name: volume, readOnly: true, mountPath }]
  spec.volumes = [...spec.volumes ?? [], tokenVolume(volume)]
}
