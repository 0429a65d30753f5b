/** Models plugin/pkg/admission/serviceaccount/admission.go (mountServiceAccountToken) */
import type { Flow } from '../flow.ts'
import type { Doc } from '../status.ts'
import { random } from '../flow.ts'

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

/** Mounts the token of a pod's service account in its containers. */
export function* mountToken({ spec }: Doc): Flow<void> {
  const needing: Doc[] = (spec.containers ?? []).filter((container: Doc) => !container.volumeMounts?.some((mount: Doc) => mount.mountPath === mountPath))
  if (!needing.length)
    return
  const volume = `kube-api-access-${yield* random(5)}`
  for (const container of needing)
    container.volumeMounts = [...container.volumeMounts ?? [], { name: volume, readOnly: true, mountPath }]
  spec.volumes = [...spec.volumes ?? [], tokenVolume(volume)]
}
