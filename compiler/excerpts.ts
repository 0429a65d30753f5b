import type { Paragraph, RootContent } from 'mdast'
import type { SlideContext } from './make-slide.ts'
import type { SlidePlan } from './plan.ts'
import { isShort, keySentence } from './sentences.ts'
import { inOrder, isParagraph, paragraph } from './slide.ts'

/** Blocks for the slide, and blocks for its notes. */
export interface Shared { shown: RootContent[], notes: RootContent[] }

/** The first words that stand beside a figure; the other paragraphs are for the notes. */
export function leadOf(words: RootContent[], context: SlideContext, plan: SlidePlan = {}): Shared {
  if (plan.lead === false)
    return { shown: [], notes: words }
  const prose = words.filter(block => isParagraph(block) && !block.data?.footnote) as Paragraph[]
  const [first] = prose
  const { shown, notes } = excerpt(first ? [first] : [], context)
  return { shown, notes: inOrder([...notes, ...words.filter(block => block !== first)]) }
}

/** Short paragraphs stand on the slide; of longer ones the key sentence does, and the paragraph goes to the notes. */
export function excerpt(paragraphs: Paragraph[], { language }: SlideContext): Shared {
  const shown: RootContent[] = []
  const notes: RootContent[] = []
  for (const block of paragraphs) {
    if (isShort(block.children)) {
      shown.push(block)
    }
    else {
      shown.push(paragraph(keySentence(block.children, language), block, true))
      notes.push(block)
    }
  }
  return { shown, notes }
}

/** Blocks that stand whole, not by an excerpt. */
export function whole(blocks: RootContent[]): RootContent[] {
  return blocks.filter(block => !block.data?.excerpt)
}
