/** The nine actors of the deck: one hue and one symbol each, everywhere the same. */
export const actors = [
  'kubectl',
  'kube-apiserver',
  'etcd',
  'kube-scheduler',
  'kube-controller-manager',
  'cloud-controller-manager',
  'kubelet',
  'kube-proxy',
  'container-runtime',
] as const

export type ActorName = typeof actors[number]

/** What a symbol can stand for: an actor, or a thing that actors work on (drawn in neutral ink). */
export type SymbolName = ActorName | 'pod' | 'node' | 'container' | 'user' | 'cloud-provider' | 'internet'

/** One symbol on a 24 × 24 grid: `strokes` are SVG path data drawn with a 2-unit round pen, `solids` are filled. */
export interface SymbolShape {
  strokes: string[]
  solids?: string[]
}

/** Symbols are plain shapes, told apart by outline alone: on paper, in grey, at 16 px. */
export const symbols: Record<SymbolName, SymbolShape> = {
  // A prompt: whoever types commands.
  'kubectl': { strokes: ['M4 6l6 6-6 6', 'M13 18h7'] },
  // A hub with four ways in and out: everyone talks to it, and only to it.
  'kube-apiserver': { strokes: ['M12 2v5', 'M12 17v5', 'M2 12h5', 'M17 12h5'], solids: ['M12 7a5 5 0 1 1 0 10a5 5 0 1 1 0-10z'] },
  // A store with its layers.
  'etcd': { strokes: ['M4 6c0-2 3.6-3.5 8-3.5S20 4 20 6s-3.6 3.5-8 3.5S4 8 4 6z', 'M4 6v12c0 2 3.6 3.5 8 3.5s8-1.5 8-3.5V6', 'M4 12c0 2 3.6 3.5 8 3.5s8-1.5 8-3.5'] },
  // Slots on nodes, one of them chosen.
  'kube-scheduler': { strokes: ['M3.5 3.5h6v6h-6z', 'M14.5 3.5h6v6h-6z', 'M3.5 14.5h6v6h-6z'], solids: ['M13.5 13.5h8v8h-8z'] },
  // A loop that never ends: desired against actual.
  'kube-controller-manager': { strokes: ['M20 11a8 8 0 0 0-14.5-3.5L3 10', 'M3 4v6h6', 'M4 13a8 8 0 0 0 14.5 3.5L21 14', 'M21 20v-6h-6'] },
  // A cloud with a door to it.
  'cloud-controller-manager': { strokes: ['M7 18.5a4.8 4.8 0 0 1-.6-9.55a6 6 0 0 1 11.5 1.3A4.2 4.2 0 0 1 17.5 18.5z'], solids: ['M12 11.5a2 2 0 1 1 0 4a2 2 0 1 1 0-4z'] },
  // A node's pulse.
  'kubelet': { strokes: ['M3 3.5h18v17H3z', 'M6 12h3l2-4 3 8 1.5-4H18'] },
  // One way in, several ways on.
  'kube-proxy': { strokes: ['M2.5 12H9', 'M9 12c4 0 3-6 8-6h3.5', 'M9 12c4 0 3 6 8 6h3.5', 'M18 3l3 3-3 3', 'M18 15l3 3-3 3'] },
  // A freight container.
  'container-runtime': { strokes: ['M2.5 6h19v12h-19z', 'M7.5 6v12', 'M12 6v12', 'M16.5 6v12'] },
  'pod': { strokes: ['M12 2.5l8.2 4.75v9.5L12 21.5l-8.2-4.75v-9.5z'] },
  'node': { strokes: ['M3 4h18v7H3z', 'M3 13h18v7H3z', 'M6.5 7.5h.01', 'M6.5 16.5h.01'] },
  'container': { strokes: ['M3 6h18v12H3z'] },
  'user': { strokes: ['M12 3.5a4 4 0 1 1 0 8a4 4 0 1 1 0-8z', 'M4 21c0-4.5 3.5-6.5 8-6.5s8 2 8 6.5'] },
  'cloud-provider': { strokes: ['M7 18.5a4.8 4.8 0 0 1-.6-9.55a6 6 0 0 1 11.5 1.3A4.2 4.2 0 0 1 17.5 18.5z'] },
  'internet': { strokes: ['M12 2.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19z', 'M2.5 12h19', 'M12 2.5c5 5.5 5 13.5 0 19', 'M12 2.5c-5 5.5-5 13.5 0 19'] },
}

/** Whether a name is one of the nine actors. */
export function isActor(name: unknown): name is ActorName {
  return actors.includes(name as ActorName)
}

/** The actor's colour as a CSS value; neutral ink for what is not an actor. */
export function colourOf(name: SymbolName): string {
  return isActor(name) ? `var(--actor-${name})` : 'var(--ink-soft)'
}
