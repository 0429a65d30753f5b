import type { VNode } from 'vue'
import { h, isVNode } from 'vue'

function count(node: unknown, type: string): number {
  if (Array.isArray(node))
    return node.reduce<number>((sum, child) => sum + count(child, type), 0)
  if (!isVNode(node))
    return 0
  return (node.type === type ? 1 : 0) + count(node.children, type)
}

/** Gives a table a box whose height its rows share, up to a measure that depends on how many they are; anything else stays as it is. */
export function inTableBox(node: VNode): VNode {
  return node.type === 'table' ? h('div', { class: 'table-box', style: { '--rows': count(node, 'tr') - 1 } }, [node]) : node
}
