import type { RootContent } from 'mdast'
import { isLeadIn, kindOf } from './blocks.ts'
import { isParagraph } from './slide.ts'

/** More paragraphs than this before a figure get a slide of their own. */
const MAX_PROSE_BESIDE = 3
const MAX_PROSE_AFTER = 2

/** What can stand on one slide: prose, and at most one figure. */
export interface Group { prose: RootContent[], figure?: RootContent, after: RootContent[] }

/**
 * Cuts a section's blocks into what can stand on one slide: prose, and at most one figure. An illustration takes the words
 * before the first figure with it, and a list of as many items as it has `steps`; `alone`, it takes everything.
 */
export function groupsOf(blocks: RootContent[], steps: number | undefined, alone: boolean): Group[] {
  const groups: Group[] = []
  let prose: RootContent[] = []
  const illustrated = steps !== undefined
  if (illustrated) {
    const isCues = (block: RootContent) => block.type === 'list' && block.children.length === steps
    const end = alone ? -1 : blocks.findIndex(block => !isCues(block) && !['prose', 'footnote', 'picture'].includes(kindOf(block)))
    groups.push({ prose: end < 0 ? blocks : blocks.slice(0, leadStart(blocks, end)), after: [] })
    blocks = end < 0 ? [] : blocks.slice(leadStart(blocks, end))
  }
  for (const block of blocks) {
    const kind = kindOf(block)
    if (kind === 'prose' || kind === 'footnote') {
      prose.push(block)
      continue
    }
    const { before, beside } = shareProse(prose, groups.at(-1))
    if (before.length > 0)
      groups.push({ prose: before, after: [] })
    groups.push({ prose: beside, figure: block, after: [] })
    prose = []
  }
  const last = groups.at(-1)
  if (prose.length === 0)
    return groups
  if (last && (last.figure || illustrated) && prose.filter(isParagraph).length <= MAX_PROSE_AFTER)
    last.after.push(...prose)
  else
    groups.push({ prose, after: [] })
  return groups
}

function leadStart(blocks: RootContent[], end: number): number {
  return end > 0 && isLeadIn(blocks[end - 1]!) ? end - 1 : end
}

/** Decides which paragraphs stand beside the figure that follows them, which before it, and which belong to the figure before. */
function shareProse(prose: RootContent[], last: Group | undefined): { before: RootContent[], beside: RootContent[] } {
  const lead = prose.length > 0 && isLeadIn(prose.at(-1)!) ? prose.slice(-1) : []
  const rest = lead.length > 0 ? prose.slice(0, -1) : prose
  if (last?.figure && last.after.length === 0 && rest.length > 0 && rest.length <= MAX_PROSE_AFTER && lead.length > 0) {
    last.after.push(...rest)
    return { before: [], beside: lead }
  }
  return prose.length <= MAX_PROSE_BESIDE ? { before: [], beside: prose } : { before: rest.slice(0, lead.length ? undefined : -1), beside: lead.length ? lead : rest.slice(-1) }
}
