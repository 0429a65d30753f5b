/**
 * What the real server has and the model leaves out, so that the rest is known to be nowhere: that is 404, not 501.
 *
 * Models pkg/controlplane/instance.go (the groups that are served)
 */
import type { Context, Target } from './context.ts'
import type { RequestInfo } from './requests.ts'
import type { ApiResponse } from './status.ts'
import { rbacGroup } from './authorization.ts'
import { findResource, resourceTypes } from './registry/resources.ts'
import { notModelled } from './status.ts'

/** Groups of the real one, and resources of served groups, that the model leaves out. */
const groups = /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|flowcontrol\.apiserver|internal\.apiserver|networking|node|resource|storage|storagemigration|events)\.k8s\.io\/|^(?:autoscaling|batch)\//
const leftOut = new Set('componentstatuses limitranges resourcequotas persistentvolumeclaims persistentvolumes podtemplates replicationcontrollers secrets controllerrevisions daemonsets statefulsets volumeattachments leasecandidates ipaddresses servicecidrs podgroups workloads'.split(' '))
const oldVersions = new Set(['apps/v1beta1', 'apps/v1beta2', 'policy/v1beta1'])

/** Subresources that only the real one has. */
const subresources = new Set(['log', 'exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers', 'resize', 'token', 'approval', 'status', 'scale'])

/** Whether the real one has no such resource or subresource either. */
export function isUnknown(info: RequestInfo): boolean {
  const { group, version, resource, subresource } = info
  if (findResource(info))
    return !subresources.has(subresource)
  const groupVersion = `${group}/${version}`
  if (groups.test(`${groupVersion}/`) || leftOut.has(resource))
    return false
  const own = resourceTypes.filter(type => type.group === group)
  // Where no version of the group is served the real one answers with a plain text.
  return own.length > 0 && (own.some(type => type.version === version) || oldVersions.has(groupVersion))
}

/** Paths outside of resources that only the real one has. */
const otherPaths = /^\/(?:$|(?:api|apis|openapi|version|metrics|logs|debug|swagger|\.well-known|healthz|livez|readyz|flagz|statusz|openid)(?:\/|$))/

/** What lies outside of resources: little of it. */
export function outside({ info, request }: Context): ApiResponse {
  if (request.method !== 'GET')
    notModelled(`${request.method} outside of resources`)
  if (otherPaths.test(info.path))
    notModelled(`the path ${info.path}`)
  return { status: 404, body: '404 page not found\n', headers: { 'content-type': 'text/plain; charset=utf-8' } }
}

/** Lists that would hold what a cluster starts with and the model doesn't have. */
export function expectOwnObjects({ type, info, config }: Target): void {
  const { namespace, name, verb } = info
  const systemNamespace = namespace === '' || namespace === 'kube-system' || namespace === 'kube-public'
  const selected = info.query.fieldSelector?.startsWith('metadata.namespace=') && !/kube-/.test(info.query.fieldSelector)
  const many = verb === 'list' || verb === 'watch' || verb === 'deletecollection'
  if (type.resource === 'configmaps' && systemNamespace && !selected && (many || name))
    notModelled('the ConfigMaps that a cluster starts with')
  if (type.resource === 'services' && name === 'kubernetes' && config.authorization === 'AlwaysAllow')
    notModelled('the Service of the server itself')
  if (type.group === rbacGroup && config.authorization === 'RBAC' && (many || /^(?:system:|cluster-admin|view|edit|admin)/.test(name)) && (!type.namespaced || systemNamespace))
    notModelled('the roles that a cluster starts with')
}
