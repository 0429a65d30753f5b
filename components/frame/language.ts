import { configs } from '@slidev/client'

/** The deck's language (`htmlAttrs.lang` of its headmatter), as far as Podium's own words go: French or English. */
export function language(): 'en' | 'fr' {
  const tag = configs.htmlAttrs?.lang ?? 'en'
  return tag.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}
