import type { VNode, VNodeArrayChildren } from 'vue'
import { h, isVNode, Text } from 'vue'

/** Words of at most six characters with a hyphen. The compiler measures by the same rule. */
export const RE_WHOLE = /(?<![\p{L}\p{N}-])(?=[\p{L}\p{N}-]{3,6}(?![\p{L}\p{N}-]))[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu

/** Elements whose text is set as it stands. */
const verbatim = new Set(['code', 'pre', 'svg', 'style', 'script'])

function pieces(text: string): VNodeArrayChildren {
  let from = 0
  const parts: VNodeArrayChildren = []
  for (const { index, 0: word } of text.matchAll(RE_WHOLE)) {
    parts.push(text.slice(from, index), h('span', { class: 'whole' }, word))
    from = index + word.length
  }
  return [...parts, text.slice(from)]
}

function children(nodes: unknown): VNodeArrayChildren {
  return (Array.isArray(nodes) ? nodes : [nodes]).flatMap((node): VNodeArrayChildren => {
    if (typeof node === 'string')
      return pieces(node)
    if (isVNode(node) && node.type === Text)
      return pieces(String(node.children))
    return [isVNode(node) ? keepWhole(node) : node]
  })
}

/** Keeps short words with a hyphen, "CRI-O" say, on one line; whatever has none of them stays as it is. */
export function keepWhole(node: VNode): VNode {
  if (typeof node.type !== 'string' || verbatim.has(node.type) || !hasWhole(node))
    return node
  const copy = h(node.type, { ...node.props, key: node.key ?? undefined }, children(node.children))
  copy.dirs = node.dirs
  return copy
}

function hasWhole(node: unknown): boolean {
  if (typeof node === 'string')
    return node.search(RE_WHOLE) >= 0
  return isVNode(node) ? hasWhole(node.children) : Array.isArray(node) && node.some(hasWhole)
}
