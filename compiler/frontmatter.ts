import { parse as parseToml, TomlDate, TomlError } from 'smol-toml'
import { isMap, LineCounter, parseDocument } from 'yaml'
import { ArticleError } from './diagnostics.ts'
import { mendOfToml, mendOfYaml } from './frontmatter-mends.ts'

/** What an article says of itself; keys that are not listed here are left behind. */
export interface Meta {
  title?: string
  description?: string
  /** ISO date, without time. */
  date?: string
  updated?: string
  authors: string[]
  tags: string[]
  draft: boolean
  language?: string
}

/** An article cut in two. `bodyLine` is the line, from 1, on which `body` starts in the file. */
export interface SplitArticle {
  meta: Meta
  body: string
  bodyLine: number
}

type Kind = 'TOML' | 'YAML'
interface Fence { kind: Kind, raw: string, firstLine: number, bodyLine: number }

const RE_TOML_LINE = /^\s*(?:[\w-]+(?:\.[\w-]+)*\s*=|\[|#|$)/
const RE_YAML_FIRST = /^(?:["']?[\p{L}_][\p{L}\p{N}_-]*(?: [\p{L}\p{N}_-]+)*["']?[ \t]*:(?:\s|$)|#|\{)/u
const RE_BARE_TOML = /^(?:title|description|date|updated|draft|slug|weight|template|path|aliases|authors|in_search_index)\s*=\s*\S/
const RE_ISO_DATE = /^\d{4}-\d{2}-\d{2}/

/**
 * Cuts the front matter off an article: TOML between `+++` (also after white space, also without the opening fence), YAML
 * between `---`, or none.
 * @throws {ArticleError} for an unclosed fence, broken syntax, or a value of the wrong type.
 */
export function splitFrontMatter(source: string, file: string): SplitArticle {
  const lines = source.split('\n')
  const fence = findFence(lines, file)
  if (!fence)
    return { meta: { authors: [], tags: [], draft: false }, body: source, bodyLine: 1 }
  const data = fence.kind === 'TOML' ? readToml(fence, file) : readYaml(fence, file)
  if (!data)
    return { meta: { authors: [], tags: [], draft: false }, body: source, bodyLine: 1 }
  return {
    meta: readMeta(data, fence, file),
    body: lines.slice(fence.bodyLine - 1).join('\n'),
    bodyLine: fence.bodyLine,
  }
}

function findFence(lines: string[], file: string): Fence | undefined {
  const first = lines.findIndex(line => line.trim() !== '')
  if (first < 0)
    return undefined
  const opening = lines[first]!.trim()
  const next = lines[first + 1] ?? ''
  if (opening === '+++') {
    const close = lines.findIndex((line, i) => i > first && line.trimEnd() === '+++')
    if (close > 0)
      return { kind: 'TOML', raw: lines.slice(first + 1, close).join('\n'), firstLine: first + 2, bodyLine: close + 2 }
    if (next.trim() === '' || !RE_TOML_LINE.test(next))
      return undefined
    throw new ArticleError(file, first + 1, 'the front matter opened by +++ is never closed: add a line +++ after it')
  }
  if (/^---\s*$/.test(lines[first]!)) {
    const close = lines.findIndex((line, i) => i > first && /^(?:---|\.\.\.)\s*$/.test(line))
    const firstKey = lines.slice(first + 1).find(line => line.trim() !== '') ?? ''
    const empty = close === first + 1 && lines.slice(close + 1).some(line => line.trim() !== '')
    if (!RE_YAML_FIRST.test(firstKey) && !empty)
      return undefined
    if (close > 0)
      return { kind: 'YAML', raw: lines.slice(first + 1, close).join('\n'), firstLine: first + 2, bodyLine: close + 2 }
    throw new ArticleError(file, first + 1, 'the front matter opened by --- is never closed: add a line --- after it')
  }
  if (RE_BARE_TOML.test(opening))
    return bareToml(lines, first)
  return undefined
}

/** TOML without its opening fence: up to a line `+++`, else as far as the lines look like TOML. */
function bareToml(lines: string[], first: number): Fence {
  let end = first
  while (end < lines.length && lines[end]!.trimEnd() !== '+++' && RE_TOML_LINE.test(lines[end]!))
    end++
  const closed = lines[end]?.trimEnd() === '+++'
  return { kind: 'TOML', raw: lines.slice(first, end).join('\n'), firstLine: first + 1, bodyLine: closed ? end + 2 : end + 1 }
}

function readToml(fence: Fence, file: string): Record<string, unknown> {
  try {
    return parseToml(fence.raw)
  }
  catch (error) {
    const line = error instanceof TomlError ? error.line : 1
    throw new ArticleError(file, fence.firstLine + line - 1, `the TOML front matter is broken: ${mendOfToml(fence.raw.split('\n')[line - 1] ?? '', firstLine(error))}`)
  }
}

function readYaml(fence: Fence, file: string): Record<string, unknown> | undefined {
  const lineCounter = new LineCounter()
  const document = parseDocument(fence.raw, { lineCounter, prettyErrors: false, logLevel: 'silent' })
  const error = document.errors[0]
  if (error) {
    const { line } = lineCounter.linePos(error.pos[0])
    throw new ArticleError(file, fence.firstLine + Math.max(line, 1) - 1, `the YAML front matter is broken: ${mendOfYaml(firstLine(error))}`)
  }
  if (document.contents === null)
    return {}
  if (!isMap(document.contents))
    return undefined
  try {
    return document.toJS({ maxAliasCount: 100 }) as Record<string, unknown>
  }
  catch (error) {
    throw new ArticleError(file, fence.firstLine, `the YAML front matter is broken: ${firstLine(error)}`)
  }
}

function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line.replace(/^Invalid TOML document: /, '').trim()
}

function readMeta(data: Record<string, unknown>, fence: Fence, file: string): Meta {
  const own = (from: unknown, key: string): unknown =>
    isTable(from) && Object.hasOwn(from, key) ? from[key] : undefined
  const wrong = (key: string, wanted: string): never => {
    throw new ArticleError(file, lineOfKey(fence, key), `front matter: ${key} must be ${wanted}`)
  }
  const text = (key: string): string | undefined => {
    const value = own(data, key)
    if (value === undefined || value === null)
      return undefined
    if (typeof value === 'number' && key === 'title')
      return String(value)
    return typeof value === 'string' ? clean(value) : wrong(key, 'a text')
  }
  const date = (key: string): string | undefined => {
    const value = own(data, key)
    if (value === undefined || value === null || value === '')
      return undefined
    if (value instanceof TomlDate || value instanceof Date)
      return Number.isNaN(value.valueOf()) ? wrong(key, 'a date such as 2026-11-22') : value.toISOString().slice(0, 10)
    const found = typeof value === 'string' ? RE_ISO_DATE.exec(value.trim())?.[0] : undefined
    return found ?? wrong(key, 'a date such as 2026-11-22')
  }
  const texts = (key: string, value: unknown): string[] => {
    if (value === undefined || value === null)
      return []
    const items = Array.isArray(value) ? value : [value]
    return items.map(item => nameOf(item) ?? wrong(key, 'a text or a list of texts'))
  }
  const draft = own(data, 'draft') ?? false
  if (typeof draft !== 'boolean')
    wrong('draft', 'true or false')
  const taxonomies = own(data, 'taxonomies')
  return {
    title: text('title'),
    description: text('description'),
    date: date('date'),
    updated: date('updated'),
    authors: texts('authors', own(data, 'authors') ?? own(taxonomies, 'authors') ?? own(data, 'author')),
    tags: texts('tags', own(data, 'tags') ?? own(taxonomies, 'tags')),
    draft: draft === true,
    language: text('language') ?? text('lang'),
  }
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An author may be a text or a table with a name. */
function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string')
    return clean(item)
  if (typeof item === 'number')
    return String(item)
  const name = isTable(item) && Object.hasOwn(item, 'name') ? item.name : undefined
  return typeof name === 'string' ? clean(name) : undefined
}

/** One line, well-formed Unicode, no control characters. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.toWellFormed().replace(/[ \u0000-\u001F\u007F]+/g, ' ').trim()
}

function lineOfKey(fence: Fence, key: string): number {
  const found = fence.raw.split('\n').findIndex(line => new RegExp(`^\\s*["']?${key}["']?\\s*[:=]`).test(line))
  return fence.firstLine + Math.max(found, 0)
}
