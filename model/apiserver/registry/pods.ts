/** Models pkg/registry/core/pod/strategy.go */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { notModelled } from '../status.ts'
import { dnsLabel, dnsSubdomain, isIPv4, isQualifiedName } from '../validation/names.ts'
import { podSpecErrors } from '../validation/pod-spec.ts'
import { fillPod } from './defaults.ts'
import { qosClass } from './qos.ts'
import { same } from './resource-type.ts'

/** A name that is a host's too draws a warning when it has dots. */
export function expectHostname({ metadata: { name = '' } }: Doc): void {
  if (name.length > 63 || (dnsLabel.problem(name) && !dnsSubdomain.problem(name)))
    notModelled('a name that is no DNS label')
}

/** A spec with what an update may change taken out. */
function fixedPart({ containers, tolerations: _, ...rest }: Doc): Doc {
  return { ...rest, containers: containers?.map(({ image: _image, ...container }: Doc) => container) }
}

function expectAllowedUpdate(spec: Doc, old: Doc): void {
  const kept = (old.tolerations ?? []).every((each: Doc) => spec.tolerations?.some((now: Doc) => same(each, now)))
  // Upstream's text quotes a diff of its own internal structs.
  if (!kept || !same(fixedPart(spec), fixedPart(old)))
    notModelled('the diff that refuses a change of a pod\'s spec')
}

function expectPlainStatus({ podIP, podIPs = [], hostIP, hostIPs = [], nominatedNodeName }: Doc): void {
  const addresses = [podIP, hostIP, ...[...podIPs, ...hostIPs].map((each: Doc) => each.ip)]
  if (addresses.some(each => each !== undefined && !isIPv4(each)) || podIPs.length > 1 || hostIPs.length > 1 || (hostIPs.length && hostIPs[0].ip !== hostIP))
    notModelled('these addresses of a pod')
  if (nominatedNodeName && dnsSubdomain.problem(nominatedNodeName))
    notModelled('an ill-formed node name')
}

export const pods: ResourceType = {
  resource: 'pods',
  group: '',
  version: 'v1',
  kind: 'Pod',
  namespaced: true,
  prefix: '/registry/pods/',
  nameRule: dnsSubdomain,
  subresources: ['status', 'binding', 'eviction'],
  unconditionalUpdate: true,
  deleteCollection: true,
  answersDeleted: true,
  unknownField: 'label',
  fields: {
    'spec.nodeName': pod => pod.spec.nodeName ?? '',
    'spec.restartPolicy': pod => pod.spec.restartPolicy,
    'spec.schedulerName': pod => pod.spec.schedulerName,
    'spec.serviceAccountName': pod => pod.spec.serviceAccountName ?? '',
    'spec.hostNetwork': () => 'false',
    'status.phase': pod => pod.status.phase ?? '',
    'status.podIP': pod => pod.status.podIP ?? '',
    'status.nominatedNodeName': pod => pod.status.nominatedNodeName ?? '',
  },
  defaults: fillPod,
  generationOf: pod => pod.spec,
  prepareForCreate(pod) {
    pod.status = { phase: 'Pending', qosClass: qosClass(pod.spec) }
  },
  prepareForUpdate(pod, old) {
    pod.status = old.status
  },
  prepareForStatus(pod, old) {
    pod.spec = old.spec
    pod.metadata.ownerReferences = old.metadata.ownerReferences
    pod.metadata.deletionTimestamp = old.metadata.deletionTimestamp
    if ((pod.status.qosClass ?? old.status.qosClass) !== old.status.qosClass)
      notModelled('another quality of service')
    pod.status.qosClass = old.status.qosClass
  },
  validate(pod) {
    expectHostname(pod)
    return podSpecErrors(pod.spec, 'spec')
  },
  validateUpdate(pod, old): FieldError[] {
    expectAllowedUpdate(pod.spec, old.spec)
    if (pod.spec.containers?.some(({ image }: Doc) => !image))
      notModelled('a container that loses its image')
    return []
  },
  validateStatus(pod): FieldError[] {
    expectPlainStatus(pod.status)
    if (pod.spec.restartPolicy !== 'Always' && pod.status.containerStatuses)
      notModelled('the containers of a pod that ends')
    if ((pod.status.conditions ?? []).some(({ type }: Doc) => !isQualifiedName(type)))
      notModelled('an ill-formed condition')
    return []
  },
}
