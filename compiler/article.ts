import type { Nodes as Node, Root } from 'mdast'
import type { Reporter } from './diagnostics.ts'
import type { Meta } from './frontmatter.ts'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { ArticleError, createReporter } from './diagnostics.ts'
import { splitFrontMatter } from './frontmatter.ts'

/** An article as it was read: its own words about itself, and its Markdown as a tree whose lines are those of the file. */
export interface Article {
  /** As it was named by the caller; `source` lines of slides and diagnostics begin with it. */
  file: string
  meta: Meta
  tree: Root
  /** The line on which the Markdown starts in the file. */
  bodyLine: number
  /** Number of lines of the file. */
  lines: number
  report: Reporter
}

/** The largest article, in bytes: parsing slows down beyond it. */
export const MAX_ARTICLE_BYTES = 1_000_000

/** The deepest nesting of Markdown nodes. */
const MAX_DEPTH = 200

const markdown = unified().use(remarkParse).use(remarkGfm).freeze()

/**
 * Decodes an article's bytes.
 * @throws {ArticleError} when there are too many, or when they are not UTF-8.
 */
export function decodeArticle(bytes: Uint8Array, file: string): string {
  if (bytes.length > MAX_ARTICLE_BYTES)
    throw new ArticleError(file, 1, `the article has ${bytes.length} bytes, more than ${MAX_ARTICLE_BYTES}: split it into several articles`)
  if (bytes[0] === 0xFF && bytes[1] === 0xFE)
    return decode('utf-16le', bytes, file)
  if (bytes[0] === 0xFE && bytes[1] === 0xFF)
    return decode('utf-16be', bytes, file)
  return decode('utf-8', bytes, file)
}

function decode(encoding: string, bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  }
  catch {
    throw new ArticleError(file, lineOfBrokenByte(bytes), 'the article is not UTF-8 text: save it as UTF-8')
  }
}

function lineOfBrokenByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes)
  return text.slice(0, Math.max(text.indexOf('\uFFFD'), 0)).split('\n').length
}

/**
 * Reads an article: front matter and Markdown (CommonMark and GFM).
 * @throws {ArticleError} for front matter that can't be read.
 */
export function readArticle(text: string, file: string): Article {
  const source = text.toWellFormed().replace(/^\uFEFF+/, '').replace(/\r\n?/g, '\n').replace(/\0/g, '\uFFFD')
  const { meta, body, bodyLine } = splitFrontMatter(source, file)
  if (body.trim() === '')
    throw new ArticleError(file, bodyLine, 'the article is empty: write a heading or a paragraph')
  const tree = markdown.parse(body)
  if (depthOf(tree) > MAX_DEPTH)
    throw new ArticleError(file, bodyLine, `lists and quotes are nested more than ${MAX_DEPTH} levels deep: flatten them`)
  return { file, meta, tree, bodyLine, lines: source.split('\n').length, report: createReporter(file) }
}

/** Depth of a tree, without recursion: a hostile article may nest deeper than the stack. */
function depthOf(tree: Root): number {
  let level: Node[] = [tree]
  let depth = 0
  while (level.length > 0 && depth <= MAX_DEPTH) {
    level = level.flatMap(node => 'children' in node ? node.children as Node[] : [])
    depth++
  }
  return depth
}
