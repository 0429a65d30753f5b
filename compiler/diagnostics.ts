/** Something that the reader of the terminal should know of; `strict` makes it a failure. */
export interface Diagnostic {
  /** The article, as it was named on the command line; or deck.config.ts. */
  file: string
  /** Line in the article, from 1. */
  line?: number
  message: string
}

/** An article that can't be compiled: one line with its file, its line and what mends it. */
export class ArticleError extends Error {
  readonly file: string
  readonly line: number

  constructor(file: string, line: number, message: string) {
    super(message)
    this.name = 'ArticleError'
    this.file = file
    this.line = line
  }
}

/** `article.md:12: message`, the form that editors turn into a link; `deck.config.ts: message` where there is no line. */
export function formatDiagnostic({ file, line, message }: Diagnostic): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`
}

/** Collects the warnings of one article; the same warning on the same line is kept once. */
export interface Reporter {
  readonly warnings: Diagnostic[]
  warn: (line: number, message: string) => void
}

export function createReporter(file: string): Reporter {
  const warnings: Diagnostic[] = []
  const seen = new Set<string>()
  return {
    warnings,
    warn(line, message) {
      const key = `${line} ${message}`
      if (seen.has(key))
        return
      seen.add(key)
      warnings.push({ file, line, message })
    },
  }
}
