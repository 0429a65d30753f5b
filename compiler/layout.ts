import type { RootContent } from 'mdast'
import type { LayoutName } from './plan.ts'
import { isLinkList, isPicture } from './blocks.ts'
import { plainText } from './tree.ts'

/** What a slide is to hold: a figure and the words beside it. */
export interface Content { figure: RootContent, lead: RootContent[] }

/** Code is narrow when its longest line, in characters, fits beside text. */
const NARROW_CODE = 42
/** Code this short, in lines, stands beside its text. */
const SHORT_CODE = 12

/** The layouts in order: the first whose condition holds is taken. */
const table: { layout: LayoutName, when: (content: Content) => boolean }[] = [
  { layout: 'picture-text', when: ({ figure, lead }) => isPicture(figure) && lead.some(block => plainText(block) !== '') },
  { layout: 'picture', when: ({ figure }) => isPicture(figure) },
  { layout: 'code-text', when: ({ figure, lead }) => figure.type === 'code' && isNarrow(figure.value) && isTalk(lead) },
  { layout: 'code', when: ({ figure }) => figure.type === 'code' },
  { layout: 'table', when: ({ figure }) => figure.type === 'table' },
  { layout: 'quote', when: ({ figure }) => figure.type === 'blockquote' },
  { layout: 'links', when: ({ figure }) => figure.type === 'list' && isLinkList(figure) },
  { layout: 'bullets', when: ({ figure }) => figure.type === 'list' },
  { layout: 'statement', when: () => true },
]

/** The layout of a slide by what it holds. */
export function layoutOf(content: Content): LayoutName {
  return table.find(({ when }) => when(content))!.layout
}

function isNarrow(code: string): boolean {
  const lines = code.split('\n')
  return lines.length <= SHORT_CODE && lines.every(line => line.length <= NARROW_CODE)
}

/** Words that are more than a line above the code. */
function isTalk(lead: RootContent[]): boolean {
  const words = plainText(lead)
  return words.length > 60 && !/[:：]$/.test(words)
}
