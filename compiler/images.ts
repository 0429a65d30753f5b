import type { Image, Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { Article } from './article.ts'
import type { Picture } from './blocks.ts'
import { isPicture } from './blocks.ts'
import { isShort } from './sentences.ts'
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

/** Stands where a picture should, by language. */
const missing: Record<string, string> = { en: 'Picture missing: ', fr: 'Image manquante\u202F: ' }

/**
 * Keeps the images that the deck can hold, with their addresses in the deck; remote ones become a labelled link. Missing ones
 * become their alternative text, under a line that says so where they stood alone.
 */
export function resolveImages(article: Article, language: string, find?: ImageLookup): Article {
  const locate: ImageLookup = find ?? (() => ({ problem: 'can\'t be found' }))
  const replaceImage = (image: Image, linked: boolean): PhrasingContent => {
    const line = lineOf(image, article)
    const label = image.alt?.trim() || nameOf(image.url)
    if (RE_REMOTE.test(image.url)) {
      article.report.warn(line, `remote image ${brief(image.url)} becomes a link: save it beside the article to show it`)
      return linked ? text(label) : { type: 'link', url: image.url.replace(/^\/\//, 'https://'), children: [text(label)], position: image.position }
    }
    const found = locate(image.url)
    if ('problem' in found) {
      article.report.warn(line, `image ${brief(image.url)} ${found.problem}`)
      return text(label)
    }
    return { ...image, url: found.url, data: { ...image.data, width: found.width, height: found.height } }
  }
  const resolve = (node: Nodes, linked: boolean): Nodes[] => {
    if (find && isMissingPicture(node, find))
      return placeholder(node, replaceImage(node.children[0], false), language)
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

/** Whether a block is one image alone, and there is none. */
function isMissingPicture(node: Nodes, find: ImageLookup): node is Picture {
  return node.type === 'paragraph' && isPicture(node) && !RE_REMOTE.test(node.children[0].url) && 'problem' in find(node.children[0].url)
}

/** What stands for a missing picture: its file's name, and its words below. */
function placeholder(block: Picture, words: PhrasingContent, language: string): Paragraph[] {
  const [image] = block.children
  const name = text(`${missing[language.split('-')[0]!.toLowerCase()] ?? missing.en}${brief(nameOf(image.url))}`)
  if (!image.alt?.trim())
    return [{ ...block, children: [name] }]
  const together: PhrasingContent[] = [name, { type: 'break' }, words]
  return isShort(together) ? [{ ...block, children: together }] : [{ ...block, children: [name] }, { type: 'paragraph', children: [words], position: block.position }]
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
