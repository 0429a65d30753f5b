/**
 * Everything but pods: the fields that the model takes, in Go's order.
 *
 * Models staging/src/k8s.io/api/{core,apps,policy,rbac,scheduling,coordination,discovery,autoscaling}/v1/types.go
 */
export const otherTypes: Record<string, string> = {
  ConfigMap: 'metadata ObjectMeta; immutable bool*; data {}string; binaryData {}bytes',
  ServiceAccount: 'metadata ObjectMeta; ~secrets imagePullSecrets; automountServiceAccountToken bool*',
  Namespace: 'metadata ObjectMeta; spec NamespaceSpec; status NamespaceStatus',
  NamespaceSpec: 'finalizers []string',
  NamespaceStatus: 'phase string; ~conditions',
  LimitRange: 'metadata ObjectMeta; spec LimitRangeSpec',
  LimitRangeSpec: 'limits []LimitRangeItem!',
  LimitRangeItem: `type string!; max {}Quantity; min {}Quantity; default {}Quantity; defaultRequest {}Quantity; maxLimitRequestRatio {}Quantity`,
  ResourceQuota: 'metadata ObjectMeta; spec ResourceQuotaSpec; status ResourceQuotaStatus',
  ResourceQuotaSpec: 'hard {}Quantity; ~scopes scopeSelector',
  ResourceQuotaStatus: 'hard {}Quantity; used {}Quantity',
  Binding: 'metadata ObjectMeta; target ObjectReference',
  Event: `metadata ObjectMeta!; involvedObject ObjectReference; reason string; message string; source EventSource; firstTimestamp Time!; lastTimestamp Time!;
    count int32; type string; eventTime MicroTime!; series EventSeries*; action string; related ObjectReference*; reportingComponent string!; reportingInstance string!`,
  EventSource: 'component string; host string',
  EventSeries: 'count int32; lastObservedTime MicroTime',

  Node: 'metadata ObjectMeta; spec NodeSpec; status NodeStatus',
  NodeSpec: 'podCIDR string; podCIDRs []string@; providerID string; unschedulable bool; taints []Taint; ~configSource externalID',
  Taint: 'key string!; value string; effect string!; timeAdded Time*',
  NodeStatus: `capacity {}Quantity; allocatable {}Quantity; phase string; conditions []NodeCondition@type; addresses []NodeAddress@type;
    daemonEndpoints NodeDaemonEndpoints; nodeInfo NodeSystemInfo; ~images volumesInUse volumesAttached config runtimeHandlers features declaredFeatures`,
  NodeCondition: 'type string!; status string!; lastHeartbeatTime Time!; lastTransitionTime Time!; reason string; message string',
  NodeAddress: 'type string!; address string!',
  NodeDaemonEndpoints: 'kubeletEndpoint DaemonEndpoint',
  DaemonEndpoint: 'Port int32!',
  NodeSystemInfo: `machineID string!; systemUUID string!; bootID string!; kernelVersion string!; osImage string!; containerRuntimeVersion string!;
    kubeletVersion string!; kubeProxyVersion string!; operatingSystem string!; architecture string!; ~swap`,

  Service: 'metadata ObjectMeta; spec ServiceSpec; status ServiceStatus',
  ServiceSpec: `ports []ServicePort@port; selector {}string; clusterIP string; clusterIPs []string; type string; ~externalIPs; sessionAffinity string;
    ~loadBalancerIP loadBalancerSourceRanges; externalName string; externalTrafficPolicy string; ~healthCheckNodePort publishNotReadyAddresses
    sessionAffinityConfig; ipFamilies []string; ipFamilyPolicy string*; allocateLoadBalancerNodePorts bool*; ~loadBalancerClass; internalTrafficPolicy string*;
    ~trafficDistribution`,
  ServicePort: 'name string; protocol string; ~appProtocol; port int32!; targetPort IntOrString!; nodePort int32',
  ServiceStatus: 'loadBalancer LoadBalancerStatus; ~conditions',
  LoadBalancerStatus: 'ingress []LoadBalancerIngress',
  LoadBalancerIngress: 'ip string; hostname string; ipMode string*; ~ports',
  Endpoints: 'metadata ObjectMeta; subsets []EndpointSubset',
  EndpointSubset: 'addresses []EndpointAddress; notReadyAddresses []EndpointAddress; ports []EndpointPort',
  EndpointAddress: 'ip string!; hostname string; nodeName string*; targetRef ObjectReference*',
  EndpointPort: 'name string; port int32!; protocol string; ~appProtocol',
  EndpointSlice: 'metadata ObjectMeta; addressType string!; endpoints []Endpoint!; ports []SlicePort!',
  Endpoint: `addresses []string!; conditions EndpointConditions; ~hostname; targetRef ObjectReference*; ~deprecatedTopology; nodeName string*; zone string*; ~hints`,
  EndpointConditions: 'ready bool*; serving bool*; terminating bool*',
  SlicePort: 'name string*; protocol string*; port int32*; ~appProtocol',

  Deployment: 'metadata ObjectMeta; spec DeploymentSpec; status DeploymentStatus',
  DeploymentSpec: `replicas int32*; selector LabelSelector*!; template PodTemplateSpec; strategy DeploymentStrategy&; minReadySeconds int32;
    revisionHistoryLimit int32*; paused bool; progressDeadlineSeconds int32*`,
  DeploymentStrategy: 'type string; rollingUpdate RollingUpdateDeployment*',
  RollingUpdateDeployment: 'maxUnavailable IntOrString*; maxSurge IntOrString*',
  DeploymentStatus: `observedGeneration int64; replicas int32; updatedReplicas int32; readyReplicas int32; availableReplicas int32; unavailableReplicas int32;
    terminatingReplicas int32*; conditions []DeploymentCondition@type; collisionCount int32*`,
  DeploymentCondition: 'type string!; status string!; lastUpdateTime Time; lastTransitionTime Time; reason string; message string',
  ReplicaSet: 'metadata ObjectMeta; spec ReplicaSetSpec; status ReplicaSetStatus',
  ReplicaSetSpec: 'replicas int32*; minReadySeconds int32; selector LabelSelector*!; template PodTemplateSpec',
  ReplicaSetStatus: `replicas int32!; fullyLabeledReplicas int32; readyReplicas int32; availableReplicas int32; terminatingReplicas int32*; observedGeneration int64;
    conditions []ReplicaSetCondition@type`,
  ReplicaSetCondition: 'type string!; status string!; lastTransitionTime Time; reason string; message string',
  Scale: 'metadata ObjectMeta; spec ScaleSpec; status ScaleStatus',
  ScaleSpec: 'replicas int32',
  ScaleStatus: 'replicas int32!; selector string',

  PodDisruptionBudget: 'metadata ObjectMeta; spec PodDisruptionBudgetSpec; status PodDisruptionBudgetStatus',
  PodDisruptionBudgetSpec: 'minAvailable IntOrString*; selector LabelSelector*; maxUnavailable IntOrString*; ~unhealthyPodEvictionPolicy',
  PodDisruptionBudgetStatus: `observedGeneration int64; disruptedPods {}Time; disruptionsAllowed int32!; currentHealthy int32!; desiredHealthy int32!; expectedPods int32!;
    conditions []MetaCondition@type`,
  MetaCondition: 'type string!; status string!; observedGeneration int64; lastTransitionTime Time!; reason string!; message string!',
  Eviction: 'metadata ObjectMeta; deleteOptions DeleteOptions*',
  DeleteOptions: 'kind string; apiVersion string; gracePeriodSeconds int64*; preconditions Preconditions*; orphanDependents bool*; propagationPolicy string*; dryRun []string; ~ignoreStoreReadErrorWithClusterBreakingPotential',
  Preconditions: 'uid string*; resourceVersion string*',
  PriorityClass: 'metadata ObjectMeta; value int32!; globalDefault bool; description string; preemptionPolicy string*',
  Lease: 'metadata ObjectMeta; spec LeaseSpec',
  LeaseSpec: 'holderIdentity string*; leaseDurationSeconds int32*; acquireTime MicroTime*; renewTime MicroTime*; leaseTransitions int32*; ~strategy preferredHolder',

  Role: 'metadata ObjectMeta; rules []PolicyRule!',
  ClusterRole: 'metadata ObjectMeta; rules []PolicyRule!; ~aggregationRule',
  PolicyRule: 'verbs []string!; apiGroups []string; resources []string; resourceNames []string; nonResourceURLs []string',
  RoleBinding: 'metadata ObjectMeta; subjects []Subject; roleRef RoleRef',
  ClusterRoleBinding: 'metadata ObjectMeta; subjects []Subject; roleRef RoleRef',
  Subject: 'kind string!; apiGroup string; name string!; namespace string',
  RoleRef: 'apiGroup string!; kind string!; name string!',
}
