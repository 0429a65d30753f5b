import { relative } from 'node:path'
import process from 'node:process'
import { commandLine, run } from './command.ts'
import { compileDecks } from './deck.ts'
import { buildSite } from './site.ts'

await run(async () => {
  const { values } = commandLine({
    short: { type: 'boolean', default: false },
    base: { type: 'string' },
    out: { type: 'string', default: 'dist/site' },
    notes: { type: 'boolean', default: false },
  })
  const decks = await compileDecks({ short: values.short })
  await buildSite({ decks, out: values.out, base: values.base, notes: values.notes })
  const places = decks.length > 1 ? decks.map(({ language }) => `${values.out}/${language}/`) : [values.out]
  console.log(decks.map(({ title, slides }, index) => `${relative(process.cwd(), places[index]!)}/  ${title}, ${slides} slides`).join('\n'))
})
