import type { FootnoteDefinition, Nodes, Paragraph, RootContent } from 'mdast'
import type { Article } from './article.ts'
import { definitions } from 'mdast-util-definitions'
import { text } from './tree.ts'

declare module 'mdast' {
  interface Data {
    /** The number of a footnote whose text this block is; its place is in the notes. */
    footnote?: number
  }
}

/**
 * Resolves what an article defines elsewhere: reference links and images become plain ones, definitions go, and a
 * footnote's text moves behind the block that refers to it first.
 */
export function resolveReferences(article: Article): Article {
  const define = definitions(article.tree)
  const notes = collectFootnotes(article.tree)
  const numbers = new Map<string, number>()
  const placed = new Set<string>()

  const resolve = (node: Nodes): Nodes[] => {
    if (node.type === 'definition')
      return []
    if (node.type === 'footnoteDefinition')
      return []
    if (node.type === 'footnoteReference') {
      const number = numbers.get(node.identifier) ?? numbers.size + 1
      numbers.set(node.identifier, number)
      return [{ ...node, label: String(number) }]
    }
    if (node.type === 'imageReference') {
      const found = define(node.identifier)
      return [found ? { type: 'image', url: found.url, title: found.title, alt: node.alt, position: node.position } : text(node.alt ?? '')]
    }
    if (!('children' in node))
      return [node]
    const children = (node.children as Nodes[]).flatMap(resolve)
    if (node.type === 'linkReference') {
      const found = define(node.identifier)
      return found ? [{ type: 'link', url: found.url, title: found.title, children, position: node.position } as Nodes] : children
    }
    return [{ ...node, children } as Nodes]
  }

  const footnotesFrom = (node: Nodes): RootContent[] => referencesIn(node).flatMap((identifier) => {
    const definition = notes.get(identifier)
    if (!definition || placed.has(identifier))
      return []
    placed.add(identifier)
    const blocks = (definition.children as Nodes[]).flatMap(resolve) as RootContent[]
    return [...numberFootnote(blocks, numbers.get(identifier) ?? 0), ...blocks.flatMap(footnotesFrom)]
  })

  const children = article.tree.children.flatMap((block) => {
    if (block.type === 'footnoteDefinition' && !isReferenced(article.tree, block.identifier))
      return numberFootnote((block.children as Nodes[]).flatMap(resolve) as RootContent[], 0, block.label ?? block.identifier)
    const resolved = resolve(block) as RootContent[]
    return [...resolved, ...resolved.flatMap(footnotesFrom)]
  })
  return { ...article, tree: { ...article.tree, children } }
}

function collectFootnotes(node: Nodes, found = new Map<string, FootnoteDefinition>()): Map<string, FootnoteDefinition> {
  if (node.type === 'footnoteDefinition' && !found.has(node.identifier))
    found.set(node.identifier, node)
  if ('children' in node)
    node.children.forEach(child => collectFootnotes(child as Nodes, found))
  return found
}

function referencesIn(node: Nodes): string[] {
  if (node.type === 'footnoteReference')
    return [node.identifier]
  return 'children' in node ? (node.children as Nodes[]).flatMap(referencesIn) : []
}

const referencedBy = new WeakMap<Nodes, Set<string>>()

function isReferenced(tree: Nodes, identifier: string): boolean {
  const known = referencedBy.get(tree) ?? new Set(referencesIn(tree))
  referencedBy.set(tree, known)
  return known.has(identifier)
}

/** Puts "[1] " before a footnote's first words and marks its blocks as one for the notes. */
function numberFootnote(blocks: RootContent[], number: number, label = String(number)): RootContent[] {
  const mark = text(`[${label}] `)
  const [first, ...rest] = blocks
  const opened: RootContent[] = first?.type === 'paragraph'
    ? [{ ...first, children: [mark, ...first.children] }]
    : [{ type: 'paragraph', children: [mark], position: first?.position } as Paragraph, ...(first ? [first] : [])]
  return [...opened, ...rest].map(block => ({ ...block, data: { ...block.data, footnote: number || 1 } }) as RootContent)
}
