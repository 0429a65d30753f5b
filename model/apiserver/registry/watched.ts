/** Resources that the scheduler watches; writing them takes extras.ts. */
import type { ResourceType } from './resource-type.ts'
import { dnsLabel } from '../validation/names.ts'

function watchedOnly(group: string, kind: string, prefix: string): ResourceType {
  return { group, version: 'v1', kind, resource: `${kind.toLowerCase()}s`, namespaced: true, prefix, nameRule: dnsLabel, subresources: [], readOnly: true }
}

export const watchedServices = watchedOnly('', 'Service', '/registry/services/specs/')
export const watchedBudgets = watchedOnly('policy', 'PodDisruptionBudget', '/registry/poddisruptionbudgets/')
