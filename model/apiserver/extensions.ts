/**
 * Parts of the server that no scene needs, kept out of the site: eviction, JSON patches, limits and quotas, and the names of the
 * fields that the model leaves out. Importing extras.ts puts them in; without them the server answers 501 where they are due.
 */
import type { Target } from './context.ts'
import type { Flow } from './flow.ts'
import type { ApiResponse, Doc } from './status.ts'

export interface Extensions {
  evict?: (target: Target) => Flow<ApiResponse>
  jsonPatch?: (object: Doc, operations: readonly Doc[]) => Doc
  /** LimitRanger, before and after validation. */
  applyLimits?: (pod: Doc, namespace: string) => Flow<void>
  validateLimits?: (target: Target, pod: Doc) => Flow<void>
  chargeQuota?: (target: Target, object: Doc, dryRun: boolean) => Flow<void>
  /** Names of fields that a struct has and the model doesn't take, by the struct's name. */
  leftOutFields?: Record<string, string>
}

/** What has been put in. */
export const extensions: Extensions = {}
