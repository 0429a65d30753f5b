/** The resources that every server here serves, and the names of those that it leaves out. extras.ts adds more. */
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

/** Groups of the real one, and resources of served groups, that the model leaves out. */
const elsewhere = /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|flowcontrol\.apiserver|internal\.apiserver|networking|node|resource|storage|storagemigration|events)\.k8s\.io\/|^(?:autoscaling|batch)\//
const leftOut = new Set('configmaps endpoints endpointslices roles rolebindings clusterroles clusterrolebindings componentstatuses limitranges resourcequotas persistentvolumeclaims persistentvolumes podtemplates replicationcontrollers secrets controllerrevisions daemonsets statefulsets volumeattachments leasecandidates ipaddresses servicecidrs podgroups workloads'.split(' '))
const oldVersions = new Set(['apps/v1beta1', 'apps/v1beta2', 'extensions/v1beta1', 'policy/v1beta1'])

/** All resources, in a fixed order. */
export const resourceTypes: readonly ResourceType[] = types

/** Adds resources that not every server here needs, or puts them in the place of those that are only watched. */
export function serve(...more: ResourceType[]): void {
  for (const type of more) {
    const at = types.findIndex(({ resource }) => resource === type.resource)
    types.splice(at < 0 ? types.length : at, at < 0 ? 0 : 1, type)
    leftOut.delete(type.resource)
  }
}

/** The resource of a path; `unknown`: the real one has none either; `leftOut`: only the model hasn't. */
export function findResource({ group, version, resource }: { group: string, version: string, resource: string }): ResourceType | 'unknown' | 'leftOut' {
  const found = types.find(type => type.group === group && type.version === version && type.resource === resource)
  if (found)
    return found
  const groupVersion = `${group}/${version}`
  if (elsewhere.test(`${groupVersion}/`) || leftOut.has(resource))
    return 'leftOut'
  const own = types.filter(type => type.group === group)
  if (own.length && own.every(type => type.version !== version) && !oldVersions.has(groupVersion))
    return 'leftOut'
  return 'unknown'
}

/** A resource by its plural name alone, which is unique here. @throws when there is none: a slip in the model */
export function resourceNamed(plural: string): ResourceType {
  const found = types.find(type => type.resource === plural)
  if (!found)
    throw new Error(`no resource ${plural}`)
  return found
}
