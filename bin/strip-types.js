// Node loads TypeScript by leaving the types out, but refuses to in node_modules: where Podium is installed as a package,
// this does the same for its own files.
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = new URL('..', import.meta.url).href

registerHooks({
  load(url, context, next) {
    const [file] = url.split('?')
    const own = file.startsWith(root) && file.endsWith('.ts') && !file.slice(root.length).startsWith('node_modules/')
    if (!own)
      return next(url, context)
    return { format: 'module', source: stripTypeScriptTypes(readFileSync(fileURLToPath(file), 'utf8')), shortCircuit: true }
  },
})
