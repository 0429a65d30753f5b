/**
 * RBAC: whether some role that is bound to the user or to one of its groups allows the request.
 *
 * Models plugin/pkg/auth/authorizer/rbac/rbac.go
 */
import type { Context, Target, User } from './context.ts'
import type { CachedObject, Flow } from './flow.ts'
import type { Doc } from './status.ts'
import { bootstrapAllows } from './bootstrap-policy.ts'
import { mastersGroup } from './context.ts'
import { cachedList, cachedOne } from './flow.ts'
import { rbacGroup } from './registry/rbac.ts'
import { failure, forbidden, notModelled } from './status.ts'

const has = (list: string[] = [], value: string) => list.includes('*') || list.includes(value)

/** Whether a rule allows what the request asks. */
export function ruleAllows(rule: Doc, { info }: Pick<Context, 'info'>): boolean {
  const resource = info.subresource ? `${info.resource}/${info.subresource}` : info.resource
  return has(rule.verbs, info.verb) && has(rule.apiGroups, info.group)
    && (has(rule.resources, resource) || Boolean(info.subresource && rule.resources?.includes(`*/${info.subresource}`)))
    && (!rule.resourceNames?.length || rule.resourceNames.includes(info.name))
}

function binds({ subjects = [] }: Doc, user: User): boolean {
  return subjects.some(({ kind, name, namespace }: Doc) => kind === 'User'
    ? name === user.name
    : kind === 'Group' ? user.groups.includes(name) : user.name === `system:serviceaccount:${namespace}:${name}`)
}

function* rulesOf({ roleRef }: Doc, namespace: string): Flow<Doc[]> {
  if (roleRef.kind === 'ClusterRole' && roleRef.name === 'cluster-admin')
    return [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }]
  const role: Doc | undefined = roleRef.kind === 'Role' ? yield* cachedOne('roles', namespace, roleRef.name) : yield* cachedOne('clusterroles', '', roleRef.name)
  // Upstream's refusal then names the roles that it didn't find.
  return role ? role.rules ?? [] : notModelled(`a binding to the role ${roleRef.name}, which isn't there`)
}

function* allowedByRoles(user: User, context: Context): Flow<boolean> {
  const everywhere: CachedObject[] = yield* cachedList('clusterrolebindings')
  const here: CachedObject[] = context.info.namespace ? yield* cachedList('rolebindings', context.info.namespace) : []
  for (const { object } of [...everywhere, ...here]) {
    if (binds(object, user) && (yield* rulesOf(object, context.info.namespace)).some(rule => ruleAllows(rule, context)))
      return true
  }
  return false
}

/** @throws 403 when nothing allows the request */
export function* authorize(user: User, context: Context): Flow<void> {
  const { info, config } = context
  if (config.authorization === 'AlwaysAllow' || user.groups.includes(mastersGroup) || bootstrapAllows(user, info))
    return
  if (info.isResource && (yield* allowedByRoles(user, context)))
    return
  if (!info.isResource)
    throw failure(403, `forbidden: User "${user.name}" cannot ${context.request.method.toLowerCase()} path "${info.path}"`, 'Forbidden', {})
  const resource = info.subresource ? `${info.resource}/${info.subresource}` : info.resource
  const where = info.namespace ? `in the namespace "${info.namespace}"` : 'at the cluster scope'
  throw forbidden({ resource: info.resource, group: info.group, kind: '' }, info.name, `User "${user.name}" cannot ${info.verb} resource "${resource}" in API group "${info.group}" ${where}`)
}

/** Nobody may grant what he hasn't: that check is not modelled, so only administrators write roles. */
export function refuseReserved({ type, config, request }: Target, _object: Doc): void {
  if (type.group !== rbacGroup || config.authorization !== 'RBAC')
    return
  const token = /^Bearer (.+)$/.exec(request.headers?.authorization ?? '')?.[1]
  const user = token ? config.tokens[token] : config.certificate
  if (!user?.groups.includes(mastersGroup))
    notModelled('roles granted by others than administrators')
}
