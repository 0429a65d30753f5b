import { describe, expect, it } from 'vitest'
import { ArticleError, formatDiagnostic } from '../../compiler/diagnostics.ts'
import { splitFrontMatter } from '../../compiler/frontmatter.ts'

function refusal(source: string): string {
  try {
    splitFrontMatter(source, 'a.md')
  }
  catch (error) {
    if (error instanceof ArticleError)
      return formatDiagnostic(error)
    throw error
  }
  return 'none'
}

describe('front matter', () => {
  it('is read from TOML, YAML, TOML after white space and TOML without its opening fence', () => {
    const sources = [
      '+++\ntitle = "T"\ndate = 2021-12-09T13:49:54+00:00\n[taxonomies]\nauthors = ["A"]\n+++\nBody',
      '---\ntitle: T\ndate: 2021-12-09\nauthors: [A]\n---\nBody',
      '\n  \n+++\ntitle = "T"\ndate = 2021-12-09\nauthors = ["A"]\n+++\nBody',
      'title = "T"\ndate = 2021-12-09\n[taxonomies]\nauthors = ["A"]\n+++\nBody',
    ]
    for (const source of sources) {
      const { meta, body, bodyLine } = splitFrontMatter(source, 'a.md')
      expect(meta).toMatchObject({ title: 'T', date: '2021-12-09', authors: ['A'], draft: false })
      expect(body).toBe('Body')
      expect(source.split('\n')[bodyLine - 1]).toBe('Body')
    }
  })

  it('leaves unknown keys and the prototype alone', () => {
    const { meta } = splitFrontMatter('---\ntitle: T\nlayout: iframe\nsrc: x\nconstructor: 1\n__proto__: {draft: true}\n---\n', 'a.md')
    expect(Object.keys(meta).sort()).toEqual(['authors', 'date', 'description', 'draft', 'language', 'tags', 'title', 'updated'])
    expect(meta.draft).toBe(false)
  })

  it('is told from a rule, a title line and a list', () => {
    for (const source of ['---\n\nText', '---\nText\n---\n', '---\n- a\n---\n', '+++\n', 'Text\n---\n', ''])
      expect(splitFrontMatter(source, 'a.md')).toMatchObject({ body: source, bodyLine: 1 })
  })

  it('is refused with one line that names the article\'s own line', () => {
    expect(refusal('+++\ntitle = "x"\n\n## S')).toBe('a.md:1: the front matter opened by +++ is never closed: add a line +++ after it')
    expect(refusal('---\ntitle: x\n\n## S')).toBe('a.md:1: the front matter opened by --- is never closed: add a line --- after it')
    expect(refusal('+++\ntitle = "x"\ndate = tomorrow\n+++\n')).toMatch(/^a\.md:3: the TOML front matter is broken: /)
    expect(refusal('---\ntitle: x\n  bad: [\n---\n')).toMatch(/^a\.md:[234]: the YAML front matter is broken: /)
    expect(refusal('---\nx: 1\ntitle: [a]\n---\n')).toBe('a.md:3: front matter: title must be a text')
    expect(refusal('+++\ndraft = "no"\n+++\n')).toBe('a.md:2: front matter: draft must be true or false')
    expect(refusal('+++\nauthors = [1, [2]]\n+++\n')).toBe('a.md:2: front matter: authors must be a text or a list of texts')
  })
})
