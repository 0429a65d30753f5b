import type { Outline } from './outline.ts'
import type { Slide } from './slide.ts'
import GithubSlugger from 'github-slugger'

/** Words that Slidev's own router keeps. */
const RESERVED = ['entry', 'overview', 'notes', 'notes-edit', 'presenter', 'print', 'export', 'play', 'slides']

/** Gives each slide an address of its own: its id, never a number nor one of Slidev's own. */
export function nameSlides(slides: Slide[]): Slide[] {
  const slugger = new GithubSlugger()
  RESERVED.forEach(word => slugger.slug(word))
  return slides.map((slide) => {
    const wanted = slide.alias.replace(/\//g, '-').normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC')
    return { ...slide, alias: slugger.slug(/^\d+$/.test(wanted) ? `s-${wanted}` : wanted) || slugger.slug('slide') }
  })
}

/** Finds the slide of an anchor: a heading's id, one of its other names, or an item's key. */
export function anchorsOf(slides: Slide[], outline: Outline): (anchor: string) => string | undefined {
  const byId = new Map<string, string>()
  for (const { id, alias } of slides) {
    if (!byId.has(id))
      byId.set(id, alias)
  }
  const known = new Map(byId)
  outline.sections.forEach((section, i) => {
    const own = byId.get(section.id) ?? outline.sections.slice(i).map(next => byId.get(next.id)).find(Boolean)
    for (const anchor of section.anchors) {
      if (own && !known.has(anchor))
        known.set(anchor, own)
    }
  })
  for (const anchor of outline.coverAnchors) {
    if (!known.has(anchor) && slides[0])
      known.set(anchor, slides[0].alias)
  }
  if (slides[0])
    known.set('', slides[0].alias)
  return anchor => known.get(anchor) ?? known.get(anchor.toLowerCase())
}
