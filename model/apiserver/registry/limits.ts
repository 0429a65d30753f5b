/** Models pkg/registry/core/{limitrange,resourcequota}/strategy.go, and their parts of pkg/apis/core/validation/validation.go */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { compareQuantities, parseQuantity } from '../../quantity.ts'
import { invalidValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { dnsSubdomain } from '../validation/names.ts'

const over = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && compareQuantities(parseQuantity(a), parseQuantity(b)) > 0

/** The bounds of one limit, each pair in its order. The value that the text quotes is upstream's choice. */
function itemErrors({ type, max = {}, min = {}, default: limit = {}, defaultRequest: request = {}, maxLimitRequestRatio: ratio = {} }: Doc, path: string): FieldError[] {
  const keys = [...new Set([max, min, limit, request, ratio].flatMap(list => Object.keys(list)))]
  if (!['Container', 'Pod'].includes(type) || (type === 'Pod' && (Object.keys(limit).length || Object.keys(request).length)) || keys.some(key => !['cpu', 'memory'].includes(key)))
    notModelled('this kind of limit')
  const amount = (text: string) => Number(parseQuantity(text).nano)
  if (keys.some(key => key in ratio && (over('1', ratio[key]) || (key in max && key in min && amount(ratio[key]) / 1e9 > amount(max[key]) / amount(min[key])))))
    notModelled('this ratio')
  return keys.sort().flatMap(key => [
    ...(over(min[key], max[key]) ? [invalidValue(`${path}.min[${key}]`, min[key], `min value ${min[key]} is greater than max value ${max[key]}`)] : []),
    ...(over(min[key], request[key]) ? [invalidValue(`${path}.defaultRequest[${key}]`, request[key], `min value ${min[key]} is greater than default request value ${request[key]}`)] : []),
    ...(over(request[key], max[key]) ? [invalidValue(`${path}.defaultRequest[${key}]`, request[key], `default request value ${request[key]} is greater than max value ${max[key]}`)] : []),
    ...(over(request[key], limit[key]) ? notModelled('a default request above the default limit') : []),
    ...(over(min[key], limit[key]) ? [invalidValue(`${path}.default[${key}]`, min[key], `min value ${min[key]} is greater than default value ${limit[key]}`)] : []),
    ...(over(limit[key], max[key]) ? [invalidValue(`${path}.default[${key}]`, max[key], `default value ${limit[key]} is greater than max value ${max[key]}`)] : []),
  ])
}

function limitRangeErrors({ spec }: Doc): FieldError[] {
  const limits: Doc[] = spec.limits ?? []
  if (new Set(limits.map(item => item.type)).size < limits.length)
    notModelled('two limits of one type')
  return limits.flatMap((item, index) => itemErrors(item, `spec.limits[${index}]`))
}

const quotaNames = /^(?:pods|(?:requests\.|limits\.)?(?:cpu|memory)|count\/(?:configmaps|serviceaccounts))$/

function quotaErrors({ spec, status }: Doc): FieldError[] {
  for (const list of [spec.hard, status.hard, status.used]) {
    for (const [name, amount] of Object.entries(list ?? {})) {
      if (!quotaNames.test(name) || String(amount).startsWith('-') || (/^(?:pods|count)/.test(name) && /[mun]$/.test(String(amount))))
        notModelled(`the quota ${name}`)
    }
  }
  return []
}

const core = { group: '', version: 'v1', namespaced: true, nameRule: dnsSubdomain, subresources: [], deleteCollection: true } as const

export const limitranges: ResourceType = {
  ...core,
  resource: 'limitranges',
  kind: 'LimitRange',
  prefix: '/registry/limitranges/',
  defaults({ spec }) {
    for (const item of spec.limits ?? []) {
      if (item.type !== 'Container')
        continue
      item.default = { ...item.max, ...item.default }
      item.defaultRequest = { ...item.min, ...item.default, ...item.defaultRequest }
    }
  },
  validate: limitRangeErrors,
}

export const resourcequotas: ResourceType = {
  ...core,
  resource: 'resourcequotas',
  kind: 'ResourceQuota',
  prefix: '/registry/resourcequotas/',
  subresources: ['status'],
  prepareForCreate(quota) {
    quota.status = {}
  },
  prepareForUpdate(quota, old) {
    quota.status = old.status
  },
  prepareForStatus(quota, old) {
    quota.spec = old.spec
  },
  validate: quotaErrors,
}
