import type { Nodes as Hast } from 'hast'
import { raw } from 'hast-util-raw'
import { createMarkdownExit } from 'markdown-exit'
import { parse } from 'vue/compiler-sfc'

/** Slidev's own Markdown settings for slides and for notes. */
const slideMarkdown = createMarkdownExit({ html: true, xhtmlOut: true, linkify: true, quotes: '""\'\'' })
const noteMarkdown = createMarkdownExit({ html: true })

const RE_SLOT = /^::\s*([\w.\-:]+)\s*::\s*$/

/** Slidev's slots: a line of its own, wherever a block may start. */
slideMarkdown.block.ruler.before('fence', 'slot', (state, line, _, silent) => {
  if (state.sCount[line]! - state.blkIndent > 0)
    return false
  const match = RE_SLOT.exec(state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]))
  if (!match)
    return false
  if (!silent) {
    state.env.slots.push(match[1])
    state.line = line + 1
  }
  return true
}, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })

const ELEMENTS = new Set(['p', 'h1', 'h2', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'em', 'strong', 'del', 's', 'a', 'br', 'sup', 'img', 'span'])
const ATTRIBUTES = new Set(['href', 'src', 'alt', 'width', 'height', 'class', 'style', 'start'])

interface VueNode { type: number, tag?: string, content?: unknown, children?: VueNode[], props?: { type: number, name: string, value?: { content: string } }[], loc: { source: string } }

/** What Vue makes of a slide's body: its text, and everything in it that is more than text and plain elements. */
export async function shownOnSlide(content: string): Promise<{ text: string, live: string[], slots: string[] }> {
  const slots: string[] = []
  const html = escapeCode(await slideMarkdown.renderAsync(content, { slots }))
  const { descriptor, errors } = parse(`<template>${html}</template>`, { ignoreEmpty: false, sourceMap: false })
  const live = errors.map(error => `error: ${error.message}`)
  if (descriptor.scriptSetup || descriptor.script || descriptor.styles.length > 0 || descriptor.customBlocks.length > 0)
    live.push('a block outside the template')
  let text = ''
  const walk = (node: VueNode) => {
    if (node.type === 2)
      text += node.content as string
    else if (node.type === 5)
      live.push(`interpolation: ${node.loc.source}`)
    else if (node.type === 3)
      live.push(`comment: ${node.loc.source}`)
    if (node.type !== 1) {
      return
    }
    if (!ELEMENTS.has(node.tag!))
      live.push(`element: ${node.loc.source.slice(0, 80)}`)
    for (const prop of node.props ?? []) {
      if (prop.type === 7 && prop.name !== 'pre')
        live.push(`directive: ${prop.name}`)
      if (prop.type === 6 && !ATTRIBUTES.has(prop.name) && prop.name !== 'v-pre')
        live.push(`attribute: ${prop.name}`)
      if (prop.name === 'href' && !/^(?:https?:|mailto:|tel:|\/)/i.test(prop.value?.content ?? ''))
        live.push(`address: ${prop.value?.content}`)
      if (prop.name === 'src' && !prop.value?.content.startsWith('./images/'))
        live.push(`source: ${prop.value?.content}`)
    }
    if (node.tag === 'br')
      text += ' '
    // The number of a footnote is no word of the article's.
    if (node.tag === 'sup')
      return
    node.children?.forEach(walk)
  }
  ;(descriptor.template?.ast?.children as unknown as VueNode[] | undefined)?.forEach(walk)
  return { text, live, slots }
}

/** What Slidev does to code before Vue sees it. */
function escapeCode(html: string): string {
  return html
    .replace(/<code(?: class="[^"]*")?>[\s\S]*?<\/code>/g, code => code.replace(/\{\{/g, '&lbrace;&lbrace;'))
    .replace(/<code>/g, '<code v-pre>')
}

/** What the presenter sees of a slide's notes, and everything in it that is more than text. */
export function shownInNotes(note: string): { text: string, live: string[] } {
  const tree = raw({ type: 'root', children: [{ type: 'raw', value: noteMarkdown.render(note.replace(/\[click(?::\d+)?\]/gi, '')) }] } as unknown as Hast)
  return { text: textOf(tree), live: liveIn(tree) }
}

function liveIn(node: Hast): string[] {
  if (node.type === 'comment' || node.type === 'doctype')
    return [node.type]
  const own: string[] = []
  if (node.type === 'element') {
    if (!ELEMENTS.has(node.tagName) || node.tagName === 'img')
      own.push(`element: ${node.tagName}`)
    for (const [name, value] of Object.entries(node.properties)) {
      if (!ATTRIBUTES.has(name === 'className' ? 'class' : name))
        own.push(`attribute: ${name}`)
      if (name === 'href' && !/^(?:https?:|mailto:|tel:|\/)/i.test(String(value)))
        own.push(`address: ${value}`)
    }
  }
  return [...own, ...('children' in node ? node.children.flatMap(child => liveIn(child as Hast)) : [])]
}

/** The text of a tree of HTML. */
export function textOf(node: Hast): string {
  if (node.type === 'text')
    return node.value
  if (node.type === 'element' && node.tagName === 'br')
    return ' '
  if (node.type === 'element' && node.tagName === 'sup')
    return ''
  return 'children' in node ? node.children.map(child => textOf(child as Hast)).join('') : ''
}

/** Text without white space and without what only joins or breaks lines. */
export function squeeze(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\s\u0000-\u001F\u007F]+/g, '')
}
