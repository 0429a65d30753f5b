import type { Deck } from '../compiler/compile.ts'
import type { DeckConfig, DeckPlan, Json } from '../compiler/plan.ts'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { decodeArticle } from '../compiler/article.ts'
import { compile } from '../compiler/compile.ts'
import { ArticleError, formatDiagnostic } from '../compiler/diagnostics.ts'
import { illustrate } from './illustrate.ts'
import { findImages } from './images.ts'
import { missingLanguage } from './missing-language.ts'

/** The folder that Podium itself stands in. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** A deck that was compiled, and where it lies. */
export interface CompiledDeck {
  /** Absolute path of the deck. */
  entry: string
  /** The article, as deck.config.ts or the command line names it. */
  article: string
  language: string
  title: string
  slides: number
  minutes: number
  warnings: string[]
}

/** What to compile of deck.config.ts. */
export interface DeckOptions {
  /** Only the short path, into files of their own that git ignores. */
  short?: boolean
  /** Only the decks of this language. */
  language?: string
  /** Write nothing: fail when a committed deck is stale. */
  check?: boolean
}

/**
 * Compiles the decks of deck.config.ts, which is read anew each time. Every deck is compiled before the first is written.
 * @throws {Error} with one line, `file:line: what`, when an article is bad or, with `check`, a deck is stale.
 */
export async function compileDecks(options: DeckOptions = {}): Promise<CompiledDeck[]> {
  const { decks } = await readConfig()
  const wanted = decks.filter(({ language }) => !options.language || options.language === language)
  if (wanted.length === 0)
    throw new Error(`deck.config.ts: no deck in ${options.language ?? 'it'}: its languages are ${decks.map(({ language }) => language).join(', ')}`)
  const compiled = []
  for (const plan of wanted) {
    const output = resolve(root, options.short ? plan.output.replace(/\.md$/, '.short.md') : plan.output)
    compiled.push(await compilePlanned(plan, output, options.short ?? false))
  }
  if (options.check)
    await assertFresh(compiled)
  else
    await writeAll(compiled)
  return compiled.map(describe)
}

/** Files and folders whose change makes the decks stale. */
export async function watchedFiles(): Promise<string[]> {
  const { decks } = await readConfig()
  const folders = ['deck.config.ts', 'snippets', 'diagrams', 'data', 'locales', 'scenes', 'model', 'compiler']
  return [...decks.map(({ article }) => article), ...folders].map(path => resolve(root, path)).filter(existsSync)
}

interface Compiled {
  article: string
  deck: Deck
  output: string
  images: Map<string, Uint8Array>
  /** What the plan names and isn't there. */
  problems: string[]
}

async function readConfig(): Promise<DeckConfig> {
  const module = await import(`${pathToFileURL(join(root, 'deck.config.ts')).href}?t=${performance.now()}`) as { default: DeckConfig }
  return module.default
}

async function compilePlanned(plan: DeckPlan, output: string, short: boolean): Promise<Compiled> {
  const path = resolve(root, plan.article)
  const source = await readSource(path, plan.article)
  const { find, files } = await findImages(path, output, source)
  const { illustrations, problems } = await illustrate(plan, root)
  const deck = compile(source, { file: plan.article, plan, illustrations, findImage: find, short })
  return { article: plan.article, deck, output, images: files, problems }
}

/** What to compile any article with. */
export interface ArticleOptions {
  /** Folder for the deck and its images. */
  outDir: string
  /** Language code, unless the article has its own. */
  language?: string
  /** Warn of an article whose language nobody gave. */
  tellLanguage?: boolean
}

/**
 * Compiles one article into a folder: NAME.md, with its images in images/.
 * @throws {ArticleError} for an article that can't be compiled.
 */
export async function compileArticle(article: string, { outDir, language, tellLanguage }: ArticleOptions): Promise<CompiledDeck> {
  const path = resolve(article)
  const output = join(resolve(outDir), `${basename(article, extname(article))}.md`)
  if (output === path)
    throw new ArticleError(article, 1, 'the deck would overwrite its article: choose another folder with --out-dir')
  const source = await readSource(path, article)
  const { find, files } = await findImages(path, output, source)
  const deck = named(article, () => compile(source, { file: basename(article), language, findImage: find, headmatter: foreignHeadmatter(output) }))
  const problems = deck.isLanguageGuessed && tellLanguage ? [missingLanguage(article, source)] : []
  const compiled = { article, deck, output, images: files, problems }
  await writeAll([compiled])
  return describe(compiled)
}

/** What is said of an article names it as the command line does; its slides name the file alone. */
function named(article: string, compileIt: () => Deck): Deck {
  try {
    const deck = compileIt()
    return { ...deck, warnings: deck.warnings.map(warning => ({ ...warning, file: article })) }
  }
  catch (error) {
    throw error instanceof ArticleError ? new ArticleError(article, error.line, error.message) : error
  }
}

/** A deck in another folder finds Podium's layouts and scenes through Slidev's addons, relative to the folder above it. */
function foreignHeadmatter(output: string): { [key: string]: Json } {
  const folder = dirname(output)
  if (folder === resolve(root))
    return {}
  // Slidev serves the files of an addon's public/ to nobody: the icon travels in the deck.
  const icon = readFileSync(join(root, 'public', 'favicon.svg'), 'utf8')
  return { addons: [relative(dirname(folder), root) || '.'], favicon: `data:image/svg+xml,${encodeURIComponent(icon)}` }
}

async function readSource(path: string, file: string): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  }
  catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const problem = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'that is a folder, not an article' : `the file can't be read (${code})`
    throw new ArticleError(file, 1, problem)
  }
  return decodeArticle(bytes, file)
}

async function assertFresh(compiled: Compiled[]): Promise<void> {
  for (const { deck, output } of compiled) {
    const committed = existsSync(output) ? await readFile(output, 'utf8') : ''
    if (committed !== deck.text)
      throw new Error(`${relative(root, output)}: stale: run npm run deck and commit it`)
  }
}

/** Writes every file aside, then puts all of them in place. */
async function writeAll(compiled: Compiled[]): Promise<void> {
  const pending: [aside: string, path: string][] = []
  const write = async (path: string, content: string | Uint8Array) => {
    const aside = `${path}.${process.pid}.tmp`
    pending.push([aside, path])
    await mkdir(dirname(path), { recursive: true })
    await writeFile(aside, content)
  }
  try {
    for (const { deck, output, images } of compiled) {
      for (const [path, bytes] of images)
        await write(path, bytes)
      await write(output, deck.text)
    }
    for (const [aside, path] of pending)
      await rename(aside, path)
  }
  finally {
    await Promise.all(pending.map(([aside]) => rm(aside, { force: true })))
  }
}

function describe({ article, deck, output, problems }: Compiled): CompiledDeck {
  const { language, title, slides, minutes, warnings } = deck
  return { entry: output, article, language, title, slides: slides.length, minutes, warnings: [...problems, ...warnings.map(formatDiagnostic)] }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'check': { type: 'boolean', default: false },
      'short': { type: 'boolean', default: false },
      'strict': { type: 'boolean', default: false },
      'language': { type: 'string' },
      'out-dir': { type: 'string' },
    },
  })
  const decks = positionals.length > 0
    ? await compileAll(positionals, { outDir: values['out-dir'] ?? 'decks', language: values.language })
    : await compileDecks({ check: values.check, short: values.short, language: values.language })
  const warnings = decks.flatMap(deck => deck.warnings)
  warnings.forEach(warning => console.warn(warning))
  for (const { entry, slides, minutes } of decks)
    console.log(`${relative(process.cwd(), entry)}: ${slides} slides, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`)
  if (warnings.length > 0)
    console.log(`${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`)
  if ((values.strict || values.check) && warnings.length > 0)
    process.exitCode = 1
}

/** Compiles articles one after the other; a bad one is reported and doesn't keep the others from being written. */
async function compileAll(articles: string[], options: ArticleOptions): Promise<CompiledDeck[]> {
  const decks: CompiledDeck[] = []
  let bad = 0
  for (const [i, article] of articles.entries()) {
    if (articles.length > 1 && process.stderr.isTTY)
      process.stderr.write(`\r\u001B[K${i + 1}/${articles.length} ${article}`)
    try {
      decks.push(await compileArticle(article, options))
    }
    catch (error) {
      bad++
      report(error)
    }
  }
  if (articles.length > 1)
    console.log(`${process.stderr.isTTY ? '\r\u001B[K' : ''}${decks.length} of ${articles.length} articles compiled${bad > 0 ? `, ${bad} refused` : ''}`)
  if (bad > 0)
    process.exitCode = 1
  return decks
}

function report(error: unknown): void {
  if (error instanceof ArticleError)
    console.error(formatDiagnostic(error))
  else
    console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  main().catch(report)
