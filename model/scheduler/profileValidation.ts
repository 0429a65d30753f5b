import type { DefaultPreemptionArgs } from './plugins/DefaultPreemption.ts'
import type { InterPodAffinityArgs } from './plugins/InterPodAffinity.ts'
import type { NodeResourcesBalancedAllocationArgs } from './plugins/NodeResourcesBalancedAllocation.ts'
import type { NodeResourcesFitArgs } from './plugins/NodeResourcesFit.ts'
import type { ScoringStrategy } from './plugins/resourceScorers.ts'
import type { PodTopologySpreadArgs } from './plugins/topologySpreadConstraints.ts'
/**
 * What a profile may not say.
 *
 * Models pkg/scheduler/apis/config/validation/validation.go and validation_pluginargs.go
 */
import type { ProfileConfig } from './profile.ts'

/** A refused profile; `path` says which field is wrong. */
export class ProfileError extends Error {
  readonly path: string

  constructor(path: string, message: string) {
    super(`${path}: ${message}`)
    this.name = 'ProfileError'
    this.path = path
  }
}

function invalid(path: string, value: unknown, reason: string): never {
  throw new ProfileError(path, `Invalid value: ${JSON.stringify(value)}: ${reason}`)
}

function within(path: string, value: unknown, least: number, most: number): void {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
    invalid(path, value, `not in valid range [${least}, ${most}]`)
}

function oneOf(path: string, value: unknown, supported: string[]): void {
  if (!supported.includes(value as string))
    throw new ProfileError(path, `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported.map(each => JSON.stringify(each)).join(', ')}`)
}

/** A weight of 0 is one that wasn't given: it becomes 1. */
function scoringStrategy({ type, resources = [], requestedToCapacityRatio }: ScoringStrategy, path: string): void {
  oneOf(`${path}.type`, type, ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'])
  resources.forEach(({ name, weight = 1 }, index) => {
    if (!(weight >= 0 && weight <= 100))
      invalid(`${path}.resources[${index}].weight`, weight, `resource weight of ${name} not in valid range (0, 100]`)
  })
  const ratio = `${path}.requestedToCapacityRatio`
  if (type !== 'RequestedToCapacityRatio') {
    if (requestedToCapacityRatio)
      throw new ProfileError(ratio, 'Forbidden: must be nil when type is not RequestedToCapacityRatio')
    return
  }
  if (!requestedToCapacityRatio)
    throw new ProfileError(ratio, 'Required value: must be specified when type is RequestedToCapacityRatio')
  const { shape = [] } = requestedToCapacityRatio
  if (!shape.length)
    throw new ProfileError(`${ratio}.shape`, 'Required value: at least one point must be specified')
  shape.forEach(({ utilization, score }, index) => {
    const point = `${ratio}.shape[${index}]`
    if (index && shape[index - 1]!.utilization >= utilization)
      invalid(`${point}.utilization`, utilization, 'values must be sorted in increasing order')
    within(`${point}.utilization`, utilization, 0, 100)
    within(`${point}.score`, score, 0, 10)
  })
}

const validators: Record<string, (args: never, path: string) => void> = {
  NodeResourcesFit({ scoringStrategy: strategy, ignoredResourceGroups = [] }: NodeResourcesFitArgs, path) {
    ignoredResourceGroups.forEach((group, index) => {
      if (group.includes('/'))
        invalid(`${path}.ignoredResourceGroups[${index}]`, group, `resource group name can't contain '/'`)
    })
    if (strategy)
      scoringStrategy(strategy, `${path}.scoringStrategy`)
  },
  NodeResourcesBalancedAllocation({ resources = [] }: NodeResourcesBalancedAllocationArgs, path) {
    resources.forEach(({ name, weight = 1 }, index) => {
      if (resources.findIndex(resource => resource.name === name) < index)
        throw new ProfileError(`${path}.resources[${index}].name`, `Duplicate value: ${JSON.stringify(name)}`)
      if (weight !== 1 && weight !== 0)
        invalid(`${path}.resources[${index}].weight`, weight, 'must be 1')
    })
  },
  InterPodAffinity({ hardPodAffinityWeight = 1 }: InterPodAffinityArgs, path) {
    within(`${path}.hardPodAffinityWeight`, hardPodAffinityWeight, 0, 100)
  },
  PodTopologySpread({ defaultConstraints = [], defaultingType = 'System' }: PodTopologySpreadArgs, path) {
    oneOf(`${path}.defaultingType`, defaultingType, ['List', 'System'])
    if (defaultingType === 'System' && defaultConstraints.length)
      invalid(`${path}.defaultingType`, defaultingType, 'when .defaultConstraints are not empty')
    defaultConstraints.forEach(({ maxSkew, topologyKey, whenUnsatisfiable, labelSelector }, index) => {
      const constraint = `${path}.defaultConstraints[${index}]`
      if (!(maxSkew > 0))
        invalid(`${constraint}.maxSkew`, maxSkew, 'not in valid range (0, inf)')
      if (!topologyKey)
        throw new ProfileError(`${constraint}.topologyKey`, 'Required value: can not be empty')
      oneOf(`${constraint}.whenUnsatisfiable`, whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway'])
      if (labelSelector)
        throw new ProfileError(`${constraint}.labelSelector`, 'Forbidden: constraint must not define a selector, as they deduced for each pod')
      if (defaultConstraints.findIndex(other => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable) < index)
        throw new ProfileError(constraint, `Duplicate value: "{${topologyKey}, ${whenUnsatisfiable}}"`)
    })
  },
  DefaultPreemption({ minCandidateNodesPercentage = 10, minCandidateNodesAbsolute = 100 }: DefaultPreemptionArgs, path) {
    within(`${path}.minCandidateNodesPercentage`, minCandidateNodesPercentage, 0, 100)
    within(`${path}.minCandidateNodesAbsolute`, minCandidateNodesAbsolute, 0, Number.MAX_SAFE_INTEGER)
    if (!minCandidateNodesPercentage && !minCandidateNodesAbsolute)
      invalid(`${path}.minCandidateNodesPercentage`, 0, 'cannot be zero at the same time as minCandidateNodesAbsolute')
  },
}

/**
 * Checks a profile.
 *
 * @param config the profile
 * @param args plugin name → arguments, shorthands written out
 * @param known whether there is a plugin of that name
 * @throws {ProfileError} naming the first field that is wrong
 */
export function validateProfile(config: ProfileConfig, args: Map<string, object>, known: (name: string) => boolean): void {
  if (config.percentageOfNodesToScore != null)
    within('percentageOfNodesToScore', config.percentageOfNodesToScore, 0, 100)
  for (const [point, set] of Object.entries(config.plugins ?? {})) {
    set.enabled?.forEach(({ name }, index) => {
      if (!known(name))
        throw new ProfileError(`plugins.${point}.enabled[${index}].name`, `plugin ${JSON.stringify(name)} does not exist`)
    })
  }
  const seen = new Set<string>()
  config.pluginConfig?.forEach(({ name }, index) => {
    const path = `pluginConfig[${index}]`
    if (!known(name))
      throw new ProfileError(`${path}.name`, `plugin ${JSON.stringify(name)} does not exist`)
    if (seen.has(name))
      throw new ProfileError(path, `Duplicate value: ${JSON.stringify(name)}`)
    seen.add(name)
  })
  for (const [name, given] of args)
    validators[name]?.(given as never, `pluginConfig[${name}].args`)
}
