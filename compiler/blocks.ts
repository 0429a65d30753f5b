import type { Blockquote, Code, Image, Link, List, ListItem, Nodes, Paragraph, PhrasingContent, RootContent, Table } from 'mdast'
import { joinTexts, plainText, text } from './tree.ts'

/** What a block is for the choice of a layout. */
export type Kind = 'prose' | 'footnote' | 'list' | 'table' | 'code' | 'quote' | 'picture' | 'pair'

/** A paragraph that holds one image and nothing else. */
export interface Picture extends Paragraph { children: [Image] }

/** A list item of the shape "name - description". */
export interface NamedItem { name: PhrasingContent[], description: PhrasingContent[], rest: RootContent[], item: ListItem }

const RE_NAME_END = /^\s*(?:[–—-]\s|:\s|\s[–—])\s*/
const RE_PLAIN_NAME = /^(\S(?:.{0,38}\S)?)\s*(?:\s[–—-]\s+|(?<=\S)\s?:\s+)/
const MAX_NAME_WORDS = 4

/** The kind of a block of a section. */
export function kindOf(block: RootContent): Kind {
  if (block.data?.footnote)
    return 'footnote'
  switch (block.type) {
    case 'list': return 'list'
    case 'table': return 'table'
    case 'code': return 'code'
    case 'blockquote': return 'quote'
    case 'paragraph': return isPicture(block) ? 'picture' : 'prose'
    default: return 'prose'
  }
}

/** Whether a block is one image alone. */
export function isPicture(block: RootContent): block is Picture {
  return block.type === 'paragraph' && block.children.length === 1 && block.children[0]!.type === 'image'
}

/**
 * Brings a section's blocks to the shapes that slides are made of: images stand alone, quotes that hold more than prose are
 * opened, list items that hold code or tables end their list, thematic breaks and empty paragraphs go.
 */
export function normaliseBlocks(blocks: RootContent[]): RootContent[] {
  return blocks.flatMap(normaliseBlock).map((block, order) => ({ ...block, data: { ...block.data, order } }) as RootContent)
}

function normaliseBlock(block: RootContent): RootContent[] {
  if (block.type === 'thematicBreak' || block.type === 'html' || block.type === 'yaml' || block.type === 'definition')
    return []
  if (block.data?.footnote)
    return flattenFootnote(block)
  if (block.type === 'paragraph')
    return splitImages(block)
  if (block.type === 'heading')
    return [{ ...block, type: 'paragraph', children: [{ type: 'strong', children: block.children }] } as Paragraph]
  if (block.type === 'blockquote')
    return openQuote(block)
  if (block.type === 'list')
    return openList(block)
  if (block.type === 'table')
    return [withoutImages(block), ...imagesIn(block).map(image => pictureOf(image, block))]
  if (block.type === 'code')
    return [block]
  return plainText(block) === '' ? [] : [{ type: 'paragraph', children: [text(plainText(block))], position: block.position }]
}

/** Footnotes go to the notes whatever they hold; images in them become words. */
function flattenFootnote(block: RootContent): RootContent[] {
  return [{ ...withoutImages(block), data: block.data } as RootContent]
}

/** Words and images of a paragraph, each for itself: words first. */
function splitImages(block: Paragraph): RootContent[] {
  const images = imagesIn(block)
  if (images.length === 0)
    return plainText(block) === '' && !block.data?.anchors ? [] : [{ ...block, children: joinTexts(block.children) }]
  const only = images.length === 1 && plainText(dropImages(block)) === ''
  const link = block.children.find((child): child is Link => child.type === 'link' && imagesIn(child).length > 0)
  if (only && !link)
    return [pictureOf(images[0]!, block)]
  const words = only && link
    ? { ...block, children: [{ ...link, children: [text(images[0]!.alt || link.url)] }] }
    : { ...block, children: joinTexts(dropImages(block).children) }
  const prose = plainText(words) === '' ? [] : [words]
  return [...prose, ...images.map(image => pictureOf(image, block))]
}

function pictureOf(image: Image, from: RootContent): Picture {
  return { type: 'paragraph', children: [image], position: image.position ?? from.position }
}

function imagesIn(node: Nodes): Image[] {
  if (node.type === 'image')
    return [node]
  return 'children' in node ? (node.children as Nodes[]).flatMap(imagesIn) : []
}

function dropImages<T extends Nodes>(node: T): T {
  if (!('children' in node))
    return node
  const children = (node.children as Nodes[]).filter(child => child.type !== 'image').map(dropImages)
  return { ...node, children }
}

/** Images replaced by their alternative texts. */
function withoutImages<T extends Nodes>(node: T): T {
  if (!('children' in node))
    return node
  const children = (node.children as Nodes[]).map(child => child.type === 'image' ? text(child.alt ?? '') : withoutImages(child))
  return { ...node, children }
}

function openQuote(quote: Blockquote): RootContent[] {
  const prose = quote.children.every(child => child.type === 'paragraph' && imagesIn(child).length === 0)
  if (prose)
    return plainText(quote) === '' ? [] : [quote]
  return quote.children.flatMap(normaliseBlock)
}

/** Ends a list where an item holds a block that needs room of its own, and takes it up again after it. */
function openList(list: List): RootContent[] {
  const out: RootContent[] = []
  let items: ListItem[] = []
  let number = list.start ?? 1
  let first = number
  const close = () => {
    if (items.length > 0)
      out.push({ ...list, start: list.ordered ? first : undefined, children: items, position: spanOf(items, list) })
    items = []
    first = number
  }
  for (const item of list.children) {
    const { simple, figures } = splitItem(item)
    items.push(simple)
    number++
    if (figures.length > 0) {
      close()
      out.push(...figures.flatMap(normaliseBlock))
      first = number
    }
  }
  close()
  return out
}

function spanOf(items: ListItem[], list: List): List['position'] {
  const start = items[0]!.position?.start ?? list.position?.start
  const end = items.at(-1)!.position?.end ?? list.position?.end
  return start && end ? { start, end } : undefined
}

/** The words of an item, and from the first block on that is not words, its figures. */
function splitItem(item: ListItem): { simple: ListItem, figures: RootContent[] } {
  const at = item.children.findIndex(child => !isWords(child))
  const words = at < 0 ? item.children : item.children.slice(0, at)
  const kept = words.length > 0 ? words : [{ type: 'paragraph', children: [] } as Paragraph]
  const simple = withBox({ ...item, children: kept.map(child => withoutImages(child)) })
  const images = words.flatMap(imagesIn).map(image => pictureOf(image, item as unknown as RootContent))
  return { simple, figures: [...images, ...(at < 0 ? [] : item.children.slice(at))] }
}

/** A task's box becomes a character: nothing to click on a slide. */
function withBox<T extends Nodes>(node: T): T {
  if (!('children' in node))
    return node
  const children = (node.children as Nodes[]).map(withBox)
  const [head] = children
  if (node.type !== 'listItem' || typeof node.checked !== 'boolean' || head?.type !== 'paragraph')
    return { ...node, children }
  const box = text(node.checked ? '☑ ' : '☐ ')
  return { ...node, checked: null, children: [{ ...head, children: joinTexts([box, ...head.children]) }, ...children.slice(1)] }
}

/** Paragraphs and lists of paragraphs. */
function isWords(node: Nodes): boolean {
  if (node.type === 'list')
    return node.children.every(item => item.children.every(isWords))
  return node.type === 'paragraph' || node.type === 'heading'
}

/** The items of a list when each is of the shape "name - description". */
export function namedItems(list: List): NamedItem[] | undefined {
  const items = list.children.map(namedItem)
  return items.every(item => item !== undefined) ? items : undefined
}

function namedItem(item: ListItem): NamedItem | undefined {
  const [head, ...rest] = item.children
  if (head?.type !== 'paragraph' || typeof item.checked === 'boolean')
    return undefined
  const [first, second] = head.children
  if (!first)
    return undefined
  if ((first.type === 'strong' || first.type === 'inlineCode') && second?.type === 'text') {
    const inside = /^\S.*:$/.test(plainText(first))
    const match = inside ? /^\s+/.exec(second.value) : RE_NAME_END.exec(second.value)
    if (!match)
      return undefined
    return { name: [first], description: trimStart(second.value.slice(match[0].length), head.children.slice(2)), rest, item }
  }
  const match = first.type === 'text' ? RE_PLAIN_NAME.exec(first.value) : null
  if (!match || first.type !== 'text' || match[1]!.split(/\s+/).length > MAX_NAME_WORDS)
    return undefined
  return { name: [text(match[1]!)], description: trimStart(first.value.slice(match[0].length), head.children.slice(1)), rest, item }
}

function trimStart(value: string, others: PhrasingContent[]): PhrasingContent[] {
  return value === '' ? others : [text(value), ...others]
}

/** Whether every item of a list is a link and little else. */
export function isLinkList(list: List): boolean {
  return list.children.length >= 3 && list.children.every((item) => {
    const [only, ...rest] = item.children
    const links = only?.type === 'paragraph' ? only.children.filter(child => child.type === 'link') : []
    return rest.length === 0 && links.length === 1 && plainText(links[0]!).length >= plainText(only!).length * 0.6
  })
}

const RE_READING = /^(?:read|to read|further reading|à lire|lire)\s*:/i

/** Whether a paragraph says what to read: "Read:", then links to the web and nothing else but what stands between them. */
export function isReading(block: RootContent): block is Paragraph {
  if (block.type !== 'paragraph' || !RE_READING.test(plainText(block)))
    return false
  const links = linksIn(block)
  const words = block.children.filter(child => child.type !== 'link')
  return links.length > 0 && links.every(({ url }) => /^https?:\/\//i.test(url))
    && words.every(child => child.type === 'text' && /^[\s,;.·|–—-]*(?:(?:and|et)\s)?$/i.test(child.value.replace(RE_READING, '')))
}

/** The links of a block. */
export function linksIn(node: Nodes): Link[] {
  if (node.type === 'link')
    return [node]
  return 'children' in node ? (node.children as Nodes[]).flatMap(linksIn) : []
}

/** Whether a paragraph leads into what follows it. */
export function isLeadIn(block: RootContent): boolean {
  const words = plainText(block)
  return block.type === 'paragraph' && /[:：]$/.test(words) && words.length < 120
}

/** A block as one of the types that have rows. */
export type Figure = List | Table | Code | Blockquote | Picture
