import type { Diagnostic } from './diagnostics.ts'
import type { Illustration } from './illustration.ts'
import type { ImageLookup } from './images.ts'
import type { DeckPlan, Json } from './plan.ts'
import type { Slide } from './slide.ts'
import { anchorsOf, nameSlides } from './aliases.ts'
import { readArticle } from './article.ts'
import { closingOf, coverOf } from './ends.ts'
import { fitSlides } from './fit.ts'
import { assertReadsBack } from './gate.ts'
import { headmatterOf } from './headmatter.ts'
import { replaceHtml } from './html.ts'
import { resolveImages } from './images.ts'
import { resolveLinks } from './links.ts'
import { outlineOf } from './outline.ts'
import { resolveReferences } from './references.ts'
import { slidesOf } from './slides.ts'
import { textOfDeck, textOfSlide } from './text.ts'
import { minutesOf, momentsOf, shortPath } from './time.ts'
import { unmatchedEntries } from './unmatched.ts'

/** What an article is compiled with. */
export interface CompileOptions {
  /** How the article is named in messages and in `source`. */
  file: string
  /** Language code, unless the front matter has one or the plan does. */
  language?: string
  plan?: DeckPlan
  /** More of Slidev's headmatter, over the compiler's own. */
  headmatter?: { [key: string]: Json }
  /** By plan key. */
  illustrations?: ReadonlyMap<string, Illustration>
  /** Finds local images; without it there are none, only their words. */
  findImage?: ImageLookup
  /** Only the slides that the plan marks as the short path. */
  short?: boolean
}

/** A compiled deck. */
export interface Deck {
  /** The whole text of slides.md. */
  text: string
  title: string
  language: string
  /** Nobody gave the language. */
  isLanguageGuessed: boolean
  slides: Slide[]
  /** Speaking time, in minutes. */
  minutes: number
  warnings: Diagnostic[]
}

/**
 * Article → outline → slides → fit → text, read back before it is handed over.
 * @throws {ArticleError} for an article that can't be compiled: one line that says where and how to mend it.
 */
export function compile(source: string, options: CompileOptions): Deck {
  const { file, plan, illustrations = new Map(), findImage } = options
  const read = readArticle(source, file)
  const given = plan?.language ?? read.meta.language ?? options.language
  const language = given ?? 'en'

  const article = resolveImages(resolveReferences(replaceHtml(read)), language, findImage)
  const outline = outlineOf(article)
  const made = [
    coverOf(article, outline, plan, illustrations),
    ...slidesOf(outline, { article, language, plan, illustrations }),
    closingOf(article, outline, language, plan, illustrations),
  ]
  const fitted = fitSlides(made, { language, report: article.report })
  const chosen = options.short ? shortPath(fitted) : fitted
  const named = nameSlides(chosen)
  const slides = resolveLinks(pointNames(named), anchorsOf(named, outline), article)

  const minutes = minutesOf(slides)
  const headmatter = { ...headmatterOf(article.meta, language), ...plan?.headmatter, ...options.headmatter, slides: slides.length, totalMinutes: minutes }
  const moments = momentsOf(slides)
  const texts = slides.map((slide, i) => textOfSlide(slide, file, language, i === 0 ? headmatter : undefined, moments[i]))
  const text = textOfDeck(texts)
  assertReadsBack(text, texts, file)
  return { text, title: outline.title, language, isLanguageGuessed: given === undefined, slides, minutes, warnings: [...unmatchedEntries(plan, outline, made), ...article.report.warnings] }
}

/** An overview of names points at the addresses of their slides. */
function pointNames(slides: Slide[]): Slide[] {
  const aliases = new Map(slides.map(({ id, alias }) => [id, alias]))
  return slides.map((slide) => {
    const { names } = slide.props
    if (!Array.isArray(names))
      return slide
    const pointed = names.map(entry => isNamed(entry) ? { ...entry, id: aliases.get(entry.id) ?? entry.id } : entry)
    return { ...slide, props: { ...slide.props, names: pointed } }
  })
}

function isNamed(value: Json): value is { id: string, name: string } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.id === 'string'
}
