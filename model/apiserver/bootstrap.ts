/** What a server writes into an empty etcd before it serves. */
import type { Doc } from './status.ts'
import { resourceNamed } from './registry/resources.ts'
import { keyOf } from './storage.ts'

const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'default']

/** Keys and objects, in the order in which they are written. */
export function bootstrapObjects(creationTimestamp: string): { key: string, object: Doc }[] {
  const uid = (index: number) => `00000000-0000-4000-a000-${String(index).padStart(12, '0')}`
  const classes = [['system-node-critical', 2000001000, 'Used for system critical pods that must not be moved from their current node.'], ['system-cluster-critical', 2000000000, 'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.']] as const
  const objects: Doc[] = [
    ...systemNamespaces.map((name, index) => ({
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: { name, uid: uid(index + 1), creationTimestamp, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })),
    ...classes.map(([name, value, description], index) => ({
      kind: 'PriorityClass',
      apiVersion: 'scheduling.k8s.io/v1',
      metadata: { name, uid: uid(index + 11), generation: 1, creationTimestamp },
      value,
      description,
      preemptionPolicy: 'PreemptLowerPriority',
    })),
    {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: { name: 'kubernetes', namespace: 'default', uid: uid(21), creationTimestamp, labels: { component: 'apiserver', provider: 'kubernetes' } },
      spec: {
        ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 6443 }],
        clusterIP: '10.96.0.1',
        clusterIPs: ['10.96.0.1'],
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      },
      status: { loadBalancer: {} },
    },
  ]
  const resources: Record<string, string> = { Namespace: 'namespaces', PriorityClass: 'priorityclasses', Service: 'services' }
  const taken = { key: '/registry/ipaddresses/10.96.0.1', object: { kind: 'IPAddress', apiVersion: 'networking.k8s.io/v1', metadata: { name: '10.96.0.1', uid: uid(22), creationTimestamp }, spec: { parentRef: { resource: 'services', namespace: 'default', name: 'kubernetes' } } } }
  return [taken, ...objects.map(object => ({ key: keyOf(resourceNamed(resources[object.kind]!), object.metadata.namespace ?? '', object.metadata.name), object }))]
}
