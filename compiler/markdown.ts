import type { Code, Emphasis, Image, InlineCode, Link, Parents, PhrasingContent, RootContent, Strong, Table, Text } from 'mdast'
import type { Handle, Info, State } from 'mdast-util-to-markdown'
import type { Place } from './inert.ts'
import { toMarkdown } from 'mdast-util-to-markdown'
import { inert, inertHtml } from './inert.ts'
import { plainText } from './tree.ts'

/** Options for both places, made when the handlers below are known. */
const optionsOf = { slide: lazily('slide'), notes: lazily('notes') }

/** Markdown of blocks, in which nothing but their own structure is live. */
export function markdownOf(blocks: RootContent[], place: Place): string {
  if (blocks.length === 0)
    return ''
  return toMarkdown({ type: 'root', children: blocks }, optionsOf[place]()).trim()
}

/** Markdown of inline content, on one line. */
export function phrasingOf(children: PhrasingContent[], place: Place): string {
  return markdownOf([{ type: 'paragraph', children }], place)
}

function lazily(place: Place) {
  let made: ReturnType<typeof optionsFor> | undefined
  return () => made ??= optionsFor(place)
}

function optionsFor(place: Place) {
  return {
    bullet: '-',
    bulletOther: '*',
    bulletOrdered: '.',
    listItemIndent: 'one',
    fences: true,
    rule: '*',
    setext: false,
    tightDefinitions: true,
    handlers: {
      text: textHandler(place),
      emphasis: marked('*', 'em'),
      strong: marked('**', 'strong'),
      delete: marked('~~', 'del'),
      inlineCode: inlineCode(place),
      break: () => '<br>',
      link,
      image,
      code: codeHandler(place),
      table,
      footnoteReference: (node: { label?: string | null, identifier: string }) => `<sup>${inertHtml(node.label ?? node.identifier)}</sup>`,
    } as unknown as Record<string, Handle>,
  } as const
}

function textHandler(place: Place): Handle {
  return (node: Text, parent: Parents | undefined, _: State, info: Info) => {
    const start = parent?.type === 'paragraph' && parent.children[0] === node
    const opens = start && (info.before === '\n' || info.before === '' || info.before === '\n\n')
    return inert(node.value, place, opens || (start && !/\S/.test(info.before)))
  }
}

const RE_WORD_EDGE = /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su

/** `*…*` where that can't be misread, else the HTML element. */
function marked(mark: string, element: string): Handle {
  return (node: Emphasis | Strong, _: Parents | undefined, state: State, info: Info) => {
    const inner = state.containerPhrasing(node, { ...info, before: 'x', after: 'x' })
    const before = info.before.at(-1) ?? ' '
    const after = info.after[0] ?? ' '
    const clear = RE_WORD_EDGE.test(inner) && /[\s(«“"]/.test(before) && /[\s).,;:!?»”"]/.test(after)
    return clear && plainText(node) !== '' ? `${mark}${inner}${mark}` : `<${element}>${inner}</${element}>`
  }
}

function inlineCode(place: Place): Handle {
  return (node: InlineCode) => {
    const value = node.value.replace(/\n/g, ' ')
    // eslint-disable-next-line no-control-regex
    if (/<!--|-->|\[click|[`|\u0000-\u001F]|^\s|\s$|<Tweet|<BlueSky|^$|\]\(|\{monaco|url\(|\$.*\$/i.test(value))
      return `<code${place === 'slide' ? ' v-pre' : ''}>${inertHtml(value)}</code>`
    return `\`${value}\``
  }
}

const RE_PLAIN_URL = /^https?:\/\/[\w.\-/%?=#+;,]+$/

function link(node: Link, _: Parents | undefined, state: State, info: Info): string {
  if (RE_PLAIN_URL.test(node.url) && plainText(node) === node.url)
    return `<${node.url}>`
  const inner = state.containerPhrasing(node, { ...info, before: '[', after: ']' })
  const url = node.url.replace(/[\s<>"'`\\(){}[\]|*_$~@]/g, char => encodeURIComponent(char).replace(/[*'()~_]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`))
  return `[${inner}](${url})`
}

function image(node: Image): string {
  const size = node.data?.width && node.data.height ? ` width="${Math.round(node.data.width)}" height="${Math.round(node.data.height)}"` : ''
  return `<img src="${inertAttribute(node.url)}" alt="${inertHtml(node.alt ?? '')}"${size}>`
}

/** Attribute values keep what file names hold: only quotes and the marks of HTML are references. */
function inertAttribute(value: string): string {
  return value.replace(/[&<>"'`{}]/g, char => `&#${char.codePointAt(0)};`)
}

/** Code that would turn on a feature of Slidev's by its mere words, or run a comment into the notes, or close a note. */
const RE_TRIGGER = /<Tweet\b|<BlueSky\b|^```mermaid|\{monaco/m
const RE_LANGUAGE = /^[a-z][a-z0-9+#-]*$/i

function codeHandler(place: Place): Handle {
  return (node: Code) => {
    // eslint-disable-next-line no-control-regex
    const value = node.value.replace(/[\u0000-\u0008\v\f\u000E-\u001F\u007F]/g, '')
    if (place === 'notes' || RE_TRIGGER.test(value) || hasOpenComment(value))
      return `<pre${place === 'slide' ? ' class="slidev-code plain" v-pre' : ''}><code>${inertHtml(value)}</code></pre>`
    const longest = Math.max(2, ...[...value.matchAll(/`+/g)].map(([run]) => run.length))
    const fence = '`'.repeat(longest + 1)
    return `${fence}${infoOf(node)}\n${value}\n${fence}`
  }
}

function hasOpenComment(code: string): boolean {
  return /<!--/.test(code.replace(/<!--[\s\S]*?-->/g, ''))
}

/** A diagram's source is shown as text: the compiled deck draws none of an article's. */
const DRAWN = new Set(['mermaid', 'plantuml'])

function infoOf(node: Code): string {
  const language = (node.lang ?? '').replace(/^language-/, '').toLowerCase()
  const known = RE_LANGUAGE.test(language) && !DRAWN.has(language) ? language : 'text'
  return node.data?.startLine ? `${known} {*}{lines:true,startLine:${node.data.startLine}}` : known
}

function table(node: Table, _: Parents | undefined, state: State, info: Info): string {
  const width = Math.max(...node.children.map(row => row.children.length))
  const lines = node.children.map((row) => {
    const cells = Array.from({ length: width }, (_, i) => {
      const cell = row.children[i]
      return cell ? state.containerPhrasing(cell, { ...info, before: ' ', after: ' ' }) : ''
    })
    return `| ${cells.join(' | ')} |`
  })
  const marks = Array.from({ length: width }, (_, i) => {
    const align = node.align?.[i]
    return align === 'center' ? ':---:' : align === 'right' ? '---:' : align === 'left' ? ':---' : '---'
  })
  return [lines[0], `| ${marks.join(' | ')} |`, ...lines.slice(1)].join('\n')
}
