/** The resources that every server here serves. extras.ts adds more. */
import type { ResourceType } from './resource-type.ts'
import { events, namespaces, serviceaccounts } from './core.ts'
import { leases } from './leases.ts'
import { nodes } from './nodes.ts'
import { pods } from './pods.ts'
import { priorityclasses } from './priority-classes.ts'
import { watchedBudgets, watchedServices } from './watched.ts'
import { deployments, replicasets } from './workloads.ts'

const types: ResourceType[] = [
  pods,
  nodes,
  namespaces,
  watchedServices,
  serviceaccounts,
  events,
  deployments,
  replicasets,
  leases,
  watchedBudgets,
  priorityclasses,
]

/** All resources, in a fixed order. */
export const resourceTypes: readonly ResourceType[] = types

/** Adds resources that not every server here needs, or puts them in the place of those that are only watched. */
export function serve(...more: ResourceType[]): void {
  for (const type of more) {
    const at = types.findIndex(({ resource }) => resource === type.resource)
    types.splice(at < 0 ? types.length : at, at < 0 ? 0 : 1, type)
  }
}

/** The resource of a path, if it is served. */
export function findResource({ group, version, resource }: { group: string, version: string, resource: string }): ResourceType | undefined {
  return types.find(type => type.group === group && type.version === version && type.resource === resource)
}

/** A resource by its plural name alone, which is unique here. @throws when there is none: a slip in the model */
export function resourceNamed(plural: string): ResourceType {
  const found = types.find(type => type.resource === plural)
  if (!found)
    throw new Error(`no resource ${plural}`)
  return found
}
