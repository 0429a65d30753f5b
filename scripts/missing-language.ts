/**
 * What to say of an article whose language nobody gave: its deck has English words of Podium's own, and says that it is English.
 * @param article as the command line names it
 * @param source its text
 * @returns one line, with what mends it where the article's front matter stands
 */
export function missingLanguage(article: string, source: string): string {
  const opening = source.replace(/^\uFEFF/, '').trimStart()
  const mend = opening.startsWith('+++')
    ? 'write lang = "de" into the front matter'
    : /^---[\t\v\f\r \xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF]*\n\s*[\w"#]/.test(opening) ? 'write lang: de into the front matter' : 'begin it with three lines, ---, lang: de and ---'
  return `${article}:1: the article doesn't say its language, so it counts as English: ${mend}, or give --language de`
}
