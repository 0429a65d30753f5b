import type { VNode } from 'vue'
import { Comment, Fragment, isVNode } from 'vue'

/** A slide's content as the layouts place it: its heading, and all the rest in order. */
export interface SlideContent {
  title: VNode[]
  rest: VNode[]
}

function flatten(nodes: unknown): VNode[] {
  if (!Array.isArray(nodes))
    return isVNode(nodes) ? [nodes] : []
  return nodes.flatMap((node) => {
    if (!isVNode(node) || node.type === Comment)
      return []
    return node.type === Fragment ? flatten(node.children) : [node]
  })
}

/** Takes the first `h1` out of a slot's content, so that a layout can set it above everything else. */
export function splitTitle(nodes: VNode[] | undefined): SlideContent {
  const flat = flatten(nodes ?? [])
  const title = flat.find(node => node.type === 'h1')
  return { title: title ? [title] : [], rest: flat.filter(node => node !== title) }
}
