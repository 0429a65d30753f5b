// Models staging/src/k8s.io/api/core/v1/types.go and coordination/v1/types.go
import type { Taint } from './affinity.ts'
import type { Condition, KubernetesObject } from './meta.ts'
import type { ResourceList } from './pod.ts'

export interface NodeSpec {
  podCIDR?: string
  podCIDRs?: string[]
  providerID?: string
  unschedulable?: boolean
  taints?: Taint[]
}

export interface NodeStatus {
  capacity?: ResourceList
  allocatable?: ResourceList
  conditions?: Condition[]
  addresses?: { type: string, address: string }[]
  images?: { names?: string[], sizeBytes?: number }[]
  nodeInfo?: Record<string, string>
  declaredFeatures?: string[]
}

export interface Node extends KubernetesObject {
  spec?: NodeSpec
  status?: NodeStatus
}

export interface Lease extends KubernetesObject {
  spec?: {
    holderIdentity?: string
    leaseDurationSeconds?: number
    renewTime?: string
    acquireTime?: string
    leaseTransitions?: number
  }
}
