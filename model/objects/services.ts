// Models staging/src/k8s.io/api/core/v1/types.go and discovery/v1/types.go
import type { Condition, KubernetesObject, Labels, ObjectReference } from './meta.ts'

export interface ServicePort {
  name?: string
  protocol?: string
  port: number
  targetPort?: number | string
  nodePort?: number
}

export interface Service extends KubernetesObject {
  spec?: {
    selector?: Labels
    ports?: ServicePort[]
    type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
    clusterIP?: string
    clusterIPs?: string[]
    [field: string]: unknown
  }
  status?: { loadBalancer?: { ingress?: { ip?: string, hostname?: string }[] }, conditions?: Condition[] }
}

export interface EndpointSlice extends KubernetesObject {
  addressType: 'IPv4' | 'IPv6'
  endpoints: {
    addresses: string[]
    conditions?: { ready?: boolean, serving?: boolean, terminating?: boolean }
    nodeName?: string
    zone?: string
    targetRef?: ObjectReference
  }[]
  ports?: { name?: string, port?: number, protocol?: string }[]
}
