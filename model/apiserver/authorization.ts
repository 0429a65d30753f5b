/**
 * RBAC: whether some role that is bound to the user or to one of its groups allows the request: one of those that every cluster
 * starts with, or (roles.ts) one that somebody wrote.
 *
 * Models plugin/pkg/auth/authorizer/rbac/rbac.go
 */
import type { Context, Target, User } from './context.ts'
import type { Flow } from './flow.ts'
import type { Doc } from './status.ts'
import { bearerToken } from './authentication.ts'
import { bootstrapAllows } from './bootstrap-policy.ts'
import { mastersGroup } from './context.ts'
import { extensions } from './extensions.ts'
import { failure, forbidden, notModelled } from './status.ts'

export const rbacGroup = 'rbac.authorization.k8s.io'

/** Administrators of a cluster that kubeadm made: bound to a role, unlike system:masters, which no authorizer is asked about. */
const clusterAdmins = 'kubeadm:cluster-admins'

/** Why the request is allowed, where a reason is known, as the audit log has it. @throws 403 when nothing allows it */
export function* authorize(user: User, context: Context): Flow<string> {
  const { info, config } = context
  if (config.authorization === 'AlwaysAllow' || user.groups.includes(mastersGroup) || bootstrapAllows(user, info))
    return ''
  if (user.groups.includes(clusterAdmins))
    return `RBAC: allowed by ClusterRoleBinding "${clusterAdmins}" of ClusterRole "cluster-admin" to Group "${clusterAdmins}"`
  if (extensions.allowedByRoles && (yield* extensions.allowedByRoles(user, context)))
    return ''
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
  const token = bearerToken(request.headers?.authorization)
  const user = token ? config.tokens[token] : config.certificate
  if (!user?.groups.includes(mastersGroup))
    notModelled('roles granted by others than administrators')
}
