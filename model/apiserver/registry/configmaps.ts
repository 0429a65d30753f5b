/** Models pkg/registry/core/{configmap,endpoint}/strategy.go */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { forbiddenField, invalidValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { configMapKey, dnsSubdomain } from '../validation/names.ts'
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

export const endpoints: ResourceType = {
  ...core,
  resource: 'endpoints',
  kind: 'Endpoints',
  prefix: '/registry/services/endpoints/',
  // Since 1.33.
  warning: '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"',
  defaults({ subsets = [] }) {
    for (const { ports = [] } of subsets)
      ports.forEach((port: Doc) => fill(port, { protocol: 'TCP' }))
  },
}
