/**
 * RBAC by the roles and bindings that somebody wrote.
 *
 * Models plugin/pkg/auth/authorizer/rbac/rbac.go
 */
import type { Context, User } from './context.ts'
import type { CachedObject, Flow } from './flow.ts'
import type { Doc } from './status.ts'
import { cachedList, cachedOne } from './flow.ts'
import { notModelled } from './status.ts'

const has = (list: string[] = [], value: string) => list.includes('*') || list.includes(value)

/** Whether a rule allows what the request asks. */
export function ruleAllows(rule: Doc, { info }: Pick<Context, 'info'>): boolean {
  if (!info.isResource)
    return rule.nonResourceURLs !== undefined
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
    return [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], nonResourceURLs: ['*'] }]
  const role: Doc | undefined = roleRef.kind === 'Role' ? yield* cachedOne('roles', namespace, roleRef.name) : yield* cachedOne('clusterroles', '', roleRef.name)
  // Upstream's refusal then names the roles that it didn't find.
  return role ? role.rules ?? [] : notModelled(`a binding to the role ${roleRef.name}, which isn't there`)
}

/** Whether a role that somebody wrote allows the request. */
export function* allowedByRoles(user: User, context: Context): Flow<boolean> {
  const everywhere: CachedObject[] = yield* cachedList('clusterrolebindings')
  const here: CachedObject[] = context.info.namespace ? yield* cachedList('rolebindings', context.info.namespace) : []
  for (const { object } of [...everywhere, ...here]) {
    if (binds(object, user) && (yield* rulesOf(object, context.info.namespace)).some(rule => ruleAllows(rule, context)))
      return true
  }
  return false
}
