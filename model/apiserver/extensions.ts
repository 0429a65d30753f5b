import type { Requirement } from '../selectors.ts'
/**
 * Parts of the server that no scene needs, kept out of the site: see extras.ts, whose import puts them in. Without them the server
 * answers 501 where they are due.
 */
import type { Context, Target, User } from './context.ts'
import type { ContinueToken } from './continue-token.ts'
import type { FieldError } from './field-error.ts'
import type { Flow } from './flow.ts'
import type { Expected, RequestInfo } from './requests.ts'
import type { ApiResponse, Doc, Refusal } from './status.ts'

export interface Extensions {
  evict?: (target: Target) => Flow<ApiResponse>
  /** The scale subresource: by method. */
  scale?: Record<string, (target: Target) => Flow<ApiResponse>>
  /** Bodies as text. */
  parseText?: (text: string, expected: Expected) => unknown
  jsonPatch?: (object: Doc, operations: readonly Doc[]) => Doc
  /** Mounts the token of a pod's service account. */
  mountToken?: (pod: Doc) => Flow<void>
  /** LimitRanger, before and after validation. */
  applyLimits?: (pod: Doc, namespace: string) => Flow<void>
  validateLimits?: (target: Target, pod: Doc) => Flow<void>
  chargeQuota?: (target: Target, object: Doc, dryRun: boolean) => Flow<void>
  /** Gives a new service its addresses; answers with what undoes that. */
  allocate?: (target: Target, object: Doc, dryRun: boolean) => Flow<(why: Refusal) => Flow<void>>
  /** Gives back what a deleted service had. */
  releaseAddresses?: (target: Target, object: Doc) => Flow<void>
  /** The way of a new event of the newer group; undefined for any other request. */
  createEvent?: (context: Context) => Flow<ApiResponse> | undefined
  /** Whether the real server has no such resource or subresource either. */
  isUnknown?: (info: RequestInfo) => boolean
  /** What lies outside of resources. */
  outside?: (context: Context) => ApiResponse
  /** @throws 501 for objects that a cluster starts with and the model doesn't have */
  expectOwnObjects?: (target: Target) => void
  /** Whether a role that somebody wrote allows the request. */
  allowedByRoles?: (user: User, context: Context) => Flow<boolean>
  parseLabelSelector?: (text: string) => Requirement[]
  /** Lists in pieces. */
  encodeContinue?: (revision: number, start: string) => string
  decodeContinue?: (token: string) => ContinueToken
  continueTooOld?: (start: string) => Refusal
  /** Parts of a pod's spec whose structs are extras too (schema/extra-types.ts). */
  podChecks?: {
    expectPlainScheduling: (spec: Doc) => void
    expectPlainProbes: (container: Doc) => void
    volumeErrors: (volumes: Doc[] | undefined, path: string) => FieldError[]
    envErrors: (env: Doc[] | undefined, path: string) => FieldError[]
    mountErrors: (mounts: Doc[] | undefined, volumes: Set<string>, path: string) => FieldError[]
  }
  /** Names of fields that a struct has and the model doesn't take, by the struct's name. */
  leftOutFields?: Record<string, string>
}

/** What has been put in. */
export const extensions: Extensions = {}
