/** Models pkg/registry/core/{configmap,serviceaccount,namespace,endpoint,event}/strategy.go */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { forbiddenField, invalidValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { configMapKey, dnsLabel, dnsSubdomain } from '../validation/names.ts'
import { fill } from './defaults.ts'
import { same } from './resource-type.ts'

const core = { group: '', version: 'v1', namespaced: true, nameRule: dnsSubdomain, subresources: [], deleteCollection: true } as const

function configMapErrors({ data = {}, binaryData = {} }: Doc): FieldError[] {
  const wrong = (path: string, key: string): FieldError[] => {
    const problem = configMapKey.problem(key)
    if (problem === 'dots' || key.length > configMapKey.limit)
      notModelled(`the key ${key}`)
    return problem ? [invalidValue(`${path}[${key}]`, key, problem)] : []
  }
  const errors = [
    ...Object.keys(data).flatMap(key => [...wrong('data', key), ...(key in binaryData ? [invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')] : [])]),
    ...Object.keys(binaryData).flatMap(key => wrong('binaryData', key)),
  ]
  if (errors.length > 1)
    notModelled('several wrong keys')
  return errors
}

export const configmaps: ResourceType = {
  ...core,
  resource: 'configmaps',
  kind: 'ConfigMap',
  prefix: '/registry/configmaps/',
  unconditionalUpdate: true,
  unknownField: 'known',
  validate: configMapErrors,
  validateUpdate(object, old) {
    if (!old.immutable)
      return []
    const frozen = (field: string) => forbiddenField(field, 'field is immutable when `immutable` is set')
    return [
      ...(object.immutable ? [] : [frozen('immutable')]),
      ...['data', 'binaryData'].filter(field => !same(object[field], old[field])).map(frozen),
    ]
  },
}

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

export const endpoints: ResourceType = {
  ...core,
  resource: 'endpoints',
  kind: 'Endpoints',
  prefix: '/registry/services/endpoints/',
  defaults({ subsets = [] }) {
    for (const { ports = [] } of subsets)
      ports.forEach((port: Doc) => fill(port, { protocol: 'TCP' }))
  },
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
