import type { Heading, PhrasingContent, RootContent } from 'mdast'
import type { Article } from './article.ts'
import GithubSlugger from 'github-slugger'
import { hasWords, lastLineOf, lineOf, plainText } from './tree.ts'

/** A heading with the blocks that follow it, up to the next heading. */
export interface Section {
  /** The heading's words; the article's title where the heading has none or stands nowhere. */
  title: PhrasingContent[]
  /** 0 for what stands above the first heading. */
  level: number
  /** Explicit `{#id}`, else the heading's slug: unique in the article. */
  id: string
  /** More names under which links may ask for it. */
  anchors: string[]
  blocks: RootContent[]
  /** Headings above it, the highest first. */
  above: string[]
  /** Whether lower headings stand under it. */
  hasChildren: boolean
  firstLine: number
  lastLine: number
}

/** An article as its sections, in reading order. */
export interface Outline {
  title: string
  /** The heading that is the article's title, where one is. */
  heading?: PhrasingContent[]
  /** Pandoc's rule: the highest heading level that is directly followed by content. */
  slideLevel: number
  sections: Section[]
  /** Anchors that lead to the cover: those of a heading that is the article's title. */
  coverAnchors: string[]
}

const RE_HEADING_ID = /\{ ?#([\w:.-]+)(?: [^{}]*)?\}$/

/** Cuts an article at its headings. */
export function outlineOf(article: Article): Outline {
  const slugger = new GithubSlugger()
  const takenBy = new Map<string, number>()
  const raw = cutAtHeadings(article)
  const lone = loneTopHeading(raw)
  const words = lone && plainText(withoutId(lone.heading!).title)
  const title = (hasWords(article.meta.title ?? '') && article.meta.title) || words || firstHeading(raw) || nameOf(article.file)
  const isTitle = (section: RawSection) => section === lone && words === title
  const slideLevel = Math.min(6, ...raw.filter(section => section.heading && !isTitle(section) && section.blocks.length > 0).map(section => section.heading!.depth))
  const coverAnchors: string[] = []
  const sections: Section[] = []
  const path: { level: number, text: string }[] = []
  raw.forEach((section, i) => {
    const { heading, blocks } = section
    if (!heading && blocks.length === 0)
      return
    const firstLine = lineOf(heading ?? blocks[0]!, article)
    const { title: own, id } = heading ? withoutId(heading) : { title: [], id: undefined }
    const level = heading?.depth ?? 0
    while (path.length > 0 && path.at(-1)!.level >= level)
      path.pop()
    const slug = uniqueSlug(slugger, id ?? plainText(own), id)
    if (id !== undefined && slug !== id)
      article.report.warn(firstLine, `id ${id} is taken by line ${takenBy.get(id)}, so this heading has ${slug}: give one of the two another id`)
    takenBy.set(slug, firstLine)
    const next = raw[i + 1]?.heading
    const anchors = [...new Set([slug, ...(heading ? otherSlugs(plainText(own)) : []), ...blocks.flatMap(block => block.data?.anchors ?? [])])]
    const asTitle = isTitle(section)
    if (asTitle)
      coverAnchors.push(...anchors)
    if (!(asTitle && blocks.length === 0)) {
      sections.push({
        title: own.length > 0 && plainText(own) !== '' ? own : [{ type: 'text', value: path.at(-1)?.text ?? title }],
        level: asTitle ? 0 : level,
        id: slug,
        anchors,
        blocks,
        above: path.map(({ text }) => text),
        hasChildren: !asTitle && next !== undefined && next.depth > level,
        firstLine,
        lastLine: lastLineOf(blocks.at(-1) ?? heading!, article),
      })
    }
    if (heading && !asTitle && plainText(own) !== '')
      path.push({ level, text: plainText(own) })
  })
  const heading = lone && words === title && words !== '' ? withoutId(lone.heading!).title : undefined
  return { title, heading, slideLevel, sections, coverAnchors }
}

interface RawSection { heading?: Heading, blocks: RootContent[] }

function cutAtHeadings({ tree }: Article): RawSection[] {
  const sections: RawSection[] = [{ blocks: [] }]
  for (const node of tree.children) {
    if (node.type === 'heading')
      sections.push({ heading: node, blocks: [] })
    else
      sections.at(-1)!.blocks.push(node)
  }
  return sections
}

/** The first heading, when nothing stands above it and no other is as high. */
function loneTopHeading(sections: RawSection[]): RawSection | undefined {
  const withHeading = sections.filter(section => section.heading)
  const [first, ...rest] = withHeading
  return first && sections[0]!.blocks.length === 0 && rest.every(({ heading }) => heading!.depth > first.heading!.depth) ? first : undefined
}

function firstHeading(sections: RawSection[]): string {
  const found = sections.find(({ heading }) => heading && plainText(withoutId(heading).title) !== '')
  return found ? plainText(withoutId(found.heading!).title) : ''
}

/** "my-article.fr.md" → "my article". */
function nameOf(file: string): string {
  const [name = ''] = (file.split(/[\\/]/).at(-1) ?? '').split('.')
  return name.replace(/[-_]+/g, ' ').trim() || 'Article'
}

/** A heading's words, none where nobody would see any, and the id that Zola's `{#id}` at its end gives it. */
function withoutId(heading: Heading): { title: PhrasingContent[], id?: string } {
  const { title, id } = cutId(heading)
  return { title: hasWords(plainText(title)) ? title : [], id }
}

function cutId(heading: Heading): { title: PhrasingContent[], id?: string } {
  const last = heading.children.at(-1)
  const match = last?.type === 'text' ? RE_HEADING_ID.exec(last.value.trimEnd()) : null
  if (!last || !match || last.type !== 'text')
    return { title: heading.children }
  const kept = last.value.slice(0, match.index).trimEnd()
  const rest = heading.children.slice(0, -1)
  return { title: kept === '' ? rest : [...rest, { ...last, value: kept }], id: match[1] }
}

function uniqueSlug(slugger: GithubSlugger, text: string, id?: string): string {
  if (id && !Object.hasOwn(slugger.occurrences, id)) {
    slugger.occurrences[id] = 0
    return id
  }
  return slugger.slug(text) || slugger.slug('slide')
}

/** The slugs that other site generators would give: without accents, and with the case kept. */
function otherSlugs(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '')
  return [plain.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, ''), text.replace(/\s+/g, '-')].filter(Boolean)
}
