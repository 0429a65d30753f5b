import type { Plugin } from 'vite'
import { parse } from 'yaml'

/** Imports `locales/*.yaml` as plain data. */
export function yamlMessages(): Plugin {
  return {
    name: 'podium:messages',
    transform: {
      filter: { id: /\/locales\/[a-z]+\.yaml$/ },
      handler: code => ({ code: `export default ${JSON.stringify(parse(code))}`, map: null }),
    },
  }
}
