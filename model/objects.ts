/**
 * The Kubernetes objects that the components share, as they stand in JSON: every field that the model reads or writes, and no other.
 *
 * Models staging/src/k8s.io/api/core/v1/types.go (and apps/v1, policy/v1, discovery/v1, coordination/v1, events/v1)
 */

/** Name → text, as in `metadata.labels`. */
export type Labels = Record<string, string>

/** Resource name → quantity as written (`{ cpu: '500m' }`); YAML may give a bare number. */
export type ResourceList = Record<string, string | number>

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export interface ObjectMeta {
  name?: string
  generateName?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Labels
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
}

/** What every stored object has. */
export interface KubernetesObject {
  apiVersion?: string
  kind?: string
  metadata: ObjectMeta
}

export interface LabelSelectorRequirement {
  key: string
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | (string & {})
  values?: string[]
}

export interface LabelSelector {
  matchLabels?: Labels
  matchExpressions?: LabelSelectorRequirement[]
}

export interface NodeSelectorRequirement {
  key: string
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt' | (string & {})
  values?: string[]
}

export interface NodeSelectorTerm {
  matchExpressions?: NodeSelectorRequirement[]
  matchFields?: NodeSelectorRequirement[]
}

export interface NodeSelector {
  nodeSelectorTerms: NodeSelectorTerm[]
}

export interface NodeAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector
  preferredDuringSchedulingIgnoredDuringExecution?: { weight: number, preference: NodeSelectorTerm }[]
}

export interface PodAffinityTerm {
  labelSelector?: LabelSelector
  namespaces?: string[]
  namespaceSelector?: LabelSelector
  topologyKey: string
  matchLabelKeys?: string[]
  mismatchLabelKeys?: string[]
}

export interface WeightedPodAffinityTerm {
  weight: number
  podAffinityTerm: PodAffinityTerm
}

export interface PodAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[]
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[]
}

export interface Affinity {
  nodeAffinity?: NodeAffinity
  podAffinity?: PodAffinity
  podAntiAffinity?: PodAffinity
}

export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'

export interface Taint {
  key: string
  value?: string
  effect: TaintEffect
  timeAdded?: string
}

export interface Toleration {
  key?: string
  operator?: 'Equal' | 'Exists' | 'Gt' | 'Lt' | ''
  value?: string
  effect?: TaintEffect | ''
  tolerationSeconds?: number
}

export interface TopologySpreadConstraint {
  maxSkew: number
  topologyKey: string
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway'
  labelSelector?: LabelSelector
  minDomains?: number
  nodeAffinityPolicy?: 'Honor' | 'Ignore'
  nodeTaintsPolicy?: 'Honor' | 'Ignore'
  matchLabelKeys?: string[]
}

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

export interface Condition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastTransitionTime?: string
  lastUpdateTime?: string
  lastProbeTime?: string | null
  lastHeartbeatTime?: string
  observedGeneration?: number
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

export interface Namespace extends KubernetesObject {
  spec?: { finalizers?: string[] }
  status?: { phase?: 'Active' | 'Terminating', conditions?: Condition[] }
}

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

export interface PodTemplateSpec {
  metadata?: ObjectMeta
  spec: PodSpec
}

export interface ReplicaSet extends KubernetesObject {
  spec?: { replicas?: number, minReadySeconds?: number, selector?: LabelSelector, template?: PodTemplateSpec }
  status?: {
    replicas: number
    fullyLabeledReplicas?: number
    readyReplicas?: number
    availableReplicas?: number
    terminatingReplicas?: number
    observedGeneration?: number
    conditions?: Condition[]
  }
}

export interface Deployment extends KubernetesObject {
  spec: {
    replicas?: number
    selector: LabelSelector
    template: PodTemplateSpec
    strategy?: { type?: 'RollingUpdate' | 'Recreate', rollingUpdate?: { maxSurge?: number | string, maxUnavailable?: number | string } }
    minReadySeconds?: number
    revisionHistoryLimit?: number
    progressDeadlineSeconds?: number
    paused?: boolean
  }
  status?: {
    observedGeneration?: number
    replicas?: number
    updatedReplicas?: number
    readyReplicas?: number
    availableReplicas?: number
    unavailableReplicas?: number
    terminatingReplicas?: number
    conditions?: Condition[]
  }
}

export interface StatefulSet extends KubernetesObject {
  spec?: { replicas?: number, selector?: LabelSelector, serviceName?: string, template?: PodTemplateSpec }
}

export interface ReplicationController extends KubernetesObject {
  spec?: { replicas?: number, selector?: Labels, template?: PodTemplateSpec }
}

export interface PodDisruptionBudget extends KubernetesObject {
  spec?: { minAvailable?: number | string, maxUnavailable?: number | string, selector?: LabelSelector }
  status?: { disruptionsAllowed?: number, disruptedPods?: Record<string, string> }
}

export interface ObjectReference {
  apiVersion?: string
  kind?: string
  namespace?: string
  name?: string
  uid?: string
  resourceVersion?: string
  fieldPath?: string
}

/** The body of a POST to `/pods/NAME/binding`. */
export interface Binding extends KubernetesObject {
  target: ObjectReference
}

/** A core/v1 Event, which is how all events can be read. */
export interface CoreEvent extends KubernetesObject {
  involvedObject: ObjectReference
  reason?: string
  message?: string
  source?: { component?: string, host?: string }
  firstTimestamp?: string | null
  lastTimestamp?: string | null
  count?: number
  type?: 'Normal' | 'Warning'
  eventTime?: string
  action?: string
  related?: ObjectReference
  reportingComponent?: string
  reportingInstance?: string
  series?: { count: number, lastObservedTime: string }
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

export interface Lease extends KubernetesObject {
  spec?: {
    holderIdentity?: string
    leaseDurationSeconds?: number
    renewTime?: string
    acquireTime?: string
    leaseTransitions?: number
  }
}
