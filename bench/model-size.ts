import type { Rollup } from 'vite'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { projectRoot } from '../scripts/command.ts'

/** The model as the site carries it: what its scenes need, with the libraries that the model brings along. */
export interface ModelSize {
  scenes: string[]
  /** bytes, minified */
  minified: number
  /** bytes of that, gzipped as file servers do */
  gzipped: number
  /** bytes of each folder before minification, without types */
  parts: Record<string, number>
}

/** Bundles every scene as the site's build does, with the model in a chunk of its own, and weighs that chunk. */
export async function modelSize(): Promise<ModelSize> {
  const folder = join(projectRoot, 'scenes')
  const files = (await readdir(folder)).filter(name => name.endsWith('.ts')).map(name => join(folder, name))
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')))
  const scenes = files.filter((_, index) => texts[index]!.includes('export default defineScene'))
  const { output } = await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rollupOptions: {
        input: scenes,
        preserveEntrySignatures: 'strict',
        output: { codeSplitting: { groups: [{ name: 'model', test: (id: string) => id.startsWith(join(projectRoot, 'model')) }] } },
      },
    },
  }) as Rollup.RollupOutput
  const chunk = output.find(each => each.type === 'chunk' && each.name === 'model') as Rollup.OutputChunk
  const parts: Record<string, number> = {}
  for (const [file, { renderedLength }] of Object.entries(chunk.modules)) {
    const part = /\/model\/(etcd|apiserver|scheduler)\//.exec(file)?.[1] ?? (file.includes('/node_modules/') ? 'libraries' : 'simulation and objects')
    parts[part] = (parts[part] ?? 0) + renderedLength
  }
  return { scenes: scenes.map(file => file.slice(folder.length + 1, -'.ts'.length)), minified: chunk.code.length, gzipped: gzipSync(chunk.code).length, parts }
}
