import type { Image, Nodes, PhrasingContent, RootContent } from 'mdast'
import type { Article } from './article.ts'
import { lineOf, text } from './tree.ts'

/** An image that the deck can hold. */
export interface FoundImage {
  /** The address that the deck uses, relative to the compiled file. */
  url: string
  /** Size in px, as far as the file says. */
  width: number
  height: number
}

/** Finds an article's image: `undefined` when there is none that may be used, or why. */
export type ImageLookup = (url: string) => FoundImage | { problem: string }

declare module 'mdast' {
  interface ImageData { width?: number, height?: number }
}

const RE_REMOTE = /^(?:https?:)?\/\//i

/**
 * Keeps the images that the deck can hold, with their addresses in the deck; remote ones become a labelled link, missing
 * ones their alternative text.
 */
export function resolveImages(article: Article, find: ImageLookup): Article {
  const replaceImage = (image: Image, linked: boolean): PhrasingContent => {
    const line = lineOf(image, article)
    const label = image.alt?.trim() || nameOf(image.url)
    if (RE_REMOTE.test(image.url)) {
      article.report.warn(line, `remote image ${brief(image.url)} becomes a link: save it beside the article to show it`)
      return linked ? text(label) : { type: 'link', url: image.url.replace(/^\/\//, 'https://'), children: [text(label)], position: image.position }
    }
    const found = find(image.url)
    if ('problem' in found) {
      article.report.warn(line, `image ${brief(image.url)} ${found.problem}`)
      return text(label)
    }
    return { ...image, url: found.url, data: { ...image.data, width: found.width, height: found.height } }
  }
  const resolve = (node: Nodes, linked: boolean): Nodes[] => {
    if (node.type === 'image')
      return [replaceImage(node, linked)]
    if (!('children' in node))
      return [node]
    const children = (node.children as Nodes[]).flatMap(child => resolve(child, linked || node.type === 'link'))
    return [{ ...node, children } as Nodes]
  }
  const children = article.tree.children.flatMap(block => resolve(block, false)) as RootContent[]
  return { ...article, tree: { ...article.tree, children } }
}

function nameOf(url: string): string {
  const [path = ''] = url.split(/[?#]/)
  if (url.startsWith('data:'))
    return 'image'
  const name = path.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(name) || 'image'
  }
  catch {
    return name || 'image'
  }
}

function brief(url: string): string {
  const line = url.replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
