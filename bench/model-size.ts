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
  /** the same when it is spread over the chunks into which the site splits it, so that no slide loads what it doesn't need */
  gzippedInChunks: number
  /** bytes of each folder before minification, without types */
  parts: Record<string, number>
}

const modelFolder = join(projectRoot, 'model')

/** Bundles scenes as the site's build does; `groups` say which modules are kept together. */
async function bundle(scenes: string[], groups: { name: string, test: (id: string) => boolean }[] = []): Promise<Rollup.OutputChunk[]> {
  const { output } = await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rollupOptions: { input: scenes, preserveEntrySignatures: 'strict', ...(groups.length > 0 && { output: { codeSplitting: { groups } } }) },
    },
  }) as Rollup.RollupOutput
  return output.filter(each => each.type === 'chunk')
}

/** A chunk's gzipped bytes, as much of them as its modules are of the model or of libraries. */
function modelShare({ code, modules }: Rollup.OutputChunk): number {
  const lengths = Object.entries(modules).map(([file, { renderedLength }]) => ({ ofModel: file.startsWith(modelFolder) || file.includes('/node_modules/'), renderedLength }))
  const sum = (all: typeof lengths) => all.reduce((total, each) => total + each.renderedLength, 0)
  return gzipSync(code).length * sum(lengths.filter(each => each.ofModel)) / (sum(lengths) || 1)
}

/** Bundles every scene, once with the model in a chunk of its own and once as the site does, and weighs the model. */
export async function modelSize(): Promise<ModelSize> {
  const folder = join(projectRoot, 'scenes')
  const files = (await readdir(folder)).filter(name => name.endsWith('.ts')).map(name => join(folder, name))
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')))
  const scenes = files.filter((_, index) => texts[index]!.includes('export default defineScene'))
  const chunk = (await bundle(scenes, [{ name: 'model', test: id => id.startsWith(modelFolder) }])).find(({ name }) => name === 'model')!
  const inChunks = (await bundle(scenes)).reduce((sum, each) => sum + modelShare(each), 0)
  const parts: Record<string, number> = {}
  for (const [file, { renderedLength }] of Object.entries(chunk.modules)) {
    const part = /\/model\/(etcd|apiserver|scheduler)\//.exec(file)?.[1] ?? (file.includes('/node_modules/') ? 'libraries' : 'simulation and objects')
    parts[part] = (parts[part] ?? 0) + renderedLength
  }
  return {
    scenes: scenes.map(file => file.slice(folder.length + 1, -'.ts'.length)),
    minified: chunk.code.length,
    gzipped: gzipSync(chunk.code).length,
    gzippedInChunks: Math.round(inChunks),
    parts,
  }
}
