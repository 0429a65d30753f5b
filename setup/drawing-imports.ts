import type { MarkdownTransformContext } from '@slidev/types'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const diagramTag = /<Diagram\s[^>]*?\bname="([a-z0-9]+(?:-[a-z0-9]+)*)"/g

function fileOf(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url))
}

/**
 * Lets a slide show a drawing with one line, `<Diagram name="component-layers" />`: the slide imports the drawing, so that its
 * own chunk holds it and no other slide loads it. The deck's language decides which one; English stands in for what has no
 * drawing of its own.
 */
export function importDrawings({ s, options }: Pick<MarkdownTransformContext, 's' | 'options'>): void {
  const names = new Set([...s.toString().matchAll(diagramTag)].map(match => match[1]!))
  const language = (options.data.config.htmlAttrs as Record<string, string> | undefined)?.lang?.slice(0, 2) ?? 'en'
  const found = [...names].flatMap((name) => {
    const file = [language, 'en'].map(code => fileOf(`diagrams/drawn/${name}.${code}.svg`)).find(existsSync)
    return file ? [{ name, file }] : []
  })
  if (!found.length)
    return
  const lines = [
    `import { addDrawing } from ${JSON.stringify(`/@fs${fileOf('components/drawings.ts')}`)}`,
    ...found.map(({ file }, index) => `import drawing${index} from ${JSON.stringify(`/@fs${file}?raw`)}`),
    ...found.map(({ name }, index) => `addDrawing(${JSON.stringify(name)}, drawing${index})`),
  ]
  s.append(`\n\n<script setup>\n${lines.join('\n')}\n</script>\n`)
}
