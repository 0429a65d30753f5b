import type { MarkdownTransformContext } from '@slidev/types'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const sceneTag = /<Scene\s[^>]*?\bname="([a-z]+(?:-[a-z]+)*)"/g

/**
 * Lets a slide show a scene with one line, `<Scene name="scheduler-decision" />`: the slide imports that scene's file, so
 * that its own chunk holds the scene and knows how many clicks it takes, and no other slide loads it. A tag inside a code
 * fence adds an import that nothing uses.
 */
export function importScenes({ s }: Pick<MarkdownTransformContext, 's'>): void {
  const names = new Set([...s.toString().matchAll(sceneTag)].map(match => match[1]))
  const files = [...names]
    .map(name => fileURLToPath(new URL(`../scenes/${name}.ts`, import.meta.url)))
    .filter(file => existsSync(file))
  if (files.length)
    s.append(`\n\n<script setup>\n${files.map(file => `import ${JSON.stringify(`/@fs${file}`)}`).join('\n')}\n</script>\n`)
}
