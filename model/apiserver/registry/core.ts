/** Models pkg/registry/core/{serviceaccount,namespace,event}/strategy.go */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { notModelled } from '../status.ts'
import { dnsLabel, dnsSubdomain } from '../validation/names.ts'

const core = { group: '', version: 'v1', namespaced: true, nameRule: dnsSubdomain, subresources: [], deleteCollection: true } as const

export const serviceaccounts: ResourceType = { ...core, resource: 'serviceaccounts', kind: 'ServiceAccount', prefix: '/registry/serviceaccounts/', unconditionalUpdate: true, unknownField: 'known' }

export const namespaces: ResourceType = {
  ...core,
  resource: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
  prefix: '/registry/namespaces/',
  nameRule: dnsLabel,
  subresources: ['status', 'finalize'],
  unconditionalUpdate: true,
  deleteCollection: false,
  validate: ({ spec: { finalizers = [] } }) => finalizers.every((each: string) => each === 'kubernetes' || /^[\w.-]+\/[\w.-]+$/.test(each)) ? [] : notModelled('these finalizers of a namespace'),
  fields: { 'status.phase': ({ status }) => status.phase },
  defaults({ metadata }) {
    if (metadata.name)
      metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name }
    if (Object.keys(metadata.labels ?? {}).some(key => key.startsWith('pod-security.kubernetes.io/')))
      notModelled('PodSecurity')
  },
  prepareForCreate(namespace) {
    const { finalizers = [] } = namespace.spec
    namespace.spec.finalizers = finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes']
    namespace.status = { phase: 'Active' }
  },
  prepareForUpdate(namespace, old) {
    namespace.spec.finalizers = old.spec.finalizers
    namespace.status = old.status
  },
  prepareForStatus: () => notModelled('the status of a namespace'),
}

function eventErrors({ metadata, involvedObject }: Doc): FieldError[] {
  return (involvedObject.namespace ?? 'default') === metadata.namespace ? [] : notModelled('an event about an object of another namespace')
}

export const events: ResourceType = {
  ...core,
  resource: 'events',
  kind: 'Event',
  prefix: '/registry/events/',
  validate: eventErrors,
  fields: {
    'reason': event => event.reason ?? '',
    'type': event => event.type ?? '',
    'involvedObject.kind': event => event.involvedObject.kind ?? '',
    'involvedObject.name': event => event.involvedObject.name ?? '',
    'involvedObject.namespace': event => event.involvedObject.namespace ?? '',
    'involvedObject.uid': event => event.involvedObject.uid ?? '',
  },
}
