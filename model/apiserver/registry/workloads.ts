/** Models pkg/registry/apps/{deployment,replicaset}/strategy.go and pkg/apis/apps/validation/validation.go */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { labelSelector, selectorMatches } from '../../selectors.ts'
import { forbiddenField, invalidValue, requiredValue, unsupportedValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { labelErrors } from '../validation/metadata.ts'
import { dnsSubdomain } from '../validation/names.ts'
import { podSpecErrors } from '../validation/pod-spec.ts'
import { plainSelector } from '../validation/scheduling.ts'
import { fill, fillPodSpec } from './defaults.ts'
import { expectHostname } from './pods.ts'
import { same } from './resource-type.ts'

/** Numbers that may not be negative. */
function atLeastZero(object: Doc, path: string, names: readonly string[]): FieldError[] {
  return names.filter(name => object[name] < 0).map(name => invalidValue(`${path}.${name}`, object[name], 'must be greater than or equal to 0'))
}

function templateErrors({ selector, template }: Doc): FieldError[] {
  const path = 'spec.template'
  if (!plainSelector(selector) || labelErrors(template.metadata.labels, 'labels').length)
    notModelled('an ill-formed selector or label')
  const { labels, annotations, ...rest } = template.metadata
  if (Object.keys(rest).some(key => !['creationTimestamp', 'name'].includes(key)) || (annotations && Object.keys(annotations).some(key => key.length > 253)))
    notModelled('this metadata of a template')
  const matcher = labelSelector(selector)
  const matches = matcher?.length === 0 || selectorMatches(matcher, labels)
  const { restartPolicy } = template.spec
  return [
    ...(matches ? [] : [invalidValue(`${path}.metadata.labels`, labels, '`selector` does not match template `labels`')]),
    ...podSpecErrors(template.spec, `${path}.spec`),
    ...(restartPolicy === 'Always' ? [] : [unsupportedValue(`${path}.spec.restartPolicy`, restartPolicy, ['Always'])]),
  ]
}

function selectorErrors(selector: Doc | null, kind: string): FieldError[] {
  if (selector && !Object.keys(selector).length)
    return kind === 'deployment' ? [invalidValue('spec.selector', selector, 'empty selector is invalid for deployment')] : notModelled('the empty selector of a ReplicaSet')
  return selector ? [] : [requiredValue('spec.selector')]
}

const percent = /^\d{1,2}%$|^100%$/

function strategyErrors({ strategy: { type, rollingUpdate } }: Doc): FieldError[] {
  if (type === 'Recreate')
    return rollingUpdate ? [forbiddenField('spec.strategy.rollingUpdate', `may not be specified when strategy \`type\` is 'Recreate'`)] : []
  const { maxUnavailable, maxSurge } = rollingUpdate ?? {}
  const wellFormed = (value: unknown) => typeof value === 'number' ? value >= 0 : typeof value === 'string' && (percent.test(value))
  if (type !== 'RollingUpdate' || !wellFormed(maxUnavailable) || !(wellFormed(maxSurge) || /^\d+%$/.test(maxSurge)))
    notModelled('this strategy')
  return Number.parseInt(maxUnavailable) === 0 && Number.parseInt(maxSurge) === 0
    ? [invalidValue('spec.strategy.rollingUpdate.maxUnavailable', maxUnavailable, 'may not be 0 when `maxSurge` is 0')]
    : []
}

function deploymentErrors({ spec, metadata }: Doc): FieldError[] {
  expectHostname({ metadata })
  return [
    ...atLeastZero(spec, 'spec', ['replicas']),
    ...selectorErrors(spec.selector, 'deployment'),
    ...templateErrors(spec),
    ...strategyErrors(spec),
    ...atLeastZero(spec, 'spec', ['minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds']),
    ...(spec.progressDeadlineSeconds <= (spec.minReadySeconds ?? 0) ? [invalidValue('spec.progressDeadlineSeconds', spec.progressDeadlineSeconds, 'must be greater than minReadySeconds')] : []),
  ]
}

function replicaSetErrors({ spec, metadata }: Doc): FieldError[] {
  expectHostname({ metadata })
  return [
    ...atLeastZero(spec, 'spec', ['replicas', 'minReadySeconds']),
    ...selectorErrors(spec.selector, 'replicaset'),
    ...templateErrors(spec),
  ]
}

function immutableSelector({ spec }: Doc, old: Doc): FieldError[] {
  return same(spec.selector, old.spec.selector) ? [] : [invalidValue('spec.selector', spec.selector, 'field is immutable')]
}

function statusErrors({ status }: Doc, counts: readonly string[], parts: readonly string[]): FieldError[] {
  if (atLeastZero(status, 'status', ['observedGeneration', ...counts, 'terminatingReplicas', 'collisionCount']).length)
    return atLeastZero(status, 'status', ['observedGeneration', ...counts, 'terminatingReplicas', 'collisionCount'])
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status
  return [
    ...parts.filter(part => status[part] > replicas).map(part => invalidValue(`status.${part}`, status[part], 'cannot be greater than status.replicas')),
    ...(availableReplicas > readyReplicas ? [invalidValue('status.availableReplicas', availableReplicas, 'cannot be greater than readyReplicas')] : []),
  ]
}

/** The pod template's own copy of metadata is printed even when empty. */
function fillTemplate(spec: Doc): void {
  fill(spec, { replicas: 1 })
  fillPodSpec(spec.template.spec)
}

const apps = { group: 'apps', version: 'v1', namespaced: true, nameRule: dnsSubdomain, subresources: ['status', 'scale'], unconditionalUpdate: true, deleteCollection: true } as const

export const deployments: ResourceType = {
  ...apps,
  resource: 'deployments',
  kind: 'Deployment',
  prefix: '/registry/deployments/',
  defaults({ spec }) {
    fillTemplate(spec)
    fill(spec, { revisionHistoryLimit: 10, progressDeadlineSeconds: 600 })
    fill(spec.strategy, { type: 'RollingUpdate' })
    if (spec.strategy.type === 'RollingUpdate') {
      fill(spec.strategy, { rollingUpdate: {} })
      fill(spec.strategy.rollingUpdate, { maxUnavailable: '25%', maxSurge: '25%' })
    }
  },
  // Annotations are copied to the ReplicaSets, so they count here.
  generationOf: ({ spec, metadata }) => [spec, metadata.annotations],
  prepareForCreate(object) {
    object.status = {}
  },
  prepareForUpdate(object, old) {
    object.status = old.status
  },
  prepareForStatus(object, old) {
    object.spec = old.spec
    object.metadata.labels = old.metadata.labels
  },
  validate: deploymentErrors,
  validateUpdate: immutableSelector,
  validateStatus: object => statusErrors(object, ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas', 'unavailableReplicas'], ['updatedReplicas', 'readyReplicas', 'availableReplicas']),
}

export const replicasets: ResourceType = {
  ...apps,
  resource: 'replicasets',
  kind: 'ReplicaSet',
  prefix: '/registry/replicasets/',
  defaults: ({ spec }) => fillTemplate(spec),
  generationOf: ({ spec }) => spec,
  prepareForCreate(object) {
    object.status = { replicas: 0 }
  },
  prepareForUpdate(object, old) {
    object.status = old.status
  },
  prepareForStatus(object, old) {
    object.spec = old.spec
  },
  fields: { 'status.replicas': ({ status }) => String(status.replicas) },
  validate: replicaSetErrors,
  validateUpdate: immutableSelector,
  validateStatus: object => statusErrors(object, ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'], ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']),
}
