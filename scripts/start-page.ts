import type { Deck } from './site.ts'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const STYLE = `
:root { color-scheme: light dark; font: 1.25rem/1.5 system-ui, sans-serif; }
body { min-height: 100vh; margin: 0; display: grid; place-content: center; }
ul { list-style: none; margin: 0; padding: 1.5rem; display: grid; gap: 1rem; max-width: 34rem; }
a { display: block; padding: 1rem 1.5rem; border: 1.5px solid; border-radius: 6px; color: inherit; text-decoration: none; }
a:hover, a:focus-visible { outline: 3px solid; outline-offset: 2px; }
b { display: block; }
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

function link({ language, title }: Deck): string {
  return `<li><a href="${language}/" hreflang="${language}" lang="${language}"><b>${escape(languageName(language))}</b>${escape(title)}</a></li>`
}

/** The page itself: every deck by its own language's name, in that language. */
export function startPage(decks: Deck[]): string {
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
export async function writeStartPage(folder: string, decks: Deck[]): Promise<void> {
  await writeFile(join(folder, 'index.html'), startPage(decks))
  await writeFile(join(folder, 'start.css'), STYLE.trimStart())
  await writeFile(join(folder, 'start.js'), SCRIPT.trimStart())
  await copyFile(join(folder, decks[0]!.language, 'favicon.svg'), join(folder, 'favicon.svg'))
}
