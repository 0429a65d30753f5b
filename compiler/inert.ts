/**
 * Text that Slidev shows as it is: nothing of it is taken for Markdown, for Vue, or for Slidev's own syntax. Escapes only
 * what would be taken for something, so that a compiled deck stays readable.
 */

/** Where text stands: on the slide (a Vue template) or in its notes (plain HTML). */
export type Place = 'slide' | 'notes'

const RE_SPACE = /[\t\n\v\f\r ]+/g
// eslint-disable-next-line no-control-regex
const RE_CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F]/g
const RE_MARKS = /[\\`*[\]~|]/g
const RE_UNDERSCORE = /(?<![a-z0-9])_|_(?![a-z0-9])/gi
const RE_DOT = /(?<=[^\s.])\.(?=[^\s\p{P}\d])/gu
const RE_BRACES = /\{{2,}|^\{|\{$/g
const RE_START = /^(?:[#+\-=:%]|\d{1,9}(?=[.)]))/

/** Escapes a text node's words. `start`: they open a block, where more has a meaning. */
export function inert(words: string, place: Place, start: boolean): string {
  const escaped = words
    .replace(RE_SPACE, ' ')
    .replace(RE_CONTROL, '')
    .replace(RE_MARKS, '\\$&')
    .replace(RE_UNDERSCORE, '\\_')
    .replace(/&(?=[#a-z])/gi, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\$/g, '&#36;')
    .replace(RE_DOT, '\\.')
    .replace(/(?<=\S)@/g, '\\@')
    .replace(/\/\//g, '/\\/')
    .replace(/:\/(?=\\)/g, '\\:/')
    .replace(/([:-])\(/g, '$1\\(')
    .replace(/!$/, '\\!')
    .replace(/(?<=\s)#/g, '\\#')
  const opened = start ? openBlock(escaped.trimStart()) : escaped
  return place === 'slide' ? opened.replace(RE_BRACES, '<span v-pre>$&</span>') : opened
}

function openBlock(words: string): string {
  const match = RE_START.exec(words)
  if (!match)
    return words
  return /^\d/.test(words) ? `${match[0]}\\${words.slice(match[0].length)}` : `\\${words}`
}

/** Text for HTML: every mark that HTML, Markdown or Vue knows is a character reference. */
export function inertHtml(words: string): string {
  return words
    .replace(RE_CONTROL, char => char === '\t' || char === '\n' ? char : '')
    .replace(/[&<>"'`*_[\]{}\\$|~#@:.!+=-]/g, char => `&#${char.codePointAt(0)};`)
}

/** U+2060: takes no room and lets no line break in. */
const JOINER = '\u2060'

/**
 * Plain text for front matter that Slidev renders as Markdown in one place (its titles in the "go to" box) and as text in
 * all others: invisible joiners, and look-alikes where those don't help, instead of escapes.
 */
export function inertTitle(words: string): string {
  const plain = words.replace(RE_SPACE, ' ').replace(RE_CONTROL, '').trim()
  const broken = plain
    .replace(/[<&\\]/g, `$&${JOINER}`)
    .replace(/\{(?=\{)/g, `{${JOINER}`)
    .replace(/~(?=~)/g, `~${JOINER}`)
    .replace(/\](?=[([:])/g, `]${JOINER}`)
    .replace(/\[(?=\^)/g, `[${JOINER}`)
    .replace(/\$(?=.*\$)/g, '﹩')
    .replace(/\*/g, '∗')
    .replace(/`/g, 'ˋ')
    .replace(RE_UNDERSCORE, `_${JOINER}`)
    .replace(/(?<=\S)[.@](?=[^\s\p{P}\d])/gu, `$&${JOINER}`)
    .replace(/:\/\//g, `:${JOINER}//`)
  return /^[\p{L}\p{Emoji_Presentation}«“"(¿¡]/u.test(broken) || broken === '' ? broken : `${JOINER}${broken}`
}
