/** Models pkg/registry/rbac/…/strategy.go and pkg/apis/rbac/validation/validation.go */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { rbacGroup } from '../authorization.ts'
import { invalidValue, requiredValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { pathSegment } from '../validation/names.ts'
import { fill } from './defaults.ts'
import { same } from './resource-type.ts'

const rbac = { group: rbacGroup, version: 'v1', nameRule: pathSegment, subresources: [], unconditionalUpdate: true, deleteCollection: true } as const

function ruleErrors({ rules }: Doc): FieldError[] {
  return (rules ?? []).flatMap((rule: Doc, index: number) => {
    if (rule.nonResourceURLs?.length || !rule.apiGroups?.length || !rule.resources?.length)
      notModelled('this rule')
    return rule.verbs?.length ? [] : [requiredValue(`rules[${index}].verbs`, 'verbs must contain at least one value')]
  })
}

/** A rule without verbs comes first in upstream's checks, whatever else is missing. */
function expectPlainBinding({ subjects = [], roleRef }: Doc, roleKinds: string[]): void {
  const plainSubject = ({ kind, apiGroup, name, namespace }: Doc) => name
    && (kind === 'ServiceAccount' ? apiGroup === undefined && namespace : ['User', 'Group'].includes(kind) && apiGroup === rbacGroup && !namespace)
  if (roleRef.apiGroup !== rbacGroup || !roleKinds.includes(roleRef.kind) || !roleRef.name || !subjects.every(plainSubject))
    notModelled('this role binding')
}

function fillBinding({ subjects = [], roleRef }: Doc): void {
  roleRef.apiGroup ||= rbacGroup
  for (const subject of subjects as Doc[]) {
    if (subject.kind !== 'ServiceAccount')
      fill(subject, { apiGroup: rbacGroup })
  }
}

function roleRefErrors({ roleRef }: Doc, old: Doc): FieldError[] {
  const { apiGroup: APIGroup, kind: Kind, name: Name } = roleRef
  return same(roleRef, old.roleRef) ? [] : [invalidValue('roleRef', { APIGroup, Kind, Name }, 'cannot change roleRef')]
}

function binding(kind: string, namespaced: boolean, roleKinds: string[]): ResourceType {
  const resource = `${kind.toLowerCase()}s`
  return {
    ...rbac,
    resource,
    kind,
    namespaced,
    prefix: `/registry/${resource}/`,
    defaults: fillBinding,
    validate(object) {
      expectPlainBinding(object, roleKinds)
      return []
    },
    validateUpdate: roleRefErrors,
  }
}

function role(kind: string, namespaced: boolean): ResourceType {
  const resource = `${kind.toLowerCase()}s`
  return { ...rbac, resource, kind, namespaced, prefix: `/registry/${resource}/`, validate: ruleErrors }
}

export const roles = role('Role', true)
export const clusterroles = role('ClusterRole', false)
export const rolebindings = binding('RoleBinding', true, ['Role', 'ClusterRole'])
export const clusterrolebindings = binding('ClusterRoleBinding', false, ['ClusterRole'])
