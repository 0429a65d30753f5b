import type { List, Paragraph, RootContent } from 'mdast'
import type { Type } from '../geometry.ts'
import type { Size } from '../heights.ts'
import type { Slide } from '../slide.ts'
import type { FitContext } from './context.ts'
import { body, columns, statement } from '../geometry.ts'
import { blocksHeight } from '../heights.ts'
import { flatten, keySentence, shorten } from '../sentences.ts'
import { inOrder, paragraph } from '../slide.ts'
import { roomOf, titleLines } from './title.ts'

/** Where a layout's words stand. */
interface Box { width: number, height: number, type: Type }

const display: Type = { size: 24, small: 24, large: 24, lineHeight: 1.36 }
const captionType: Type = { size: 18, small: 18, large: 18, lineHeight: 1.4 }

/** Layouts whose words may stand larger than usual. */
const GROWS = new Set<Slide['layout']>(['statement', 'code-text'])
/** Room in px that must be left over at the large size. */
export const SPARE = 24

function boxOf(slide: Slide): Box {
  const height = roomOf(slide)
  switch (slide.layout) {
    case 'cover': return { width: 640, height: 552 - 40 - 116 - 20 - titleLines(slide) * 60 * 1.02, type: display }
    case 'section': return { width: 720, height: 552 - 258 - 60 - titleLines(slide) * 52 * 1.06, type: display }
    case 'end': return { width: 640, height: 120, type: display }
    case 'statement': return { width: columns.full - 28, height, type: statement }
    case 'picture': return { width: columns.full, height: 52, type: captionType }
    case 'name': return { width: slide.slots.length > 0 ? columns.text : columns.full, height, type: body }
    case 'code-text': return { width: columns.half, height, type: body }
    default: return { width: columns.text, height, type: body }
  }
}

/** Fits a slide whose text is words alone: the smaller type, then shorter excerpts with the rest in the notes. */
export function fitWords(slide: Slide, context: FitContext): Slide[] {
  const box = boxOf(slide)
  for (const size of ['large', 'normal', 'small'] as const) {
    const spare = size === 'large' ? SPARE : 0
    if ((size !== 'large' || GROWS.has(slide.layout)) && blocksHeight(slide.body, box.width, box.type, size) + spare <= box.height)
      return [withSize(slide, size)]
  }
  const { shown, moved } = condense(slide.body, context.language, blocks =>
    blocksHeight(blocks, box.width, box.type, 'normal') <= box.height)
  if (moved.length > 0)
    context.report.warn(slide.source.first, 'text shortened on its slide; the whole of it is in the notes')
  return [{ ...slide, body: shown, notes: inOrder([...slide.notes, ...moved]) }]
}

/** A slide set in one of the sizes. */
export function withSize(slide: Slide, size: Size): Slide {
  return size !== 'normal' ? { ...slide, props: { ...slide.props, size } } : slide
}

const CAPS = [160, 120, 80, 40]

/** Shortens blocks until they fit: the last ones first, each whole in `moved`; what can't be shortened leaves the slide. */
export function condense(blocks: RootContent[], language: string, fits: (blocks: RootContent[]) => boolean): { shown: RootContent[], moved: RootContent[] } {
  let shown = [...blocks]
  const moved: RootContent[] = []
  const move = (block: RootContent) => {
    if (!block.data?.excerpt && !moved.includes(block))
      moved.push(block)
  }
  for (const cap of CAPS) {
    for (let i = blocks.length - 1; i >= 0 && !fits(shown); i--) {
      const whole = blocks[i]!
      const short = shortened(whole, cap, language)
      if (short) {
        shown[i] = short
        move(whole)
      }
    }
  }
  while (shown.length > 0 && !fits(shown)) {
    const at = shown.length - 1
    move(blocks[at]!)
    shown = shown.slice(0, at)
  }
  return { shown, moved }
}

function shortened(block: RootContent, cap: number, language: string): RootContent | undefined {
  if (block.type === 'paragraph')
    return flatten(block.children).length > cap ? shortParagraph(block, cap, language) : undefined
  if (block.type === 'list' && block.children.length > 0)
    return shortList(block, cap, language)
  return undefined
}

/** A paragraph's excerpt of at most so many characters. */
export function shortParagraph(block: Paragraph, cap: number, language: string): Paragraph {
  return paragraph(shorten(keySentence(block.children, language, cap), cap), block, true)
}

function shortList(list: List, cap: number, language: string): List {
  const children = list.children.slice(0, Math.max(1, Math.floor(cap / 40))).map((item) => {
    const [head] = item.children
    const words = head?.type === 'paragraph' ? shortParagraph(head, cap, language) : paragraph([], undefined, true)
    return { ...item, children: [words] }
  })
  return { ...list, children, data: { ...list.data, excerpt: true } }
}
