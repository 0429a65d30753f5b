import type { Nodes, PhrasingContent, RootContent } from 'mdast'
import type { Slide } from '../../compiler/slide.ts'
import { plainText } from '../../compiler/tree.ts'

/** A piece of the article, and where the deck put it. */
export interface Entry { text: string, at: number, place: 'title' | 'slide' | 'notes' }

/** What of the article stands where, slide after slide, in the article's order on each: excerpts and repeats not counted. */
export function ledgerOf(slides: Slide[]): Entry[][] {
  const titled = new Set<number | string>()
  return slides.map((slide) => {
    const entries = [
      ...[...slide.body, ...slide.slots.flatMap(slot => slot.nodes)].flatMap(block => entriesOf(block, 'slide')),
      ...slide.notes.flatMap(block => entriesOf(block, 'notes')),
    ].toSorted((a, b) => a.at - b.at)
    const title = slide.title.filter(child => child.position !== undefined || slide.layout === 'name')
    const key = title[0]?.position?.start.offset ?? slide.id
    if (titled.has(key) || title.length === 0 || slide.notes.some(note => note.data?.order === -1))
      return entries
    titled.add(key)
    return [{ text: plainText(title as PhrasingContent[]), at: -1, place: 'title' }, ...entries]
  })
}

function entriesOf(block: RootContent, place: Entry['place']): Entry[] {
  if (block.data?.excerpt)
    return []
  if (block.type === 'list')
    return block.children.flatMap(item => item.data?.excerpt ? [] : item.children.flatMap(child => entriesOf(child as RootContent, place)))
  if (block.type === 'table')
    return block.children.flatMap(row => row.data?.excerpt ? [] : row.children.flatMap(cell => cell.data?.excerpt ? [] : [entry(cell, place)]))
  if (block.type === 'blockquote')
    return block.children.flatMap(child => entriesOf(child, place))
  return [entry(block, place)]
}

function entry(node: Nodes, place: Entry['place']): Entry {
  return { text: plainText(node), at: node.data?.order === -1 ? -1 : node.position?.start.offset ?? 0, place }
}
