/** The nine actors: who talks in a Kubernetes cluster. Colours and symbols go by these ids everywhere. */
export const actorIds = [
  'kubectl',
  'kube-apiserver',
  'etcd',
  'kube-scheduler',
  'kube-controller-manager',
  'cloud-controller-manager',
  'kubelet',
  'container-runtime',
  'kube-proxy',
] as const

export type ActorId = typeof actorIds[number]

/** A point of the stage, in CSS pixels of the slide's canvas; for a box, its top left corner. */
export interface Point {
  x: number
  y: number
}

export interface Actor {
  id: ActorId
  /** The name on its sign. The same in every language, being the name of a program. */
  name: string
  /** Where it stands on the stage: the centre of its sign. */
  place: Point
  /** Width of its sign in pixels. */
  width: number
}

/** The stage on which every scene plays, in CSS pixels of the slide's 980×552 canvas. */
export const stage = { width: 868, height: 308 } as const

/** Height of an actor's sign, in pixels. */
export const signHeight = 40

/**
 * The table of places, shared by scenes and the map. It reads from left to right as the control plane works: who asks and
 * what is stored, the API server in the middle of everything, the controllers, the node.
 */
export const actors: Readonly<Record<ActorId, Actor>> = {
  'kubectl': { id: 'kubectl', name: 'kubectl', place: { x: 75, y: 20 }, width: 112 },
  'etcd': { id: 'etcd', name: 'etcd', place: { x: 75, y: 284 }, width: 112 },
  'kube-apiserver': { id: 'kube-apiserver', name: 'kube-apiserver', place: { x: 305, y: 20 }, width: 170 },
  'kube-scheduler': { id: 'kube-scheduler', name: 'kube-scheduler', place: { x: 575, y: 20 }, width: 170 },
  'kube-controller-manager': { id: 'kube-controller-manager', name: 'kube-controller-manager', place: { x: 575, y: 130 }, width: 240 },
  'cloud-controller-manager': { id: 'cloud-controller-manager', name: 'cloud-controller-manager', place: { x: 575, y: 230 }, width: 240 },
  'kubelet': { id: 'kubelet', name: 'kubelet', place: { x: 785, y: 92 }, width: 150 },
  'container-runtime': { id: 'container-runtime', name: 'container runtime', place: { x: 780, y: 182 }, width: 170 },
  'kube-proxy': { id: 'kube-proxy', name: 'kube-proxy', place: { x: 785, y: 284 }, width: 150 },
}

/** Who talks to whom. Everyone talks to the API server; only the API server talks to etcd. */
export const connections: readonly (readonly [ActorId, ActorId])[] = [
  ['kubectl', 'kube-apiserver'],
  ['kube-apiserver', 'etcd'],
  ['kube-scheduler', 'kube-apiserver'],
  ['kube-controller-manager', 'kube-apiserver'],
  ['cloud-controller-manager', 'kube-apiserver'],
  ['kubelet', 'kube-apiserver'],
  ['kube-proxy', 'kube-apiserver'],
  ['kubelet', 'container-runtime'],
]
