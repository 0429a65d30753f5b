import { Buffer } from 'node:buffer'
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compileArticle } from '../../scripts/deck.ts'
import { missingLanguage } from '../../scripts/missing-language.ts'

const run = promisify(execFile)
const red = new URL('../fixtures/articles/red.png', import.meta.url).pathname
const podium = new URL('../../bin/podium.js', import.meta.url).pathname

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'podium-deck-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

async function article(content: string | Uint8Array, name = 'a.md'): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

describe('an article compiled into a folder', () => {
  it('is refused with its line, and the old deck stays', async () => {
    const outDir = join(folder, 'out')
    const path = await article('## Good\n\ntext')
    const { entry } = await compileArticle(path, { outDir })
    const good = await readFile(entry, 'utf8')
    for (const bad of ['+++\ntitle = 1 2\n+++\n', '---\ntitle: x\n', ' ', 'x'.repeat(1_000_001), new Uint8Array([35, 32, 0xFF, 0xFE, 0x80]), new Uint8Array([0xFF, 0xFE, 0x80])]) {
      await article(bad)
      await expect(compileArticle(path, { outDir })).rejects.toMatchObject({ name: 'ArticleError', file: path, message: expect.stringMatching(/^[^\n]+$/) })
    }
    await expect(compileArticle(join(folder, 'none.md'), { outDir })).rejects.toThrow('there is no such file')
    expect(await readFile(entry, 'utf8')).toBe(good)
    expect(await readdir(outDir)).toEqual(['a.md'])
  })

  it('never overwrites the article', async () => {
    await expect(compileArticle(await article('text'), { outDir: folder })).rejects.toThrow('would overwrite')
  })

  it('takes its images along, and none from outside its folder', async () => {
    await copyFile(red, join(folder, 'red.png'))
    await symlink(red, join(folder, 'link.png'))
    const outDir = join(folder, 'out')
    const path = await article(`## A\n\n![a](red.png)\n\n## B\n\n![b](link.png) ![c](../${red}) ![d](${red})`)
    const { entry, warnings } = await compileArticle(path, { outDir })
    const deck = await readFile(entry, 'utf8')
    expect(deck.match(/<img [^>]*>/g)).toEqual([expect.stringMatching(/^<img src="\.\/images\/red-[0-9a-f]{8}\.png" alt="a" width="640" height="360">$/)])
    expect(await readdir(join(outDir, 'images'))).toHaveLength(1)
    expect(warnings).toHaveLength(3)
  })

  it('says where a picture should be that is not there, and what mends it', async () => {
    const path = await article('## A\n\n![A cat](gibt-es-nicht.png)\n\n## B\n\nWords and ![an icon](no.svg) between.\n\n## C\n\n![](notes.txt)')
    const { entry, warnings } = await compileArticle(path, { outDir: join(folder, 'out') })
    const textIn = async (path: string) => (await readFile(path, 'utf8')).replaceAll('\\.', '.')
    const deck = await textIn(entry)
    expect(deck).toContain('# A\n\nPicture missing: gibt-es-nicht.png<br>A cat\n')
    expect(deck).toContain('Words and an icon between.')
    expect(deck).toContain('# C\n\nPicture missing: notes.txt\n')
    expect(warnings).toEqual([
      `${path}:3: image gibt-es-nicht.png is missing: put it there, or mend the path`,
      `${path}:7: image no.svg is missing: put it there, or mend the path`,
      `${path}:11: image notes.txt is not an image file: a deck can hold PNG, JPEG, GIF, SVG, WebP and AVIF`,
    ])
    const french = await compileArticle(path, { outDir: join(folder, 'fr'), language: 'fr' })
    expect(await textIn(french.entry)).toContain('Image manquante\u202F: gibt-es-nicht.png')
  })

  it('reads UTF-16 with its mark, and a UTF-8 mark before the front matter', async () => {
    const text = '+++\ntitle = "Été"\n+++\n\n## A\n\ntext'
    for (const bytes of [Buffer.from(`\uFEFF${text}`, 'utf16le'), Buffer.from(`\uFEFF${text}`)])
      expect(await compileArticle(await article(bytes), { outDir: join(folder, 'out') })).toMatchObject({ title: 'Été', slides: 3 })
  })
})

describe('podium', () => {
  it('leaves in any folder only what was asked for', async () => {
    await article('## A\n\n- one\n- two', 'mine.md')
    const { stdout } = await run(process.execPath, [podium, 'deck', 'mine.md'], { cwd: folder })
    expect(stdout).toBe(`${join('decks', 'mine.md')}: 3 slides, 2 minutes\n`)
    expect(await readdir(folder)).toEqual(['decks', 'mine.md'])
    expect(await readdir(join(folder, 'decks'))).toEqual(['mine.md'])
  })

  it('says what to write into an article that does not say its language, and nothing once it does', async () => {
    const warnings = async (content: string, ...options: string[]) => {
      await article(content, 'mine.md')
      return (await run(process.execPath, [podium, 'deck', 'mine.md', ...options], { cwd: folder })).stderr
    }
    const said = 'mine.md:1: the article doesn\'t say its language, so it counts as English:'
    expect(await warnings('## A\n\nText')).toBe(`${said} begin it with three lines, ---, lang: de and ---, or give --language de\n`)
    expect(await warnings('---\nlang: de\n---\n## A\n\nText')).toBe('')
    expect(await warnings('## A\n\nText', '--language', 'de')).toBe('')
    expect(missingLanguage('mine.md', '+++\ntitle = "x"\n+++\nText')).toBe(`${said} write lang = "de" into the front matter, or give --language de`)
    expect(missingLanguage('mine.md', '---\ntitle: x\n---\nText')).toBe(`${said} write lang: de into the front matter, or give --language de`)
  })

  it('says in one line what is wrong', async () => {
    const failure = (args: string[]) => run(process.execPath, [podium, ...args], { cwd: folder }).then(() => 'none', ({ code, stderr }) => `${code} ${stderr}`)
    expect(await failure(['deck', 'none.md'])).toBe('1 none.md:1: there is no such file\n')
    expect(await failure(['fly'])).toMatch(/^1 podium fly: there is no such command: [^\n]*\n$/)
    await article('[x](#nope)', 'dead.md')
    expect(await failure(['deck', 'dead.md', '--strict', '--language', 'en'])).toMatch(/^1 dead\.md:1: link to #nope [^\n]*\ndead\.md: 1 warning\n$/)
  })
})
