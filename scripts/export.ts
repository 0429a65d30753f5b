import { basename, join } from 'node:path'
import { commandLine, run } from './command.ts'
import { compileDecks } from './deck.ts'
import { exportPdf } from './pdf.ts'

/** `slides.md` and `slides.fr.md` become `slides.en.pdf` and `slides.fr.pdf`. */
function pdfName(entry: string, language: string): string {
  const stem = basename(entry, '.md').split('.').filter(part => part !== language).join('.')
  return `${stem}.${language}.pdf`
}

await run(async () => {
  const { values } = commandLine({
    'short': { type: 'boolean', default: false },
    'with-clicks': { type: 'boolean', short: 'c', default: false },
    'dark': { type: 'boolean', default: false },
    'language': { type: 'string' },
    'out': { type: 'string', default: 'dist/pdf' },
  })
  for (const deck of await compileDecks({ short: values.short, language: values.language })) {
    const out = join(values.out, pdfName(deck.entry, deck.language))
    const pages = await exportPdf({ entry: deck.entry, out, withClicks: values['with-clicks'], dark: values.dark })
    console.log(`${out}  ${deck.title}, ${pages} pages`)
  }
})
