/** Models pkg/registry/core/node/strategy.go and ValidateNode in pkg/apis/core/validation/validation.go */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { duplicateValue, forbiddenField, invalidValue, unsupportedValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { dnsSubdomain, isIPv4Network, isQualifiedName, labelValueRule } from '../validation/names.ts'
import { fill } from './defaults.ts'
import { same } from './resource-type.ts'

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

function taintErrors(taints: Doc[] = []): FieldError[] {
  const seen = new Set<string>()
  return taints.flatMap(({ key, value = '', effect, timeAdded = null }, index) => {
    if (!isQualifiedName(key) || labelValueRule.problem(value) || !effect)
      notModelled('an ill-formed taint')
    const path = `metadata.taints[${index}]`
    const errors = effects.includes(effect) ? [] : [unsupportedValue(`${path}.effect`, effect, effects)]
    if (seen.has(`${key} ${effect}`))
      errors.push(duplicateValue(path, { Key: key, Value: value, Effect: effect, TimeAdded: timeAdded }, 'taints must be unique by key and effect pair'))
    seen.add(`${key} ${effect}`)
    return errors
  })
}

function nodeErrors({ spec, status }: Doc): FieldError[] {
  const { podCIDRs = [], taints } = spec
  const lists = [status.capacity ?? {}, status.allocatable ?? {}]
  const plain = new Set(['cpu', 'memory', 'pods', 'ephemeral-storage'])
  if (podCIDRs.length > 1 || lists.some(list => Object.keys(list).some(name => !plain.has(name) && !/^[\w.-]+\/[\w.-]+$/.test(name)) || Object.values(list).some(amount => String(amount).startsWith('-'))))
    notModelled('these resources or networks of a node')
  if (podCIDRs.some((each: string) => !isIPv4Network(each) && /^[\da-f.:/]*$/i.test(each)))
    notModelled('this network of a node')
  if (new Set((status.addresses ?? []).map((each: Doc) => `${each.type} ${each.address}`)).size < (status.addresses?.length ?? 0))
    notModelled('a repeated address')
  return [
    ...taintErrors(taints),
    ...(podCIDRs.length && !isIPv4Network(podCIDRs[0]) ? [invalidValue('spec.podCIDRs[0]', podCIDRs[0], 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')] : []),
  ]
}

export const nodes: ResourceType = {
  resource: 'nodes',
  group: '',
  version: 'v1',
  kind: 'Node',
  namespaced: false,
  prefix: '/registry/minions/',
  nameRule: dnsSubdomain,
  subresources: ['status'],
  unconditionalUpdate: true,
  deleteCollection: true,
  fields: { 'spec.unschedulable': ({ spec }) => String(spec.unschedulable ?? false) },
  defaults({ spec, status }) {
    if (status.capacity)
      fill(status, { allocatable: status.capacity })
    if (spec.podCIDR && spec.podCIDR !== spec.podCIDRs?.[0])
      spec.podCIDRs = [spec.podCIDR]
    else if (spec.podCIDRs?.length)
      spec.podCIDR = spec.podCIDRs[0]
  },
  prepareForUpdate(node, old) {
    node.status = old.status
  },
  prepareForStatus(node, old) {
    node.spec = old.spec
  },
  validate: nodeErrors,
  validateUpdate({ spec }, old) {
    if (old.spec.providerID && old.spec.providerID !== spec.providerID)
      notModelled('another providerID')
    return old.spec.podCIDRs && !same(old.spec.podCIDRs, spec.podCIDRs)
      ? [forbiddenField('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid')]
      : []
  },
}
