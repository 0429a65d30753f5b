/**
 * Everything but pods: the fields that the model takes, in Go's order.
 *
 * Models staging/src/k8s.io/api/{core,apps,policy,rbac,scheduling,coordination,discovery,autoscaling}/v1/types.go
 */
export const otherTypes: Record<string, string> = {
  ServiceAccount: 'metadata ObjectMeta; automountServiceAccountToken bool*',
  Namespace: 'metadata ObjectMeta; spec NamespaceSpec; status NamespaceStatus',
  NamespaceSpec: 'finalizers []string',
  NamespaceStatus: 'phase string',
  Binding: 'metadata ObjectMeta; target ObjectReference',
  Event: 'metadata ObjectMeta!; involvedObject ObjectReference; reason string; message string; source EventSource; firstTimestamp Time!; lastTimestamp Time!; count int32; type string; eventTime MicroTime!; series EventSeries*; action string; related ObjectReference*; reportingComponent string!; reportingInstance string!',
  EventSource: 'component string; host string',

  Node: 'metadata ObjectMeta; spec NodeSpec; status NodeStatus',
  NodeSpec: 'podCIDR string; podCIDRs []string@; providerID string; unschedulable bool; taints []Taint',
  Taint: 'key string!; value string; effect string!; timeAdded Time*',
  NodeStatus: 'capacity {}Quantity; allocatable {}Quantity; phase string; conditions []NodeCondition@type; addresses []NodeAddress@type; daemonEndpoints NodeDaemonEndpoints; nodeInfo NodeSystemInfo',
  NodeCondition: 'type string!; status string!; lastHeartbeatTime Time!; lastTransitionTime Time!; reason string; message string',
  NodeAddress: 'type string!; address string!',
  NodeDaemonEndpoints: 'kubeletEndpoint DaemonEndpoint',
  DaemonEndpoint: 'Port int32!',
  NodeSystemInfo: 'machineID string!; systemUUID string!; bootID string!; kernelVersion string!; osImage string!; containerRuntimeVersion string!; kubeletVersion string!; kubeProxyVersion string!; operatingSystem string!; architecture string!',

  Service: 'metadata ObjectMeta; spec ServiceSpec; status ServiceStatus',
  ServiceSpec: 'ports []ServicePort@port; selector {}string; clusterIP string; clusterIPs []string; type string; sessionAffinity string; externalName string; externalTrafficPolicy string; ipFamilies []string; ipFamilyPolicy string*; allocateLoadBalancerNodePorts bool*; internalTrafficPolicy string*',
  ServiceStatus: 'loadBalancer LoadBalancerStatus',
  LoadBalancerStatus: 'ingress []LoadBalancerIngress',

  Deployment: 'metadata ObjectMeta; spec DeploymentSpec; status DeploymentStatus',
  DeploymentSpec: 'replicas int32*; selector LabelSelector*!; template PodTemplateSpec; strategy DeploymentStrategy&; minReadySeconds int32; revisionHistoryLimit int32*; paused bool; progressDeadlineSeconds int32*',
  DeploymentStrategy: 'type string; rollingUpdate RollingUpdateDeployment*',
  RollingUpdateDeployment: 'maxUnavailable IntOrString*; maxSurge IntOrString*',
  DeploymentStatus: 'observedGeneration int64; replicas int32; updatedReplicas int32; readyReplicas int32; availableReplicas int32; unavailableReplicas int32; terminatingReplicas int32*; conditions []DeploymentCondition@type; collisionCount int32*',
  ReplicaSet: 'metadata ObjectMeta; spec ReplicaSetSpec; status ReplicaSetStatus',
  ReplicaSetSpec: 'replicas int32*; minReadySeconds int32; selector LabelSelector*!; template PodTemplateSpec',
  ReplicaSetStatus: 'replicas int32!; fullyLabeledReplicas int32; readyReplicas int32; availableReplicas int32; terminatingReplicas int32*; observedGeneration int64; conditions []ReplicaSetCondition@type',

  PodDisruptionBudget: 'metadata ObjectMeta; spec PodDisruptionBudgetSpec; status PodDisruptionBudgetStatus',
  PodDisruptionBudgetSpec: 'minAvailable IntOrString*; selector LabelSelector*; maxUnavailable IntOrString*',
  PodDisruptionBudgetStatus: 'observedGeneration int64; disruptedPods {}Time; disruptionsAllowed int32!; currentHealthy int32!; desiredHealthy int32!; expectedPods int32!; conditions []MetaCondition@type',
  DeleteOptions: 'kind string; apiVersion string; gracePeriodSeconds int64*; preconditions Preconditions*; orphanDependents bool*; propagationPolicy string*; dryRun []string',
  Preconditions: 'uid string*; resourceVersion string*',
  Lease: 'metadata ObjectMeta; spec LeaseSpec',
  LeaseSpec: 'holderIdentity string*; leaseDurationSeconds int32*; acquireTime MicroTime*; renewTime MicroTime*; leaseTransitions int32*',
  PriorityClass: 'metadata ObjectMeta; value int32!; globalDefault bool; description string; preemptionPolicy string*',
}
