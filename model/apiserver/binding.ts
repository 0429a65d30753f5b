/**
 * POST pods/NAME/binding: what the scheduler writes when it has chosen a node.
 *
 * Models pkg/registry/core/pod/storage/storage.go (BindingREST) and plugin/pkg/admission/podtopologylabels
 */
import type { Target } from './context.ts'
import type { Flow } from './flow.ts'
import type { ApiResponse, Doc } from './status.ts'
import { mutateOnUpdate, namespaceLifecycle } from './admission/plugins.ts'
import { readBody } from './bodies.ts'
import { timestamp } from './context.ts'
import { cachedOne, enter } from './flow.ts'
import { writeOptions } from './options.ts'
import { setCondition } from './pod-conditions.ts'
import { normalise } from './schema/decode.ts'
import { badRequest, conflict, created, internal, notModelled } from './status.ts'
import { guaranteedUpdate, keyOf } from './storage.ts'

const topology = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone']

function expectBinding({ info }: Target, binding: Doc): string {
  const { metadata, target } = binding
  const name = info.name || metadata.name
  if (!metadata.name || (metadata.namespace && metadata.namespace !== info.namespace) || metadata.labels || metadata.annotations || metadata.resourceVersion)
    notModelled('this binding')
  if (metadata.name !== name)
    throw badRequest('name in URL does not match name in Binding object')
  if (target.kind && target.kind !== 'Node')
    throw internal(`target.kind: Unsupported value: ${JSON.stringify(target.kind)}: supported values: "Node", "<empty>"`)
  if (!target.name)
    throw internal('target.name: Required value')
  return name
}

/** Assigns a pod to a node: node name and condition in one write, if it has none yet. @throws 409 when it has */
export function* bind(target: Target): Flow<ApiResponse> {
  const { type, info, request, now } = target
  const options = writeOptions(request, info.query, 'CreateOptions')
  if (options.dryRun)
    notModelled('a dry run of a binding')
  const { object: binding } = readBody(request, { kind: 'Binding', apiVersion: 'v1' }, options.fieldValidation)
  yield* mutateOnUpdate({ ...target, type: { ...type, resource: 'bindings' } }, binding)
  yield* namespaceLifecycle(target, binding.metadata.name ?? '')
  yield* enter('validation')
  const name = expectBinding(target, binding)
  const node: Doc | undefined = yield* cachedOne('nodes', '', binding.target.name)
  yield* enter('validating-admission')
  yield* enter('storage')
  yield* guaranteedUpdate(type, info.namespace, name, function* (pod) {
    const { uid } = binding.metadata
    if (uid && uid !== pod.metadata.uid)
      throw conflict(type, name, `StorageError: invalid object, Code: 4, Key: ${keyOf(type, info.namespace, name)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.metadata.uid}`)
    const refused = (why: string) => conflict({ ...type, resource: 'pods/binding' }, name, why)
    if (pod.metadata.deletionTimestamp)
      throw refused(`pod ${name} is being deleted, cannot be assigned to a host`)
    if (pod.spec.nodeName)
      throw refused(`pod ${name} is already assigned to node ${JSON.stringify(pod.spec.nodeName)}`)
    pod.spec.nodeName = binding.target.name
    // The pod takes the place of its node into its own labels, where its containers can read it.
    for (const label of topology) {
      const value = node?.metadata.labels?.[label]
      if (value)
        pod.metadata.labels = { ...pod.metadata.labels, [label]: value }
    }
    setCondition(pod, { type: 'PodScheduled', status: 'True' }, timestamp(now))
    return normalise(pod)
  })
  return created()
}
