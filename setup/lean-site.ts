import type { Plugin } from 'vite'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * Leaves out of the built site what it can't use: Vue's template compiler (the site's content security policy forbids what it does;
 * every component here is compiled ahead) and the YAML library (the client takes one function from the parser, which another of
 * the parser's files offers without it).
 */
export function leanSite(): Plugin {
  const lean: [RegExp, string][] = [
    [/\/vue\.esm-bundler\.js$/, require.resolve('vue/dist/vue.runtime.esm-bundler.js')],
    [/^@slidev\/parser\/core$/, '@slidev/parser/utils'],
  ]
  return {
    name: 'podium:lean-site',
    apply: 'build',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      handler(id, importer) {
        const replacement = lean.find(([pattern]) => pattern.test(id))?.[1]
        return replacement && this.resolve(replacement, importer, { skipSelf: true })
      },
    },
  }
}
