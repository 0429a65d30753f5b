// Models staging/src/k8s.io/api/core/v1/types.go
import type { Affinity, Toleration, TopologySpreadConstraint } from './affinity.ts'
import type { Condition, KubernetesObject, Labels, ObjectReference } from './meta.ts'

/** Resource name → quantity as written (`{ cpu: '500m' }`); YAML may give a bare number. */
export type ResourceList = Record<string, string | number>

export interface ResourceRequirements {
  requests?: ResourceList
  limits?: ResourceList
}

export interface ContainerPort {
  name?: string
  containerPort?: number
  hostPort?: number
  hostIP?: string
  protocol?: string
}

export interface Container {
  name: string
  image?: string
  imagePullPolicy?: string
  command?: string[]
  args?: string[]
  env?: { name: string, value?: string }[]
  ports?: ContainerPort[]
  resources?: ResourceRequirements
  restartPolicy?: string
  restartPolicyRules?: { action: string, exitCodes?: { operator: string, values?: number[] } }[]
  volumeMounts?: { name: string, mountPath: string, readOnly?: boolean }[]
  [field: string]: unknown
}

export interface Volume {
  name: string
  image?: { reference?: string, pullPolicy?: string }
  [source: string]: unknown
}

export interface PodSpec {
  containers: Container[]
  initContainers?: Container[]
  nodeName?: string
  nodeSelector?: Labels
  affinity?: Affinity
  tolerations?: Toleration[]
  topologySpreadConstraints?: TopologySpreadConstraint[]
  overhead?: ResourceList
  resources?: ResourceRequirements
  priority?: number
  priorityClassName?: string
  preemptionPolicy?: 'PreemptLowerPriority' | 'Never'
  schedulerName?: string
  schedulingGates?: { name: string }[]
  hostNetwork?: boolean
  restartPolicy?: string
  serviceAccountName?: string
  terminationGracePeriodSeconds?: number
  volumes?: Volume[]
  [field: string]: unknown
}

export interface ContainerStatus {
  name: string
  ready: boolean
  restartCount: number
  image: string
  imageID: string
  started?: boolean
  containerID?: string
  state?: Record<string, unknown>
  lastState?: Record<string, unknown>
}

export interface PodStatus {
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  conditions?: Condition[]
  containerStatuses?: ContainerStatus[]
  initContainerStatuses?: ContainerStatus[]
  hostIP?: string
  podIP?: string
  podIPs?: { ip: string }[]
  startTime?: string
  qosClass?: string
  message?: string
  reason?: string
  nominatedNodeName?: string
}

export interface Pod extends KubernetesObject {
  spec: PodSpec
  status?: PodStatus
}

/** The body of a POST to `/pods/NAME/binding`. */
export interface Binding extends KubernetesObject {
  target: ObjectReference
}
