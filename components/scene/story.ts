/** Sizes of type in px for a scene's captions on paper, the largest first. */
export const sizes: readonly number[] = Array.from({ length: 13 }, (_, index) => 20 - index / 2)

/**
 * Deals captions out to pages so that each has about as much text; no page is empty as long as there are as many captions.
 * @param captions in the order of the steps
 * @param pages how many pages there are
 */
export function dealOut<Caption extends { text: string }>(captions: readonly Caption[], pages: number): Caption[][] {
  if (pages < 1)
    return []
  const total = captions.reduce((sum, { text }) => sum + text.length, 0)
  const dealt = Array.from({ length: pages }, (): Caption[] => [])
  let page = 0
  let before = 0
  for (const [index, caption] of captions.entries()) {
    const fair = Math.floor((before + caption.text.length / 2) / total * pages)
    // No page is skipped, and as many captions as pages follow are left for them.
    page = Math.min(Math.max(fair, page, pages - (captions.length - index)), dealt[page]!.length > 0 ? page + 1 : page, pages - 1)
    dealt[page]!.push(caption)
    before += caption.text.length
  }
  return dealt
}
