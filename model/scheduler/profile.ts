/**
 * A scheduler profile: which plugins run at which extension point, with which weights and arguments.
 *
 * Models pkg/scheduler/apis/config/v1/default_plugins.go
 */
import type { Plugin } from './framework.ts'
import type { ScoringStrategy } from './plugins/resourceScorers.ts'
import { defaultMultiPoint, registry } from './registry.ts'

export interface PluginChoice {
  name: string
  weight?: number
}

export interface PluginSet {
  enabled?: PluginChoice[]
  /** `*`: all. */
  disabled?: { name: string }[]
}

export type ExtensionPoint = 'preFilter' | 'filter' | 'postFilter' | 'preScore' | 'score' | 'reserve' | 'permit' | 'preBind' | 'bind' | 'queueSort' | 'preEnqueue'

/** A KubeSchedulerProfile as in a scheduler's configuration file, with one shorthand. */
export interface ProfileConfig {
  schedulerName?: string
  plugins?: Partial<Record<ExtensionPoint | 'multiPoint', PluginSet>>
  pluginConfig?: { name: string, args?: object }[]
  /** 0 or absent: adaptive. */
  percentageOfNodesToScore?: number | null
  /** Shorthand for NodeResourcesFit's argument of that name; a name stands for that strategy on cpu and memory. */
  scoringStrategy?: ScoringStrategy | ScoringStrategy['type']
}

/** A profile ready to run. */
export interface Profile {
  name: string
  percentageOfNodesToScore: number
  plugins: Plugin[]
  /** Extension point → plugins in the order in which they run. */
  at: Record<ExtensionPoint, Plugin[]>
  /** Score plugin → weight. */
  weights: Map<string, number>
}

/** Every extension point. */
export const points: ExtensionPoint[] = ['preEnqueue', 'queueSort', 'preFilter', 'filter', 'postFilter', 'preScore', 'score', 'reserve', 'permit', 'preBind', 'bind']

/** How a profile of one's own is read: profileConfig.ts puts it in. The site's scenes have the default one, and leave it out. */
export const profileReader: { read?: (config: ProfileConfig) => Profile } = {}

const ownSettings = ['plugins', 'pluginConfig', 'percentageOfNodesToScore', 'scoringStrategy'] as const

/**
 * Makes a profile of its configuration; without one, the default.
 *
 * @throws {ProfileError} naming the first field that is wrong
 */
export function schedulerProfile(config: ProfileConfig = {}): Profile {
  if (profileReader.read)
    return profileReader.read(config)
  const setting = ownSettings.find(name => config[name] !== undefined)
  if (setting)
    throw new Error(`${setting}: a profile of one's own takes profileConfig.ts`)
  return defaultProfile(config)
}

/** What a scheduler runs when its configuration says nothing of plugins. */
export function defaultProfile({ schedulerName = 'default-scheduler' }: ProfileConfig): Profile {
  const plugins = defaultMultiPoint.map(({ name }) => ({ ...registry[name]!(), args: {} }))
  const weightOf = (plugin: string) => defaultMultiPoint.find(({ name }) => name === plugin)?.weight ?? 1
  const at = Object.fromEntries(points.map(point => [point, plugins.filter(plugin => plugin[point] !== undefined)])) as Profile['at']
  return {
    name: schedulerName,
    percentageOfNodesToScore: 0,
    plugins,
    at,
    weights: new Map(at.score.map(({ name }) => [name, weightOf(name)])),
  }
}
