/** Models pkg/registry/{policy,discovery}/…/strategy.go */
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { notModelled } from '../status.ts'
import { dnsSubdomain } from '../validation/names.ts'
import { plainSelector } from '../validation/scheduling.ts'
import { fill } from './defaults.ts'
import { same } from './resource-type.ts'

const plain = { version: 'v1', namespaced: true, nameRule: dnsSubdomain, subresources: [], deleteCollection: true } as const
const isCount = (value: unknown) => value === undefined || (typeof value === 'number' && value >= 0) || /^(?:\d{1,2}|100)%$/.test(String(value))

export const poddisruptionbudgets: ResourceType = {
  ...plain,
  resource: 'poddisruptionbudgets',
  group: 'policy',
  kind: 'PodDisruptionBudget',
  prefix: '/registry/poddisruptionbudgets/',
  subresources: ['status'],
  generationOf: ({ spec }) => spec,
  prepareForCreate(budget) {
    budget.status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }
  },
  prepareForUpdate(budget, old) {
    budget.status = old.status
  },
  prepareForStatus(budget, old) {
    budget.spec = old.spec
  },
  validate({ spec: { minAvailable, maxUnavailable, selector }, status }) {
    if (!isCount(minAvailable) || !isCount(maxUnavailable) || (minAvailable === undefined) === (maxUnavailable === undefined) || !plainSelector(selector))
      notModelled('this disruption budget')
    if (Object.values(status).some(value => typeof value === 'number' && value < 0))
      notModelled('a negative count')
    return []
  },
}

export const endpointslices: ResourceType = {
  ...plain,
  resource: 'endpointslices',
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  prefix: '/registry/endpointslices/',
  generationOf: ({ endpoints, ports, addressType }) => [endpoints, ports, addressType],
  defaults({ ports }) {
    for (const port of (ports ?? []) as Doc[])
      fill(port, { name: '', protocol: 'TCP' })
  },
  validate({ addressType, endpoints }) {
    if (addressType !== 'IPv4' || (endpoints ?? []).some((each: Doc) => !each.addresses?.length))
      notModelled('this endpoint slice')
    return []
  },
  validateUpdate: (object, old) => same(object.addressType, old.addressType) ? [] : notModelled('another address type'),
}
