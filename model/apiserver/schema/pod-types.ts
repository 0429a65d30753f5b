/**
 * Metadata and pods: the fields that the model takes, in Go's order.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go and staging/src/k8s.io/api/core/v1/types.go
 */
export const podTypes: Record<string, string> = {
  TypeMeta: 'kind string; apiVersion string',
  ObjectMeta: `name string; generateName string; namespace string; ~selfLink; uid string; resourceVersion string; generation int64;
    creationTimestamp Time; deletionTimestamp Time*; deletionGracePeriodSeconds int64*; labels {}string; annotations {}string;
    ownerReferences []OwnerReference@uid; finalizers []string@; managedFields []ManagedFieldsEntry`,
  ManagedFieldsEntry: 'manager string; operation string; apiVersion string; time Time*; ~fieldsType fieldsV1; subresource string',
  OwnerReference: 'apiVersion string!; kind string!; name string!; uid string!; controller bool*; blockOwnerDeletion bool*',
  LabelSelector: 'matchLabels {}string; matchExpressions []LabelSelectorRequirement',
  LabelSelectorRequirement: 'key string!; operator string!; values []string',
  LocalObjectReference: 'name string!',
  ObjectReference: 'kind string; namespace string; name string; uid string; apiVersion string; resourceVersion string; fieldPath string',

  Pod: 'metadata ObjectMeta; spec PodSpec; status PodStatus',
  PodTemplateSpec: 'metadata ObjectMeta; spec PodSpec',
  PodSpec: `volumes []Volume@name; ~initContainers; containers []Container@name!; ~ephemeralContainers; restartPolicy string;
    terminationGracePeriodSeconds int64*; ~activeDeadlineSeconds; dnsPolicy string; nodeSelector {}string; serviceAccountName string;
    serviceAccount string; automountServiceAccountToken bool*; nodeName string; ~hostNetwork hostPID hostIPC;
    ~shareProcessNamespace; securityContext PodSecurityContext*; ~imagePullSecrets; hostname string; subdomain string; affinity Affinity*;
    schedulerName string; tolerations []Toleration; ~hostAliases; priorityClassName string; priority int32*; ~dnsConfig readinessGates runtimeClassName;
    enableServiceLinks bool*; preemptionPolicy string*; ~overhead; topologySpreadConstraints []TopologySpreadConstraint@topologyKey;
    ~setHostnameAsFQDN os hostUsers; ~schedulingGates resourceClaims resources hostnameOverride workloadRef schedulingGroup`,
  PodSecurityContext: `~seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup sysctls
    fsGroupChangePolicy seccompProfile appArmorProfile seLinuxChangePolicy`,
  Toleration: 'key string; operator string; value string; effect string; tolerationSeconds int64*',
  TopologySpreadConstraint: `maxSkew int32!; topologyKey string!; whenUnsatisfiable string!; labelSelector LabelSelector*; minDomains int32*;
    nodeAffinityPolicy string*; nodeTaintsPolicy string*; matchLabelKeys []string`,
  Affinity: 'nodeAffinity NodeAffinity*; podAffinity PodAffinity*; podAntiAffinity PodAffinity*',
  NodeAffinity: `requiredDuringSchedulingIgnoredDuringExecution NodeSelector*;
    preferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm`,
  NodeSelector: 'nodeSelectorTerms []NodeSelectorTerm!',
  NodeSelectorTerm: 'matchExpressions []LabelSelectorRequirement; matchFields []LabelSelectorRequirement',
  PreferredSchedulingTerm: 'weight int32!; preference NodeSelectorTerm',
  PodAffinity: `requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm;
    preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm`,
  WeightedPodAffinityTerm: 'weight int32!; podAffinityTerm PodAffinityTerm',
  PodAffinityTerm: `labelSelector LabelSelector*; namespaces []string; topologyKey string!; namespaceSelector LabelSelector*;
    ~matchLabelKeys mismatchLabelKeys`,

  Container: `name string!; image string; command []string; args []string; workingDir string; ports []ContainerPort@containerPort; ~envFrom;
    env []EnvVar@name; resources ResourceRequirements; ~resizePolicy restartPolicy restartPolicyRules; volumeMounts []VolumeMount@mountPath; ~volumeDevices;
    livenessProbe Probe*; readinessProbe Probe*; startupProbe Probe*; ~lifecycle; terminationMessagePath string; terminationMessagePolicy string;
    imagePullPolicy string; securityContext SecurityContext*; ~stdin stdinOnce tty`,
  ContainerPort: 'name string; ~hostPort; containerPort int32!; protocol string; ~hostIP',
  EnvVar: 'name string!; value string; valueFrom EnvVarSource*',
  EnvVarSource: 'fieldRef ObjectFieldSelector*; ~resourceFieldRef configMapKeyRef secretKeyRef fileKeyRef',
  ObjectFieldSelector: 'apiVersion string; fieldPath string!',
  ResourceRequirements: 'limits {}Quantity; requests {}Quantity; ~claims',
  SecurityContext: `~capabilities; privileged bool*; ~seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem
    allowPrivilegeEscalation procMount seccompProfile appArmorProfile`,
  VolumeMount: 'name string!; readOnly bool; ~recursiveReadOnly; mountPath string!; ~subPath mountPropagation subPathExpr',
  Probe: `~exec; httpGet HTTPGetAction*; tcpSocket TCPSocketAction*; ~grpc; initialDelaySeconds int32; timeoutSeconds int32; periodSeconds int32;
    successThreshold int32; failureThreshold int32; ~terminationGracePeriodSeconds`,
  HTTPGetAction: 'path string; port IntOrString!; ~host; scheme string; ~httpHeaders',
  TCPSocketAction: 'port IntOrString!; ~host',
  Volume: `name string!; ~hostPath; emptyDir EmptyDirVolumeSource*; ~gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi glusterfs
    persistentVolumeClaim rbd flexVolume cinder cephfs flocker downwardAPI fc azureFile; configMap ConfigMapVolumeSource*; ~vsphereVolume quobyte
    azureDisk photonPersistentDisk; projected ProjectedVolumeSource*; ~portworxVolume scaleIO storageos csi ephemeral image`,
  EmptyDirVolumeSource: '~medium sizeLimit',
  ConfigMapVolumeSource: 'name string; ~items; defaultMode int32*; ~optional',
  ProjectedVolumeSource: 'sources []VolumeProjection!; defaultMode int32*',
  VolumeProjection: '~secret clusterTrustBundle podCertificate; downwardAPI DownwardAPIProjection*; configMap ConfigMapProjection*; serviceAccountToken ServiceAccountTokenProjection*',
  ServiceAccountTokenProjection: '~audience; expirationSeconds int64*; path string!',
  ConfigMapProjection: 'name string; items []KeyToPath; ~optional',
  KeyToPath: 'key string!; path string!; ~mode',
  DownwardAPIProjection: 'items []DownwardAPIVolumeFile',
  DownwardAPIVolumeFile: 'path string!; fieldRef ObjectFieldSelector*; ~resourceFieldRef mode',

  PodStatus: `observedGeneration int64; phase string; conditions []PodCondition@type; message string; reason string; nominatedNodeName string;
    hostIP string; hostIPs []PodIP; podIP string; podIPs []PodIP@ip; startTime Time*; initContainerStatuses []ContainerStatus; containerStatuses []ContainerStatus;
    qosClass string; ~ephemeralContainerStatuses resize resourceClaimStatuses extendedResourceClaimStatus allocatedResources resources nodeAllocatableResourceClaimStatuses`,
  PodIP: 'ip string!',
  PodCondition: 'type string!; observedGeneration int64; status string!; lastProbeTime Time!; lastTransitionTime Time!; reason string; message string',
  ContainerStatus: `name string!; state ContainerState; lastState ContainerState; ready bool!; restartCount int32!; image string!; imageID string!; containerID string;
    started bool*; ~allocatedResources resources volumeMounts user allocatedResourcesStatus stopSignal`,
  ContainerState: 'waiting ContainerStateWaiting*; running ContainerStateRunning*; terminated ContainerStateTerminated*',
  ContainerStateWaiting: 'reason string; message string',
  ContainerStateRunning: 'startedAt Time!',
  ContainerStateTerminated: 'exitCode int32!; signal int32; reason string; message string; startedAt Time!; finishedAt Time!; containerID string',
}
