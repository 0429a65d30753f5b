import type { Nodes, PhrasingContent, Text } from 'mdast'

/** The first line of a node in the article's file. */
export function lineOf(node: Nodes, { bodyLine }: { bodyLine: number }): number {
  return (node.position?.start.line ?? 1) + bodyLine - 1
}

/** The last line of a node in the article's file. */
export function lastLineOf(node: Nodes, { bodyLine }: { bodyLine: number }): number {
  return (node.position?.end.line ?? 1) + bodyLine - 1
}

/** The text of a node as a reader sees it, one space for any white space that may break; images count by their alternative text. */
export function plainText(node: Nodes | Nodes[]): string {
  return textOf(node).replace(/[ \t\n\f\r]+/g, ' ').replace(/^ | $/g, '')
}

const RE_VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}]/u

/** Whether a text has a character that is seen: not white space, a byte-order mark, a joiner or a control character alone. */
export function hasWords(text: string): boolean {
  return RE_VISIBLE.test(text)
}

function textOf(node: Nodes | Nodes[]): string {
  if (Array.isArray(node))
    return node.map(textOf).join('')
  if ('value' in node)
    return node.type === 'html' ? '' : node.value
  if (node.type === 'break')
    return ' '
  if (node.type === 'image' || node.type === 'imageReference')
    return node.alt ?? ''
  if (node.type === 'footnoteReference')
    return ''
  if (!('children' in node))
    return ''
  const between = isInline(node.children as Nodes[]) ? '' : ' '
  return (node.children as Nodes[]).map(textOf).join(between)
}

const INLINE = new Set(['text', 'emphasis', 'strong', 'delete', 'inlineCode', 'break', 'link', 'image', 'html', 'linkReference', 'imageReference', 'footnoteReference'])

function isInline(children: Nodes[]): boolean {
  return children.every(child => INLINE.has(child.type))
}

/** Whether a node is inline content. */
export function isPhrasing(node: Nodes): node is PhrasingContent {
  return INLINE.has(node.type)
}

/** A text node. */
export function text(value: string): Text {
  return { type: 'text', value }
}

/** Children with neighbouring texts joined and empty ones removed. */
export function joinTexts(children: PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = []
  for (const child of children) {
    const last = joined.at(-1)
    if (child.type === 'text' && last?.type === 'text')
      joined[joined.length - 1] = { ...last, value: last.value + child.value }
    else if (child.type !== 'text' || child.value !== '')
      joined.push(child)
  }
  return joined
}
