import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --raised: #f2f0ea; --line: #85817a; --ink: #1a1c20; --ink-soft: #53565d; font: 1.25rem/1.4 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { :root { --paper: #111417; --raised: #1b2025; --line: #7d868f; --ink: #ecebe6; --ink-soft: #a9afb6; } }
body { min-height: 100vh; min-height: 100dvh; box-sizing: border-box; margin: 0; padding: 1.5rem; display: grid; place-items: center; background: var(--paper); color: var(--ink); }
main { width: min(40rem, 100%); }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
a { display: grid; gap: .35rem; padding: 1.5rem 1.75rem; border-left: 3px solid var(--line); border-radius: 0 6px 6px 0; background: var(--raised); color: inherit; text-decoration: none; }
a:hover, a:focus-visible { border-color: var(--ink); outline: 2px solid var(--ink); outline-offset: 3px; }
b { order: 1; color: var(--ink-soft); font-size: .9rem; font-weight: 500; }
span { font-size: clamp(1.4rem, 5vw, 1.9rem); font-weight: 700; line-height: 1.15; letter-spacing: -.02em; text-wrap: balance; }
`

/**
 * Opens the deck in the first of the reader's languages that there is, English or the first deck failing that. A reader who comes
 * with `#choose`, as from a deck's own link back, or without scripts, gets to choose.
 */
const SCRIPT = `
const decks = [...document.querySelectorAll('a[hreflang]')]
const wanted = navigator.languages.map(tag => tag.toLowerCase().split('-')[0])
const spoken = wanted.map(tag => decks.find(deck => deck.hreflang === tag)).find(deck => deck)
const deck = spoken ?? decks.find(deck => deck.hreflang === 'en') ?? decks[0]
if (location.hash !== '#choose')
  location.replace(deck.href)
else
  deck.focus()
`

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

/** A deck as the start page names it. */
export interface Listed {
  /** BCP 47 tag, such as `en`, and the name of its folder */
  language: string
  /** as its cover says it */
  title: string
}

function link({ language, title }: Listed): string {
  return `<li><a href="${language}/" hreflang="${language}" lang="${language}"><b>${escape(languageName(language))}</b> <span>${escape(title)}</span></a></li>`
}

/** The page itself: every deck by its own language's name, in that language. */
export function startPage(decks: Listed[]): string {
  const [first] = decks
  return `<!DOCTYPE html>
<html lang="${first!.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(decks.map(deck => deck.title).join(' · '))}</title>
<link rel="icon" href="favicon.svg">
<link rel="stylesheet" href="start.css">
<script type="module" src="start.js"></script>
</head>
<body>
<main>
<ul>
${decks.map(link).join('\n')}
</ul>
</main>
</body>
</html>
`
}

/** Writes the start page beside the decks' folders, with a favicon of theirs. */
export async function writeStartPage(folder: string, decks: Listed[]): Promise<void> {
  await writeFile(join(folder, 'index.html'), startPage(decks))
  await writeFile(join(folder, 'start.css'), STYLE.trimStart())
  await writeFile(join(folder, 'start.js'), SCRIPT.trimStart())
  await copyFile(join(folder, decks[0]!.language, 'favicon.svg'), join(folder, 'favicon.svg'))
}
