/** Models pkg/registry/coordination/lease/strategy.go */
import type { ResourceType } from './resource-type.ts'
import { notModelled } from '../status.ts'
import { dnsSubdomain } from '../validation/names.ts'

export const leases: ResourceType = {
  version: 'v1',
  namespaced: true,
  nameRule: dnsSubdomain,
  subresources: [],
  deleteCollection: true,
  resource: 'leases',
  group: 'coordination.k8s.io',
  kind: 'Lease',
  prefix: '/registry/leases/',
  validate({ spec: { leaseDurationSeconds = 1, leaseTransitions = 0 } }) {
    if (leaseDurationSeconds <= 0 || leaseTransitions < 0)
      notModelled('this lease')
    return []
  },
}
