import type { ScoringStrategy } from './plugins/resourceScorers.ts'
/**
 * Profiles of one's own: whoever imports this file can give them to `schedulerProfile`, `decide` and kube-scheduler.
 *
 * Models pkg/scheduler/apis/config/v1/default_plugins.go (mergePluginSet) and pkg/scheduler/framework/runtime/framework.go (expandMultiPointPlugins)
 */
import type { PluginChoice, PluginSet, Profile, ProfileConfig } from './profile.ts'
import { points, profileReader } from './profile.ts'
import { ProfileError, validateProfile } from './profileValidation.ts'
import { defaultMultiPoint, registry } from './registry.ts'
import './plugins/otherResourceScorers.ts'

/** What is enabled once a custom set is laid over a default one. */
function merge(defaults: PluginChoice[], custom: PluginSet = {}): PluginChoice[] {
  const disabled = new Set(custom.disabled?.map(({ name }) => name))
  const enabled = custom.enabled ?? []
  const replacements = new Map(enabled.map(choice => [choice.name, choice]))
  const used = new Set<PluginChoice>()
  const kept = disabled.has('*') ? [] : defaults.filter(({ name }) => !disabled.has(name))
  const merged = kept.map((choice) => {
    const replacement = replacements.get(choice.name)
    if (replacement)
      used.add(replacement)
    return replacement ?? choice
  })
  return [...merged, ...enabled.filter(choice => !used.has(choice))]
}

/** The order at one point: overrides of multi-point plugins, then the other multi-point plugins, then what only this point has. */
function expand(multiPoint: PluginChoice[], set: PluginSet = {}, has: (name: string) => boolean): PluginChoice[] {
  const specific = set.enabled ?? []
  const disabled = new Set(set.disabled?.map(({ name }) => name))
  if (disabled.has('*'))
    return specific
  const everywhere = multiPoint.filter(({ name }) => has(name) && !disabled.has(name))
  const overrides = specific.filter(({ name }) => everywhere.some(choice => choice.name === name))
  return [
    ...overrides,
    ...everywhere.filter(({ name }) => !specific.some(choice => choice.name === name)),
    ...specific.filter(choice => !overrides.includes(choice)),
  ]
}

/** The arguments with the shorthand written out; a ratio without a shape prefers full nodes. */
function argsOf({ pluginConfig = [], scoringStrategy }: ProfileConfig): Map<string, object> {
  const args = new Map(pluginConfig.map(({ name, args = {} }) => [name, args]))
  if (scoringStrategy) {
    const given: ScoringStrategy = typeof scoringStrategy === 'string' ? { type: scoringStrategy } : scoringStrategy
    const shape = given.type === 'RequestedToCapacityRatio' && !given.requestedToCapacityRatio
      ? { requestedToCapacityRatio: { shape: [{ utilization: 0, score: 0 }, { utilization: 100, score: 10 }] } }
      : {}
    args.set('NodeResourcesFit', { ...args.get('NodeResourcesFit'), scoringStrategy: { ...given, ...shape } })
  }
  return args
}

/** @throws {ProfileError} naming the first field that is wrong */
function readProfile(config: ProfileConfig): Profile {
  const args = argsOf(config)
  const sets = config.plugins ?? {}
  const multiPoint = merge(defaultMultiPoint, sets.multiPoint)
  const names = new Set([multiPoint, ...points.map(point => sets[point]?.enabled ?? [])].flat().map(({ name }) => name))
  validateProfile(config, args, name => Object.hasOwn(registry, name))
  const plugins = new Map([...names].map(name => [name, { ...registry[name]!(args.get(name)), args: args.get(name) ?? {} }]))

  const weights = new Map<string, number>()
  const at = {} as Profile['at']
  for (const point of points) {
    const chosen = expand(multiPoint, sets[point], name => plugins.get(name)![point] !== undefined)
    at[point] = chosen.map(({ name }) => {
      const plugin = plugins.get(name)!
      if (plugin[point] === undefined)
        throw new ProfileError(`plugins.${point}.enabled`, `plugin ${JSON.stringify(name)} does not extend ${point} plugin`)
      return plugin
    })
    if (new Set(at[point]).size < at[point].length)
      throw new ProfileError(`plugins.${point}.enabled`, 'a plugin is registered twice')
    if (point === 'score') {
      for (const { name, weight } of chosen)
        weights.set(name, weight || 1)
    }
  }
  return {
    name: config.schedulerName ?? 'default-scheduler',
    percentageOfNodesToScore: config.percentageOfNodesToScore ?? 0,
    plugins: [...plugins.values()],
    at,
    weights,
  }
}

profileReader.read = readProfile
