import { defineUnoSetup } from '@slidev/types'

/**
 * Slides are an article's text, not markup written for UnoCSS: words such as `bg-[url(…)]` or `a:(b c)` in it must neither
 * become styles nor be rewritten.
 */
export default defineUnoSetup(() => ({
  content: { pipeline: { exclude: [/__slidev_\d+\.(?:md|frontmatter)/, /node_modules\/(?!@slidev)/] } },
}))
