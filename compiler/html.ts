import type { BlockContent, DefinitionContent, Html, Nodes, Paragraph, Parents, PhrasingContent, Root, RootContent } from 'mdast'
import type { Article } from './article.ts'
import { raw } from 'hast-util-raw'
import { defaultSchema, sanitize } from 'hast-util-sanitize'
import { toMdast } from 'hast-util-to-mdast'
import { toHast } from 'mdast-util-to-hast'
import { isPhrasing, joinTexts, lineOf, text } from './tree.ts'

/** Elements that have a Markdown equal, or whose text is shown. */
const HARMLESS = new Set(defaultSchema.tagNames)
for (const name of ['abbr', 'address', 'article', 'aside', 'bdi', 'bdo', 'button', 'caption', 'center', 'cite', 'col', 'colgroup', 'dfn', 'figcaption', 'figure', 'font', 'footer', 'form', 'header', 'hgroup', 'label', 'legend', 'main', 'mark', 'nav', 'option', 'small', 'time', 'u', 'wbr'])
  HARMLESS.add(name)

/** Elements that are left out with everything in them. */
const LEFT_OUT = 'script|style|template|svg|math|iframe|object|noscript|textarea|title|head|select|video|audio|canvas|xmp|plaintext'
const LEFT_OUT_NAMES = new Set([...LEFT_OUT.split('|'), 'embed', 'base', 'link', 'meta', 'html', 'body', 'input', 'source', 'track', 'param', 'noembed', 'noframes', 'frame', 'frameset', 'applet'])
const RE_LEFT_OUT = new RegExp(`<(${LEFT_OUT})\\b[^>]*>[\\s\\S]*?</\\1\\s*>`, 'gi')
const RE_SILENT = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<![a-z][^>]*>?/gi
const RE_TAG = /<\/?([a-z][\w.:-]*)(?![\w.:-])(?:"[^"]*"|'[^']*'|[^"'>])*>?/gi
const RE_COMMENT = /^<!--[\s\S]*-->$/
/** Written as a component is, such as `<Link to="1">`: no element of HTML. */
const RE_COMPONENT = /^[A-Z][a-z]/
const RE_ID = /\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i

const schema = { ...defaultSchema, tagNames: [...HARMLESS], clobberPrefix: '', strip: ['script', 'style', 'template'] }

/** Nodes of the tree may carry the ids of raw HTML anchors, `<a id="x"></a>`, so that links find their slide. */
declare module 'mdast' {
  interface Data { anchors?: string[] }
}

/**
 * Replaces raw HTML: harmless elements by their Markdown equals, unknown tags (`Vec<String>`, `<your-token>`) by literal
 * text; scripts, styles and the like are left out with a warning, comments without one. Works block by block, so that an
 * unclosed tag can't swallow what follows.
 */
export function replaceHtml(article: Article): Article {
  const children = article.tree.children.flatMap(block => replaceInBlock(block, article))
  return { ...article, tree: { ...article.tree, children } }
}

function replaceInBlock(block: RootContent, article: Article): RootContent[] {
  const found = htmlIn(block)
  if (found.length === 0)
    return [block]
  if (found.every(node => isSilent(node.value)))
    return removeNodes(block, new Set(found))
  const anchors = found.flatMap(node => anchorsOf(node.value))
  if (block.type === 'html') {
    const html = defuse(block.value, line => warn(article, block, line))
    return withPosition(toBlocks(html.trim() === '' ? [] : [{ type: 'html', value: html }]), block, anchors)
  }
  const defused = mapHtml(block, html => defuseInline(html, article))
  return withPosition(toBlocks([defused]), block, anchors)
}

function warn(article: Article, node: Nodes, what: string) {
  article.report.warn(lineOf(node, article), `HTML left out: ${what}`)
}

/** Markdown → HTML → Markdown for a few blocks: what HTML can say and Markdown can, survives. */
function toBlocks(blocks: RootContent[]): RootContent[] {
  if (blocks.length === 0)
    return []
  const hast = toHast({ type: 'root', children: blocks }, { allowDangerousHtml: true })
  const safe = sanitize(raw(hast), schema)
  const mdast = toMdast(safe, { nodeHandlers: { comment: () => undefined } }) as Root
  return legalise(mdast).children.map(node => isPhrasing(node) ? { type: 'paragraph', children: [node] } as Paragraph : node)
}

const WORDS_ONLY = new Set(['paragraph', 'heading', 'tableCell', 'emphasis', 'strong', 'delete', 'link'])

/** HTML may put blocks where Markdown has words alone: there they become words, and code becomes code in the line. */
function legalise<T extends Nodes>(node: T): T {
  if (!('children' in node))
    return node
  const children = (node.children as Nodes[]).map(legalise)
  return { ...node, children: WORDS_ONLY.has(node.type) ? joinTexts(children.flatMap(wordsOf)) : children } as T
}

function wordsOf(node: Nodes): PhrasingContent[] {
  if (isPhrasing(node))
    return [node]
  if (node.type === 'code')
    return [{ type: 'inlineCode', value: node.value }]
  return 'children' in node ? [...(node.children as Nodes[]).flatMap(wordsOf), text(' ')] : []
}

function withPosition(blocks: RootContent[], from: RootContent, anchors: string[]): RootContent[] {
  const place = (node: Nodes) => {
    node.position = from.position
    if ('children' in node)
      node.children.forEach(place)
  }
  blocks.forEach(place)
  if (anchors.length > 0) {
    const [first] = blocks
    if (first)
      first.data = { ...first.data, anchors }
    else
      return [{ type: 'paragraph', children: [], data: { anchors }, position: from.position }]
  }
  return blocks
}

function htmlIn(node: Nodes): Html[] {
  if (node.type === 'html')
    return [node]
  return 'children' in node ? node.children.flatMap(htmlIn) : []
}

function isSilent(html: string): boolean {
  return html.replace(RE_SILENT, '').trim() === '' && RE_COMMENT.test(html.trim())
}

function removeNodes<T extends Nodes>(node: T, remove: Set<Nodes>): T[] {
  if (remove.has(node))
    return []
  if (!('children' in node))
    return [node]
  const children = (node.children as Nodes[]).flatMap(child => removeNodes(child, remove))
  return [{ ...node, children } as T]
}

function mapHtml<T extends Nodes>(node: T, map: (html: Html) => Nodes[]): T {
  if (!('children' in node))
    return node
  const children = (node.children as Nodes[]).flatMap(child => child.type === 'html' ? map(child) : [mapHtml(child, map)])
  return { ...node, children } as T & Parents
}

function defuseInline(node: Html, article: Article): Nodes[] {
  const value = defuse(node.value, what => warn(article, node, what))
  return value === '' ? [] : [{ type: 'html', value } as BlockContent | DefinitionContent]
}

/** HTML without what may not be shown; unknown tags become text. */
function defuse(html: string, report: (what: string) => void): string {
  const shown = html
    .replace(RE_LEFT_OUT, (_, name: string) => {
      report(`<${name.toLowerCase()}>`)
      return ''
    })
    .replace(RE_SILENT, (all) => {
      if (!all.startsWith('<!--'))
        report(all.slice(0, 12).replace(/\s+/g, ' '))
      return ''
    })
  let end = 0
  let out = ''
  for (const match of shown.matchAll(RE_TAG)) {
    out += literal(shown.slice(end, match.index))
    end = match.index + match[0].length
    const name = match[1]!.toLowerCase()
    if (HARMLESS.has(name) && match[0].endsWith('>'))
      out += match[0]
    else if (LEFT_OUT_NAMES.has(name) && !RE_COMPONENT.test(match[1]!))
      report(`<${name}>`)
    else
      out += literal(match[0])
  }
  return out + literal(shown.slice(end))
}

function literal(text: string): string {
  return text.replace(/</g, '&lt;')
}

function anchorsOf(html: string): string[] {
  return [...html.matchAll(RE_TAG)].flatMap((tag) => {
    const id = RE_ID.exec(tag[0])
    return id ? [id[1] ?? id[2] ?? id[3] ?? ''] : []
  }).filter(Boolean)
}
