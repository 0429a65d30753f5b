import type { VNode, VNodeArrayChildren } from 'vue'
import { cloneVNode, h, isVNode, Text } from 'vue'
import ActorSymbol from '../symbols/ActorSymbol.vue'
import { isActor } from '../symbols/symbols.ts'

/** Descriptions up to this many characters may stand in larger type: two lines at most. */
const roomyLength = 80

const dash = /^\s*[–—:-]\s+/

function childrenOf(node: VNode): unknown[] {
  return Array.isArray(node.children) ? node.children : node.children ? [node.children] : []
}

function textOf(node: unknown): string {
  if (typeof node === 'string')
    return node
  return isVNode(node) ? childrenOf(node).map(textOf).join('') : ''
}

/** The name and the description of an item such as `**etcd** – remembers`, or undefined if it is none. */
function entryOf(item: VNode): { name: string, description: unknown[] } | undefined {
  const [first, second, ...rest] = childrenOf(item)
  const text = isVNode(second) && second.type !== Text ? undefined : textOf(second)
  if (!isVNode(first) || first.type !== 'strong' || text === undefined || !dash.test(text))
    return undefined
  return { name: textOf(first), description: [text.replace(dash, ''), ...rest] }
}

/**
 * Sets a list of names and what they are in two columns, with the symbol of each name that is an actor. Any other list, and
 * whatever is no list, stays as it is.
 */
export function asGlossary(node: VNode): VNode {
  if (node.type !== 'ul')
    return node
  const items = childrenOf(node).filter(isVNode).filter(item => item.type === 'li')
  const entries = items.map(entryOf)
  if (items.length < 3 || items.length > 6 || entries.some(entry => !entry || entry.name.length > 26))
    return node
  const longest = Math.max(...entries.map(entry => textOf(h('p', entry!.description as VNodeArrayChildren)).length))
  return cloneVNode(h('ul', { class: ['glossary', { roomy: longest <= roomyLength }] }, items.map((item, index) => {
    const { name, description } = entries[index]!
    return h('li', { ...item.props, key: index }, [
      h('strong', { class: 'glossary-name' }, [isActor(name) ? h(ActorSymbol, { name, size: 22 }) : null, name]),
      h('span', description as VNodeArrayChildren),
    ])
  })), node.props ?? {})
}
