import type { CompiledDeck } from './deck.ts'
import type { PdfJob } from './pdf.ts'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join, relative, resolve } from 'node:path'
import process from 'node:process'
import { commandLine, run } from './command.ts'
import { compileArticle } from './deck.ts'
import { exportPdf } from './pdf.ts'
import { present } from './present.ts'
import { buildSite } from './site.ts'

const USAGE = `podium: turns an article into slides, in any folder

  podium present ARTICLE.md              shows its slides, and again at every change of the article
  podium build   ARTICLE.md [--out DIR]  writes a static site, ARTICLE-site/
  podium export  ARTICLE.md [--out PDF]  writes ARTICLE.pdf
  podium deck    ARTICLE.md [--out DIR]  writes the slides as Markdown, decks/ARTICLE.md

  --language CODE   of an article that doesn't say it itself
  --strict          warnings are failures
  --port NUMBER     for present
  --with-clicks     for export: a page for every step, not only a slide's last
  --dark            for export: the dark scheme
  --range PAGES     for export: some slides alone, such as 3,5-8,20-`

interface Job { article: string, out: string | undefined, language: string | undefined, strict: boolean, port: string | undefined, print: Pick<PdfJob, 'withClicks' | 'dark' | 'range'> }

const commands: Record<string, (job: Job) => Promise<void>> = { present: show, build, export: print, deck: write }

async function main(): Promise<void> {
  const { values, positionals } = commandLine({
    'out': { type: 'string' },
    'language': { type: 'string' },
    'strict': { type: 'boolean' },
    'port': { type: 'string' },
    'with-clicks': { type: 'boolean', short: 'c' },
    'dark': { type: 'boolean' },
    'range': { type: 'string' },
    'help': { type: 'boolean', short: 'h' },
  })
  const [command, article, ...more] = positionals
  if (values.help || command === undefined) {
    console.log(USAGE)
    return
  }
  const action = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!action)
    throw new Error(`podium ${command}: there is no such command: present, build, export or deck`)
  if (article === undefined || more.length > 0)
    throw new Error(`podium ${command}: name one article, such as podium ${command} my-article.md`)
  await action({ article, out: values.out, language: values.language, strict: values.strict ?? false, port: values.port, print: { withClicks: values['with-clicks'], dark: values.dark, range: values.range } })
}

/** An article's name without its ending. */
function nameOf(article: string): string {
  return basename(article, extname(article))
}

async function compileTo(outDir: string, { article, language, strict }: Job) {
  return warned(await compileArticle(article, { outDir, language, tellLanguage: true }), strict)
}

/** Says a deck's warnings. */
function warned(deck: CompiledDeck, isStrict: boolean): CompiledDeck {
  deck.warnings.forEach(warning => console.warn(warning))
  if (isStrict && deck.warnings.length > 0)
    throw new Error(`${deck.article}: ${deck.warnings.length} ${deck.warnings.length === 1 ? 'warning' : 'warnings'}`)
  return deck
}

/** Works in a folder of its own, of which nothing is left. */
async function aside(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'podium-'))
  try {
    await work(join(folder, 'deck'))
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function write(job: Job): Promise<void> {
  const { entry, slides, minutes } = await compileTo(job.out ?? 'decks', job)
  console.log(`${relative(process.cwd(), entry)}: ${slides} slides, ${minutes} minutes`)
}

async function build(job: Job): Promise<void> {
  const out = job.out ?? `${nameOf(job.article)}-site`
  await aside(async (folder) => {
    const { entry, language, title, slides } = await compileTo(folder, job)
    await buildSite({ decks: [{ entry, language, title }], out: resolve(out) })
    console.log(`${join(out, 'index.html')}: ${slides} slides`)
  })
}

async function print(job: Job): Promise<void> {
  const out = job.out ?? `${nameOf(job.article)}.pdf`
  await aside(async (folder) => {
    const { entry } = await compileTo(folder, job)
    const pages = await exportPdf({ entry, out: resolve(out), ...job.print })
    console.log(`${out}: ${pages} ${pages === 1 ? 'page' : 'pages'}`)
  })
}

async function show(job: Job): Promise<void> {
  if (!existsSync(job.article))
    throw new Error(`${job.article}:1: there is no such file`)
  await aside(async (folder) => {
    process.exitCode = await present({
      entry: join(folder, `${nameOf(job.article)}.md`),
      compile: async () => {
        const deck = await compileArticle(job.article, { outDir: folder, language: job.language, tellLanguage: true })
        return (job.strict ? warned(deck, true) : deck).warnings
      },
      watch: [resolve(job.article)],
      options: job.port ? ['--port', job.port] : [],
    })
  })
}

await run(main)
