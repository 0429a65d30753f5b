import { IntlMessageFormat } from 'intl-messageformat'

export type Language = 'en' | 'fr'

export const languages: readonly Language[] = ['en', 'fr']

/** The content of one `locales/*.yaml`: messages in ICU syntax, by nested keys. */
export interface Messages { [key: string]: string | Messages }

/** Literal text, or the dotted key of a message with its parameters, which may be readable things themselves. */
export type Readable = string | { key: string, params?: Readonly<Record<string, Readable | number>> }

export type Translate = (text: Readable) => string

/**
 * Says things in one language.
 *
 * @param language decides how numbers and plurals are written
 * @param messages that language's own
 * @returns a function that throws when a message or one of its parameters is missing: a hole in a caption is a mistake
 */
export function translator(language: Language, messages: Messages): Translate {
  const formats = new Map<string, IntlMessageFormat>()
  const translate: Translate = (text) => {
    if (typeof text === 'string')
      return text
    const values = Object.entries(text.params ?? {}).map(([name, value]) =>
      [name, typeof value === 'number' ? value : translate(value)])
    return spaced(String(formatOf(text.key).format(Object.fromEntries(values))), language)
  }
  function formatOf(key: string) {
    const known = formats.get(key)
    if (known)
      return known
    const message = messageOf(messages, key)
    if (message === undefined)
      throw new Error(`locales/${language}.yaml has no message ${key}`)
    const format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true })
    formats.set(key, format)
    return format
  }
  return translate
}

/**
 * French sets its high punctuation apart by a narrow space, guillemets and a number's unit by a full one; no line may break there.
 * The same rule as in the article, so that a message may be written with plain spaces.
 */
function spaced(text: string, language: Language): string {
  return language === 'fr'
    ? text.replaceAll(/ (?=[:;?!])/g, '\u202F').replaceAll(/ (?=[»%])|(?<=«) |(?<=\d) (?=(?:CPU|Gio|secondes?)\b)/g, '\u00A0')
    : text
}

function messageOf(messages: Messages, key: string): string | undefined {
  let at: string | Messages | undefined = messages
  for (const name of key.split('.'))
    at = typeof at === 'object' ? at[name] : undefined
  return typeof at === 'string' ? at : undefined
}
