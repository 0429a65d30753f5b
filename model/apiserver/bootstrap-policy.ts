/**
 * What the roles that every cluster starts with allow: to anybody, to those who are known, to the components.
 *
 * Models plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go, in fewer words: a component's role names the resources that
 * it works with in the model, and the controllers are one user.
 */
import type { User } from './context.ts'
import type { RequestInfo } from './requests.ts'

const publicPaths = new Set(['/healthz', '/livez', '/readyz', '/version', '/version/'])
const discovery = /^\/(?:api|apis|openapi|version)(?:\/|$)/

/** Verbs by resource; `*` for all. */
const components: Record<string, Record<string, string>> = {
  'system:kube-scheduler': {
    'pods': 'get list watch delete',
    'pods/binding': 'create',
    'bindings': 'create',
    'pods/status': 'patch update',
    'nodes': 'get list watch',
    'namespaces': 'get list watch',
    'services': 'get list watch',
    'replicasets': 'get list watch',
    'poddisruptionbudgets': 'get list watch',
    'events': 'create patch update',
    'leases': 'create get update list watch',
  },
  'system:kube-controller-manager': { '*': '*' },
  'system:cloud-controller-manager': { '*': '*' },
  'system:kube-proxy': { services: 'list watch', endpointslices: 'list watch', nodes: 'get list watch', events: 'create patch update' },
  'system:node': {
    'pods': 'get list watch create delete',
    'pods/status': 'patch update',
    'nodes': 'create get list watch update patch',
    'nodes/status': 'patch update',
    'configmaps': 'get list watch',
    'services': 'get list watch',
    'leases': 'create get update patch delete',
    'events': 'create patch update',
  },
}

/** Whether a starting role allows this. */
export function bootstrapAllows(user: User, { isResource, verb, path, resource, subresource }: RequestInfo): boolean {
  if (!isResource)
    return publicPaths.has(path) || (user.groups.includes('system:authenticated') && discovery.test(path))
  if (verb === 'create' && /^selfsubject(?:access|rules)?reviews$/.test(resource))
    return user.groups.includes('system:authenticated')
  const rules = components[user.name.startsWith('system:node:') ? 'system:node' : user.name]
  const verbs = rules?.[subresource ? `${resource}/${subresource}` : resource] ?? rules?.['*']
  return verbs === '*' || (verbs?.split(' ').includes(verb) ?? false)
}
