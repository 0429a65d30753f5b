// Models staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go, and of core/v1/types.go what is about any object

/** Name → text, as in `metadata.labels`. */
export type Labels = Record<string, string>

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

export interface ObjectReference {
  apiVersion?: string
  kind?: string
  namespace?: string
  name?: string
  uid?: string
  resourceVersion?: string
  fieldPath?: string
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

export interface Namespace extends KubernetesObject {
  spec?: { finalizers?: string[] }
  status?: { phase?: 'Active' | 'Terminating', conditions?: Condition[] }
}
