import type { Language, Messages, Translate } from '../../locales/translate.ts'
import en from '../../locales/en.yaml'
import fr from '../../locales/fr.yaml'
import { languages, translator } from '../../locales/translate.ts'

const messages: Record<Language, Messages> = { en, fr }
const translators = new Map<Language, Translate>()

/**
 * How to say things in a language.
 *
 * @param language a BCP 47 tag; one that the deck does not speak is answered in English
 */
export function translateTo(language: string): Translate {
  const known = languages.find(one => language.toLowerCase().split('-')[0] === one) ?? 'en'
  const translate = translators.get(known) ?? translator(known, messages[known])
  translators.set(known, translate)
  return translate
}
