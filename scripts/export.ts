import { basename, join } from 'node:path'
import { commandLine, run } from './command.ts'
import { compileDecks } from './deck.ts'
import { exportPdf } from './pdf.ts'

const USAGE = `npm run export -- [OPTIONS]: writes a PDF in each language, dist/pdf/slides.en.pdf and so on

  --with-clicks, -c  a page for every step, not only a slide's last
  --short            the short path
  --dark             the dark scheme
  --lang CODE        one language alone
  --range PAGES      some slides alone, by the number at their foot: 3, 5-8 or 3,5-8,20-
  --out DIR          another folder than dist/pdf

The PDF of an article of your own: npx podium export ARTICLE.md`

interface Variant { withClicks: boolean, dark: boolean, range?: string }

/** `slides.md` and `slides.fr.md` become `slides.en.pdf` and `slides.fr.pdf`; other ways to print them have names of their own. */
function pdfName(entry: string, language: string, { withClicks, dark, range }: Variant): string {
  const stem = basename(entry, '.md').split('.').filter(part => part !== language)
  const marks = [withClicks && 'with-clicks', dark && 'dark', range].filter(Boolean)
  return [...stem, ...marks, language, 'pdf'].join('.')
}

await run(async () => {
  const { values, positionals } = commandLine({
    'short': { type: 'boolean', default: false },
    'with-clicks': { type: 'boolean', short: 'c', default: false },
    'dark': { type: 'boolean', default: false },
    'lang': { type: 'string' },
    'language': { type: 'string' },
    'range': { type: 'string' },
    'out': { type: 'string', default: 'dist/pdf' },
    'help': { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(USAGE)
    return
  }
  if (positionals.length > 0)
    throw new Error(`${positionals[0]}: for a PDF of an article of your own: npx podium export ${positionals[0]}`)
  const variant = { withClicks: values['with-clicks'], dark: values.dark, range: values.range }
  for (const deck of await compileDecks({ short: values.short, language: values.lang ?? values.language })) {
    const out = join(values.out, pdfName(deck.entry, deck.language, variant))
    const pages = await exportPdf({ entry: deck.entry, out, ...variant })
    console.log(`${out}  ${deck.title}, ${pages} ${pages === 1 ? 'page' : 'pages'}`)
  }
})
