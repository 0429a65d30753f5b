/** Models pkg/registry/scheduling/priorityclass/strategy.go */
import type { ResourceType } from './resource-type.ts'
import { notModelled } from '../status.ts'
import { dnsSubdomain } from '../validation/names.ts'
import { fill } from './defaults.ts'

export const priorityclasses: ResourceType = {
  version: 'v1',
  nameRule: dnsSubdomain,
  subresources: [],
  deleteCollection: true,
  resource: 'priorityclasses',
  group: 'scheduling.k8s.io',
  kind: 'PriorityClass',
  namespaced: false,
  prefix: '/registry/priorityclasses/',
  generationOf: () => '',
  defaults: object => fill(object, { preemptionPolicy: 'PreemptLowerPriority' }),
  validate({ value, globalDefault, preemptionPolicy, metadata }) {
    if (Math.abs(value) > 1_000_000_000 || globalDefault || !['Never', 'PreemptLowerPriority'].includes(preemptionPolicy) || metadata.name?.startsWith('system-'))
      notModelled('this priority class')
    return []
  },
  validateUpdate: (object, old) => object.value === old.value && object.preemptionPolicy === old.preemptionPolicy ? [] : notModelled('a changed priority'),
}
