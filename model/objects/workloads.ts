// Models staging/src/k8s.io/api/apps/v1/types.go and policy/v1/types.go
import type { Condition, KubernetesObject, Labels, LabelSelector, ObjectMeta } from './meta.ts'
import type { PodSpec } from './pod.ts'

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
