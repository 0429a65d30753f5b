import type { ResourceType } from './registry/resource-type.ts'
/** What every part of a request's flow knows. */
import type { ApiRequest, RequestInfo } from './requests.ts'

/** Who asks. */
export interface User {
  name: string
  groups: readonly string[]
  uid?: string
}

/** How the server was started. */
export interface ApiServerConfig {
  authorization: 'AlwaysAllow' | 'RBAC'
  /** Whether a request without a token is `system:anonymous` rather than refused. */
  anonymous: boolean
  /** Bearer token → user. */
  tokens: Record<string, User>
  /** The user of requests without authorization header, as if by a client certificate. */
  certificate?: User
  /** Events that each watch cache keeps. */
  cacheCapacity: number
  /** ms between two compactions of etcd. */
  compactionInterval: number
}

/** One request's context. `now` is when it arrived, ms since 1970. */
export interface Context {
  request: ApiRequest
  info: RequestInfo
  config: ApiServerConfig
  now: number
}

/** The context once the resource is known. */
export interface Target extends Context {
  type: ResourceType
}

export const mastersGroup = 'system:masters'

/** The one that may do everything: kubectl's user in a cluster made by kubeadm. */
export const administrator: User = { name: 'kubernetes-admin', groups: [mastersGroup, 'system:authenticated'] }

/** A time as metadata has it: whole seconds. */
export function timestamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`
}
