import type { ElementContent } from 'hast'
import type { ShikiTransformer } from 'shiki'

/** Paths so short stay whole: they fit on a line of their own. */
const LONG = 24
const RE_LONG_PATH = new RegExp(`\\S{${LONG},}`)

/**
 * Lets a long path or address in code break after its slashes rather than in the middle of a word. What breaks a line is an empty
 * element: whoever copies the code gets the path as it is.
 */
export const breakPaths: ShikiTransformer = {
  name: 'podium:break-paths',
  span(node) {
    node.children = node.children.flatMap((child): ElementContent[] => {
      if (child.type !== 'text' || !RE_LONG_PATH.test(child.value) || !child.value.includes('/'))
        return [child]
      return child.value.split(/(?<=\w\/)\b/).flatMap((value, i): ElementContent[] => [
        ...(i > 0 ? [{ type: 'element' as const, tagName: 'wbr', properties: {}, children: [] }] : []),
        { type: 'text', value },
      ])
    })
  },
}
