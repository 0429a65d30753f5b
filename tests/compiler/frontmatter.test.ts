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
    const toml = (lines: string) => refusal(`+++\nx = 1\n${lines}\n+++\n`).replace('the TOML front matter is broken: ', '')
    expect(toml('title = "open\ny = 1')).toBe('a.md:3: is a quote left open in this line?')
    expect(toml('y = 1\ntags = ["a", \'b]')).toBe('a.md:4: is a quote left open in this line?')
    expect(toml('title = Three words')).toBe('a.md:3: put the text between straight quotes: title = "Three words"')
    expect(toml('title = “Curly”')).toBe('a.md:3: put the text between straight quotes: title = "Curly"')
    expect(toml('draft = Yes')).toBe('a.md:3: write true or false, in small letters: draft = true')
    expect(toml('title =')).toBe('a.md:3: write a value after title =, or take the line out')
    expect(toml('title = "\u0001"')).toBe('a.md:3: control characters are not allowed in strings')
    expect(toml('lang: de')).toBe('a.md:3: write = in place of : in this line, or fence the front matter with --- in place of +++')
    expect(toml('title = "a "b" c"')).toBe('a.md:3: a quote within the text ends it: write \\" for one that belongs to it')
    expect(toml('title = "C:\\path"')).toBe('a.md:3: write \\\\ for a backslash in the text')
    expect(toml('x = 2')).toBe('a.md:3: trying to redefine an already defined table or value')
    const yaml = (lines: string) => refusal(`---\nx: 1\n${lines}\n---\n`).replace('the YAML front matter is broken: ', '')
    expect(yaml('title: One: two')).toBe('a.md:3: put a text that has a colon between quotes, and begin every key at the left')
    expect(yaml('title: "open\ny: 1')).toBe('a.md:4: is a quote left open here or above?')
    expect(yaml('title: \'it\'s\'')).toBe('a.md:3: put the whole text between quotes, and double those within it')
    expect(yaml('title: @home')).toBe('a.md:3: put the text between quotes')
    expect(refusal('---\ntitle: x\n  bad: [\n---\n')).toMatch(/^a\.md:[234]: the YAML front matter is broken: /)
    expect(refusal('---\nx: 1\ntitle: [a]\n---\n')).toBe('a.md:3: front matter: title must be a text')
    expect(refusal('+++\ndraft = "no"\n+++\n')).toBe('a.md:2: front matter: draft must be true or false')
    expect(refusal('+++\nauthors = [1, [2]]\n+++\n')).toBe('a.md:2: front matter: authors must be a text or a list of texts')
  })
})
