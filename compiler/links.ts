import type { Nodes, PhrasingContent, RootContent } from 'mdast'
import type { Article } from './article.ts'
import type { Slide } from './slide.ts'
import { lineOf } from './tree.ts'

const RE_WEB = /^(?:https?:\/\/|mailto:|tel:)/i
const RE_ANY_SCHEME = /^[a-z][a-z0-9+.-]*:/i

/**
 * Points links at what the deck has: `#anchor` at its slide, web addresses where they led. What leads nowhere (a dead
 * anchor, a file beside the article, a script) becomes its words, with a warning.
 */
export function resolveLinks(slides: Slide[], aliasOf: (anchor: string) => string | undefined, article: Article): Slide[] {
  const resolve = (node: Nodes): Nodes[] => {
    if (!('children' in node))
      return [node]
    const children = (node.children as Nodes[]).flatMap(resolve)
    if (node.type !== 'link')
      return [{ ...node, children } as Nodes]
    const url = target(node.url, aliasOf)
    if (url)
      return [{ ...node, url, children } as Nodes]
    article.report.warn(lineOf(node, article), `link to ${brief(node.url)} ${node.url.startsWith('#') ? 'leads to no heading' : 'leads out of the deck'}: only its words are kept`)
    return children
  }
  const all = (blocks: RootContent[]) => blocks.flatMap(resolve) as RootContent[]
  return slides.map(slide => ({
    ...slide,
    title: slide.title.flatMap(withoutLinks),
    body: all(slide.body),
    notes: all(slide.notes),
    slots: slide.slots.map(slot => ({ ...slot, nodes: all(slot.nodes) })),
  }))
}

/** A title is no place for links: only their words stay. */
function withoutLinks(node: PhrasingContent): PhrasingContent[] {
  if (!('children' in node))
    return [node]
  const children = (node.children as PhrasingContent[]).flatMap(withoutLinks)
  return node.type === 'link' ? children : [{ ...node, children } as PhrasingContent]
}

function target(url: string, aliasOf: (anchor: string) => string | undefined): string | undefined {
  // eslint-disable-next-line no-control-regex
  const clean = url.replace(/[\u0000-\u0020\u007F]+/g, ' ').trim()
  if (clean.startsWith('#')) {
    const alias = aliasOf(decode(clean.slice(1)))
    return alias && `/${encodeURIComponent(alias)}`
  }
  if (RE_WEB.test(clean))
    return clean.replace(/ /g, '%20')
  if (clean.startsWith('//'))
    return `https:${clean.replace(/ /g, '%20')}`
  return !RE_ANY_SCHEME.test(clean) && /^[\w.-]+@[\w-]+\.[\w.-]+$/.test(clean) ? `mailto:${clean}` : undefined
}

function decode(anchor: string): string {
  try {
    return decodeURIComponent(anchor)
  }
  catch {
    return anchor
  }
}

function brief(url: string): string {
  const line = url.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
