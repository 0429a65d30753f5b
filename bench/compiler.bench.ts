import { readFileSync } from 'node:fs'
import process from 'node:process'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { MAX_ARTICLE_BYTES } from '../compiler/article.ts'
import { compile } from '../compiler/compile.ts'

/** The peer: parses the same Markdown and writes it again, which is the least that any compiler of it does. */
const remark = unified().use(remarkParse).use(remarkGfm).use(remarkStringify).freeze()

const article = readFileSync(new URL('../article/introducing-kubernetes-architecture.en.md', import.meta.url), 'utf8')
const [, front = '', body = ''] = /^(\+\+\+[\s\S]*?\n\+\+\+\n)([\s\S]*)$/.exec(article) ?? []

/** An article of about so many bytes: the talk's own, its sections over and over. */
function articleOf(bytes: number): string {
  const times = Math.max(1, Math.floor((bytes - front.length) / new TextEncoder().encode(body).length))
  return front + Array.from({ length: times }, (_, i) => body.replace(/\{#([\w-]+)\}/g, `{#$1-${i}}`)).join('\n')
}

/** Seconds of processor time: what else the machine does then counts less. */
function seconds(work: () => unknown, rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1e6
  })
  return Math.min(...times)
}

const small = articleOf(0)
compile(small, { file: 'warm-up.md' })
remark.processSync(small)

const one = seconds(() => compile(small, { file: 'article.md' }), 5)
const peer = seconds(() => remark.processSync(small), 5)
console.log(`compiler: ${(1 / one).toFixed(1)} articles/s of ${(small.length / 1000).toFixed(0)} kB; ${(one / peer).toFixed(2)} times remark's parse and stringify (${(1 / peer).toFixed(1)}/s)`)

const sizes = [0.125, 0.25, 0.5, 0.98].map(share => share * MAX_ARTICLE_BYTES)
const rates = sizes.map((size) => {
  const text = articleOf(size)
  const took = seconds(() => compile(text, { file: 'article.md' }), size > 400_000 ? 1 : 2)
  const remarkTook = seconds(() => remark.processSync(text), 1)
  const rate = text.length / 1e6 / took
  console.log(`compiler: ${(text.length / 1e6).toFixed(2)} MB in ${took.toFixed(2)} s, ${rate.toFixed(2)} MB/s; ${(took / remarkTook).toFixed(2)} times remark`)
  return rate
})
const growth = rates[0]! / rates.at(-1)!
console.log(`compiler: a byte of the largest takes ${growth.toFixed(2)} times what one of the smallest takes (1 = linear)`)
if (!(growth < 2)) {
  console.error('compiler: time grows faster than the article')
  process.exitCode = 1
}
