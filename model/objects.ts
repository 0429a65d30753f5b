/**
 * The Kubernetes objects that the components share, as they stand in JSON: every field that the model reads or writes, and no other.
 *
 * Models staging/src/k8s.io/api/core/v1/types.go (and apps/v1, policy/v1, discovery/v1, coordination/v1, events/v1)
 */
export type * from './objects/affinity.ts'
export type * from './objects/meta.ts'
export type * from './objects/node.ts'
export type * from './objects/pod.ts'
export type * from './objects/services.ts'
export type * from './objects/workloads.ts'
