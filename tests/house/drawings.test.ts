import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagramSources, isStale, orphans } from '../../diagrams/sources.ts'
import { readSteps } from '../../diagrams/steps.ts'

const sources = diagramSources()

/** What a source consists of beside its words: ids of nodes, their classes, steps. */
function skeleton(text: string) {
  const body = text.replace(/accTitle:.*|accDescr:.*/g, '')
  return {
    nodes: [...new Set([...body.matchAll(/(?<![\w-])([a-z][\w-]*)(?:\[|\(|:::)/g)].map(match => match[1]))].sort(),
    classes: [...body.matchAll(/:::([\w-]+)/g)].map(match => match[1]),
    participants: [...body.matchAll(/participant (\S+)/g)].map(match => match[1]),
    steps: readSteps(text),
  }
}

describe('drawings', () => {
  it('are drawn from the sources as they are', () => {
    expect(sources.filter(isStale).map(({ name }) => `${name}: run npm run diagrams`)).toEqual([])
    expect(orphans()).toEqual([])
  })

  it.each(sources.map(source => [source.name, source] as const))('%s can stand twice in a document and is described', (_, { drawing }) => {
    const svg = readFileSync(drawing, 'utf8')
    expect([...svg.matchAll(/ id="([^"]*)"/g)].map(match => match[1]).every(id => id!.startsWith('{id}'))).toBe(true)
    expect(svg).not.toMatch(/url\(|<style|<script|href=|#[0-9a-f]{3,6}\b/)
    expect(/<title[^>]*>([^<]{5,})</.exec(svg)).not.toBeNull()
    expect(/<desc[^>]*>([^<]{60,})</.exec(svg)).not.toBeNull()
  })

  it.each(sources.filter(({ name }) => name.endsWith('.en')).map(source => [source.name, source] as const))('%s has a French twin with the same parts and steps', (_, { name, text }) => {
    const twin = sources.find(other => other.name === name.replace(/\.en$/, '.fr'))
    expect(twin && skeleton(twin.text)).toEqual(skeleton(text))
    expect(existsSync(twin!.drawing)).toBe(true)
  })

  it.each(sources.map(source => [source.name, source] as const))('%s: each step names parts that are there', (_, { text, drawing }) => {
    const svg = readFileSync(drawing, 'utf8')
    for (const id of readSteps(text).flat())
      expect(svg).toContain(`data-node="${id}"`)
  })
})
