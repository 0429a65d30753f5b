import type { Language, Messages } from './translate.ts'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** The messages of a language, read from its file: for scripts and tests. The deck gets them through Vite. */
export function readMessages(language: Language): Messages {
  return parse(readFileSync(new URL(`${language}.yaml`, import.meta.url), 'utf8'))
}
