/**
 * Admission: what may change or refuse a request after authorization; mutating plugins first, then, after validation, the others.
 *
 * Models pkg/kubeapiserver/options/plugins.go
 */
import type { Target } from '../context.ts'
import type { Flow } from '../flow.ts'
import type { Doc } from '../status.ts'
import { extensions } from '../extensions.ts'
import { cachedOne, enter } from '../flow.ts'
import { resourceNamed } from '../registry/resources.ts'
import { forbidden, notFound } from '../status.ts'
import { readLive } from '../storage.ts'
import { setPriority } from './priority.ts'
import { useServiceAccount } from './service-account.ts'

/** Models plugin/pkg/admission/namespace/lifecycle: nothing new in a namespace that is missing or going. */
export function* namespaceLifecycle({ type, info }: Target, name: string): Flow<void> {
  if (!type.namespaced)
    return
  const namespaces = resourceNamed('namespaces')
  // A namespace that the cache hasn't seen yet is looked for in etcd.
  const namespace = (yield* cachedOne('namespaces', '', info.namespace)) ?? (yield* readLive(`${namespaces.prefix}${info.namespace}`))
  if (!namespace)
    throw notFound(namespaces, info.namespace)
  if (namespace.metadata.deletionTimestamp) {
    throw forbidden(type, name, `unable to create new content in namespace ${info.namespace} because it is being terminated`, [
      { reason: 'NamespaceTerminating', message: `namespace ${info.namespace} is being terminated`, field: 'metadata.namespace' },
    ])
  }
}

/** Models plugin/pkg/admission/defaulttolerationseconds: five minutes on a node that is lost. */
function tolerateLostNodes(pod: Doc): void {
  const tolerations: Doc[] = pod.spec.tolerations ?? []
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    const tolerated = tolerations.some(each => (each.key === key || !each.key) && (each.effect === 'NoExecute' || !each.effect))
    if (!tolerated)
      tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })
  }
  pod.spec.tolerations = tolerations
}

/** Models plugin/pkg/admission/nodetaint: a new node takes no pods until it is ready. */
function taintNewNode(node: Doc): void {
  const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }
  const taints: Doc[] = node.spec.taints ?? []
  if (!taints.some(({ key, effect }) => key === taint.key && effect === taint.effect))
    node.spec.taints = [...taints, taint]
}

/** The mutating plugins on a create, in their order. @throws 403, 404 */
export function* mutateOnCreate(target: Target, object: Doc): Flow<void> {
  yield* enter('mutating-admission')
  const name = object.metadata.name ?? ''
  yield* namespaceLifecycle(target, name)
  if (target.type.resource === 'nodes')
    taintNewNode(object)
  if (target.type.resource !== 'pods')
    return
  if (extensions.applyLimits)
    yield* extensions.applyLimits(object, target.info.namespace)
  yield* useServiceAccount(target, object)
  yield* setPriority(target, object)
  tolerateLostNodes(object)
}

/** The mutating plugins on an update. */
export function* mutateOnUpdate({ type }: Target, object: Doc): Flow<void> {
  yield* enter('mutating-admission')
  if (type.resource === 'pods')
    tolerateLostNodes(object)
}

/** The validating plugins on a create, in their order; the quota comes last, for it is charged. @throws 403 */
export function* validateOnCreate(target: Target, object: Doc, dryRun: boolean): Flow<void> {
  yield* enter('validating-admission')
  if (target.type.resource === 'pods' && extensions.validateLimits)
    yield* extensions.validateLimits(target, object)
  if (extensions.chargeQuota)
    yield* extensions.chargeQuota(target, object, dryRun)
}

/** NamespaceLifecycle is a mutating plugin, though all that it does is refuse. @throws 403 for the namespaces that a cluster needs */
export function* admitDelete({ type }: Target, name: string): Flow<void> {
  yield* enter('mutating-admission')
  if (type.resource === 'namespaces' && ['default', 'kube-system', 'kube-public'].includes(name))
    throw forbidden(type, name, 'this namespace may not be deleted')
  yield* enter('validating-admission')
}
