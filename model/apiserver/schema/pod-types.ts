/**
 * Metadata and pods: the fields that the model takes, in Go's order.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go and staging/src/k8s.io/api/core/v1/types.go
 */
export const podTypes: Record<string, string> = {
  TypeMeta: 'kind string; apiVersion string',
  ObjectMeta: 'name string; generateName string; namespace string; uid string; resourceVersion string; generation int64; creationTimestamp Time; deletionTimestamp Time*; deletionGracePeriodSeconds int64*; labels {}string; annotations {}string; ownerReferences []OwnerReference@uid; finalizers []string@; managedFields []ManagedFieldsEntry',
  ManagedFieldsEntry: 'manager string; operation string; apiVersion string; time Time*; subresource string',
  OwnerReference: 'apiVersion string!; kind string!; name string!; uid string!; controller bool*; blockOwnerDeletion bool*',
  LabelSelector: 'matchLabels {}string; matchExpressions []LabelSelectorRequirement',
  LabelSelectorRequirement: 'key string!; operator string!; values []string',
  LocalObjectReference: 'name string!',
  ObjectReference: 'kind string; namespace string; name string; uid string; apiVersion string; resourceVersion string; fieldPath string',

  Pod: 'metadata ObjectMeta; spec PodSpec; status PodStatus',
  PodTemplateSpec: 'metadata ObjectMeta; spec PodSpec',
  PodSpec: 'volumes []Volume@name; containers []Container@name!; restartPolicy string; terminationGracePeriodSeconds int64*; dnsPolicy string; nodeSelector {}string; serviceAccountName string; serviceAccount string; automountServiceAccountToken bool*; nodeName string; securityContext PodSecurityContext*; hostname string; subdomain string; affinity Affinity*; schedulerName string; tolerations []Toleration; priorityClassName string; priority int32*; enableServiceLinks bool*; preemptionPolicy string*; topologySpreadConstraints []TopologySpreadConstraint@topologyKey',
  PodSecurityContext: '',
  Toleration: 'key string; operator string; value string; effect string; tolerationSeconds int64*',

  Container: 'name string!; image string; command []string; args []string; workingDir string; ports []ContainerPort@containerPort; env []EnvVar@name; resources ResourceRequirements; volumeMounts []VolumeMount@mountPath; livenessProbe Probe*; readinessProbe Probe*; startupProbe Probe*; terminationMessagePath string; terminationMessagePolicy string; imagePullPolicy string; securityContext SecurityContext*',
  ContainerPort: 'name string; containerPort int32!; protocol string',
  ResourceRequirements: 'limits {}Quantity; requests {}Quantity',
  SecurityContext: 'privileged bool*',

  PodStatus: 'observedGeneration int64; phase string; conditions []PodCondition@type; message string; reason string; nominatedNodeName string; hostIP string; hostIPs []PodIP@ip; podIP string; podIPs []PodIP@ip; startTime Time*; initContainerStatuses []ContainerStatus; containerStatuses []ContainerStatus; qosClass string',
  PodIP: 'ip string!',
  PodCondition: 'type string!; observedGeneration int64; status string!; lastProbeTime Time!; lastTransitionTime Time!; reason string; message string',
}
