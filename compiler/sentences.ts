import type { Nodes, PhrasingContent } from 'mdast'
import { text } from './tree.ts'

/** A sentence as a range of a paragraph's flat text (`flatten`), end excluded, white space at the ends left off. */
export interface Sentence { start: number, end: number }

/** Abbreviations after which a sentence goes on, in English and French, without their last full stop, in lower case. */
const ABBREVIATIONS = new Set([
  'm',
  'mm',
  'mme',
  'mmes',
  'mlle',
  'mr',
  'mrs',
  'ms',
  'dr',
  'pr',
  'prof',
  'st',
  'ste',
  'jr',
  'sr',
  'cf',
  'p',
  'pp',
  'vs',
  'fig',
  'art',
  'chap',
  'vol',
  'no',
  'n',
  'env',
  'approx',
  'ca',
  'i.e',
  'e.g',
  'p. ex',
  'p.ex',
  'ex',
  'c.-à-d',
  'n. b',
  'n.b',
  'av',
  'apr',
  'resp',
  'min',
  'max',
  'éd',
  'ed',
  'eds',
  'inc',
  'ltd',
  'al',
])
const RE_LAST_WORD = /([\p{L}\p{N}.-]+)\.\s*$/u
const RE_INITIAL = /(?:^|[\s.(])\p{Lu}\.\s*$/u
const RE_CLOSING = /^[\s»”’")\]]*$/
const RE_GOES_ON = /^[\s»”’")\]]*[\p{Ll}\p{N}§,;:)»]/u
const RE_OPEN_GUILLEMETS = /«[^»]*$/

/**
 * The sentences of a flat text. Goes on after abbreviations and initials, inside « … », and where the next word is lower
 * case; a full stop that is followed by white space and a capital ends one, as do the marks of other scripts.
 */
export function sentencesOf(flat: string, language: string): Sentence[] {
  const sentences: Sentence[] = []
  for (const { index, segment } of segmenterFor(language).segment(flat)) {
    const last = sentences.at(-1)
    if (last && goesOn(flat.slice(last.start, index), segment))
      last.end = index + segment.length
    else
      sentences.push({ start: index, end: index + segment.length })
  }
  return sentences
    .map(({ start, end }) => {
      const raw = flat.slice(start, end)
      return { start: start + raw.length - raw.trimStart().length, end: start + raw.trimEnd().length }
    })
    .filter(({ start, end }) => end > start)
}

const segmenters = new Map<string, Intl.Segmenter>()

function segmenterFor(language: string): Intl.Segmenter {
  const known = segmenters.get(language)
  if (known)
    return known
  const locale = Intl.getCanonicalLocales('en')[0]!
  const supported = isLocale(language) ? Intl.Segmenter.supportedLocalesOf(language)[0] : undefined
  const made = new Intl.Segmenter(supported ?? locale, { granularity: 'sentence' })
  segmenters.set(language, made)
  return made
}

function isLocale(language: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(language)
}

function goesOn(before: string, next: string): boolean {
  if (RE_CLOSING.test(next))
    return true
  if (RE_OPEN_GUILLEMETS.test(before.slice(-400)))
    return true
  const tail = before.slice(-40)
  if (!/\.\s*$/.test(tail))
    return RE_GOES_ON.test(next) && /[!?…]\s*$/.test(tail)
  if (RE_INITIAL.test(tail))
    return true
  const word = RE_LAST_WORD.exec(tail)?.[1]?.toLowerCase() ?? ''
  return ABBREVIATIONS.has(word) || (word === 'etc' && /^[\s)]*[\p{Ll},;)]/u.test(next)) || RE_GOES_ON.test(next)
}

/** A paragraph's text with the offsets that `slice` takes: code counts as x's, so that nothing in it ends a sentence. */
export function flatten(children: PhrasingContent[]): string {
  return children.map(flatOf).join('')
}

function flatOf(node: Nodes): string {
  if (node.type === 'text')
    return node.value.replace(/\s/g, ' ')
  if (node.type === 'inlineCode')
    return 'x'.repeat(node.value.length)
  if (node.type === 'break')
    return ' '
  if (node.type === 'footnoteReference')
    return ''
  return 'children' in node ? (node.children as Nodes[]).map(flatOf).join('') : ''
}

/** The part of a paragraph between two offsets of its flat text. */
export function slice(children: PhrasingContent[], start: number, end: number): PhrasingContent[] {
  const out: PhrasingContent[] = []
  let at = 0
  for (const child of children) {
    const length = flatOf(child).length
    const from = Math.max(start - at, 0)
    const to = Math.min(end - at, length)
    at += length
    if (to <= from && !(length === 0 && at > start && at <= end))
      continue
    if (child.type === 'text')
      out.push(text(child.value.slice(from, to)))
    else if ('children' in child)
      out.push({ ...child, children: slice(child.children as PhrasingContent[], from, to) } as PhrasingContent)
    else
      out.push(child)
  }
  return out
}

/** The longest key sentence that a slide shows whole, in characters. */
export const KEY_SENTENCE_CAP = 200

/** Whether a paragraph is short enough to stand on a slide as it is. */
export function isShort(children: PhrasingContent[], cap = 140): boolean {
  return flatten(children).length <= cap
}

/**
 * The sentence that stands for a paragraph on its slide: the first that carries emphasis, strong or code, else the first;
 * one under the cap where there is one, else cut at a word.
 */
export function keySentence(children: PhrasingContent[], language: string, cap = KEY_SENTENCE_CAP): PhrasingContent[] {
  const flat = flatten(children)
  const sentences = sentencesOf(flat.length > 20_000 ? flat.slice(0, 20_000) : flat, language)
  const fitting = sentences.filter(({ start, end }) => end - start <= cap && end - start >= 12)
  const parts = fitting.map(({ start, end }) => slice(children, start, end))
  const chosen = parts.find(part => part.some(isStressed)) ?? parts[0]
  const [only, ...others] = chosen ?? []
  if (only?.type === 'strong' && others.every(child => child.type === 'text' && /^[\s.!?…]*$/.test(child.value)))
    return [...only.children, ...others]
  if (chosen && (sentences[0]!.end - sentences[0]!.start <= cap || chosen.some(isStressed)))
    return chosen
  return shorten(slice(children, sentences[0]?.start ?? 0, sentences[0]?.end ?? flat.length), cap)
}

function isStressed(node: Nodes): boolean {
  return node.type === 'emphasis' || node.type === 'strong' || node.type === 'inlineCode'
}

/** Cut at a word (at a character in scripts without spaces), with an ellipsis. */
export function shorten(children: PhrasingContent[], cap: number): PhrasingContent[] {
  const flat = flatten(children)
  if (flat.length <= cap)
    return children
  const cut = flat.slice(0, cap - 1)
  const clause = Math.max(cut.lastIndexOf(' ('), cut.lastIndexOf(', '), cut.lastIndexOf('; '), cut.lastIndexOf(' : '), cut.lastIndexOf(' – '))
  const space = cut.lastIndexOf(' ')
  const open = cut.lastIndexOf('(') > cut.lastIndexOf(')') ? cut.lastIndexOf(' (') : -1
  let end = open > cap * 0.4 ? open : clause > cap * 0.6 ? clause : space > cap * 0.6 ? space : cap - 1
  if (/[\uD800-\uDBFF]/.test(flat[end - 1] ?? ''))
    end--
  return [...slice(children, 0, end), text('…')]
}
