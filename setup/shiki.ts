import type { ThemeRegistrationRaw } from 'shiki'
import { defineShikiSetup } from '@slidev/types'
import { breakPaths } from './code-breaks.ts'

/** What code is told apart by: weight and shade, since on these slides a hue means an actor. */
interface Shades {
  ink: string
  strong: string
  quiet: string
  literal: string
}

function theme(name: string, type: 'light' | 'dark', shades: Shades): ThemeRegistrationRaw {
  return {
    name,
    type,
    colors: { 'editor.background': '#00000000', 'editor.foreground': shades.ink },
    settings: [
      { settings: { foreground: shades.ink } },
      { scope: ['comment', 'punctuation.definition.comment'], settings: { foreground: shades.quiet, fontStyle: 'italic' } },
      { scope: ['punctuation', 'keyword.operator', 'meta.brace', 'punctuation.separator.prompt'], settings: { foreground: shades.quiet } },
      { scope: ['entity.name.tag', 'support.type.property-name', 'keyword', 'storage', 'entity.name.function', 'support.function', 'entity.name.command'], settings: { foreground: shades.strong, fontStyle: 'bold' } },
      { scope: ['string', 'punctuation.definition.string', 'constant', 'support.constant'], settings: { foreground: shades.literal } },
      { scope: ['markup.inserted', 'markup.bold'], settings: { foreground: shades.strong, fontStyle: 'bold' } },
      { scope: ['meta.output', 'markup.deleted'], settings: { foreground: shades.quiet } },
    ],
  }
}

export default defineShikiSetup(() => ({
  transformers: [breakPaths],
  themes: {
    light: theme('podium-light', 'light', { ink: '#1a1c20', strong: '#0a0b0d', quiet: '#53565d', literal: '#3a4d63' }),
    dark: theme('podium-dark', 'dark', { ink: '#dddcd7', strong: '#ffffff', quiet: '#a9afb6', literal: '#b8cbe0' }),
  },
}))
