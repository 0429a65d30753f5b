import type { RequestInfo } from '../../model/apiserver/requests.ts'

/**
 * What the model can no longer speak of: objects that a request made or changed which it doesn't model, and what depends on them.
 */
export interface Taint {
  /** `resource namespace name` */
  objects: Set<string>
  /** `resource namespace`: any object of it may be touched. */
  collections: Set<string>
  /** Namespaces in which writes depend on an object that the model doesn't have. */
  namespaces: Set<string>
  everything: boolean
}

export const noTaint = (): Taint => ({ objects: new Set(), collections: new Set(), namespaces: new Set(), everything: false })

/** Objects that decide about all requests, or about those of their namespace, of a resource. */
const decideAll = /^(?:roles|rolebindings|clusterroles|clusterrolebindings|customresourcedefinitions|validatingadmission.*|mutating.*|validatingwebhook.*|apiservices)$/
const decideNamespace = new Set(['limitranges', 'resourcequotas', 'serviceaccounts'])

/** A request that isn't modelled has changed this object. */
export function taintObject(taint: Taint, { resource, namespace, subresource }: RequestInfo, name: string): void {
  if (decideAll.test(resource))
    taint.everything = true
  if (decideNamespace.has(resource))
    taint.namespaces.add(namespace)
  if (resource === 'namespaces')
    taint.namespaces.add(name)
  if (resource === 'priorityclasses')
    taint.collections.add('pods ')
  if (resource === 'services')
    taint.collections.add('services ')
  if (resource === 'poddisruptionbudgets' || subresource === 'eviction')
    taint.collections.add(`poddisruptionbudgets ${namespace}`)
  if (name)
    taint.objects.add(`${resource} ${resource === 'namespaces' ? '' : namespace} ${name}`)
  else
    taint.collections.add(`${resource} ${namespace}`)
}

/** Whether the model knows no longer what this object looks like. */
export function isTainted(taint: Taint, resource: string, namespace: string, name: string): boolean {
  const own = resource === 'namespaces' ? '' : namespace
  return taint.everything || taint.objects.has(`${resource} ${own} ${name}`) || taint.collections.has(`${resource} ${own}`) || taint.collections.has(`${resource} `) || (own !== '' && taint.namespaces.has(own))
}

/** Whether the answer to a request depends on what the model doesn't know. */
export function dependsOn(taint: Taint, info: RequestInfo, bodyName: string): boolean {
  const { resource, namespace, name, verb, subresource } = info
  if (taint.everything || (namespace && taint.namespaces.has(namespace)))
    return true
  if (subresource === 'eviction' && taint.collections.has(`poddisruptionbudgets ${namespace}`))
    return true
  if (name || verb === 'create')
    return isTainted(taint, resource === 'bindings' ? 'pods' : resource, namespace, name || bodyName)
  const within = (own: string) => !namespace || own === namespace || own === ''
  return [...taint.objects].some((each) => {
    const [kind, own = ''] = each.split(' ')
    return kind === resource && within(own)
  }) || [...taint.collections].some((each) => {
    const [kind, own = ''] = each.split(' ')
    return kind === resource && within(own)
  })
}
