/**
 * The boxes and type sizes that the layouts draw and the compiler measures with: the one table that both follow.
 * All lengths in CSS px on Slidev's canvas.
 */
export const canvas = { width: 980, height: 552 } as const

/**
 * One kind of type in its sizes: `large` when everything fits at that size (`size: large`), else `medium` where there is one, else
 * the normal one, else `small`, the fit ladder's last step.
 */
export interface Type {
  size: number
  small: number
  medium?: number
  large?: number
  lineHeight: number
}

export const title = { size: 34, lineHeight: 1.15, top: 48, maxLines: 2 } as const
export const kicker = { size: 15, top: 28 } as const
export const footer = { top: 512, bottom: 540 } as const
export const body: Type = { size: 22, small: 20, medium: 25, large: 28, lineHeight: 1.4 }
export const code: Type = { size: 16, small: 14.5, large: 19, lineHeight: 1.45 }
export const table: Type = { size: 19, small: 18, large: 21, lineHeight: 1.35 }
/** Words of the two sides of a comparison. */
export const comparison: Type = { size: 30, small: 20, large: 37, lineHeight: 1.32 }
/**
 * A comparison of a few words a side stands as two bands, one above the other: a label and the words beside it. Space around and
 * between them, the label's type, the widest label, and the largest type that a date as a label has.
 */
export const bands = { x: 28, y: 12, gap: 28, between: 14, label: 26, date: 44, widest: 210, sign: 44 } as const
export const statement: Type = { size: 34, small: 28, large: 42, lineHeight: 1.4 }
export const quote: Type = { size: 28, small: 23.5, large: 34, lineHeight: 1.4 }
/** The paragraph above a list, a table, code or two sides: the same at every size. */
export const lead = { size: 22, lineHeight: 1.4 } as const
export const caption = { size: 16, lineHeight: 1.4 } as const

export const margin = 56
/** Space between the title and the body, and the y at which the body ends. */
export const bodyGap = 24
export const bodyBottom = 500
/** The line of links at a slide's foot: its height, and its air above, which it takes from that above the footer. */
export const reading = { height: 20, gap: 10 } as const

/** Vertical space between two paragraphs, two list items, and two blocks. */
export const gaps = { paragraph: 14, item: 10, mediumItem: 14, largeItem: 18, block: 18 } as const
/** Horizontal space that a list takes for its marks, a level; a quote for its bar. */
export const indents = { list: 28, quote: 28 } as const
/** Padding inside a code block (each side) and a table cell. */
export const padding = { code: { x: 20, y: 16 }, cell: { x: 12, y: 7, largeY: 9 }, inlineCode: 6 } as const
/** Sizes in px that a short piece of code may grow to, beyond `large`. */
export const roomyCode = [24, 22] as const
/** The size of code in running text, as a share of the text's. */
export const inlineCodeScale = 0.9

const width = canvas.width - 2 * margin
const columnGap = 36

/** Widths of the body's columns: whole, two halves, text beside an illustration. */
export const columns = {
  full: width,
  gap: columnGap,
  half: (width - columnGap) / 2,
  text: 372,
  picture: width - columnGap - 372,
  /** Under the small map of the cluster in the corner the title is narrower. */
  titleWithMap: 680,
} as const

/** Height of the body under a title of so many lines. */
export function bodyHeight(titleLines: number): number {
  return bodyBottom - (title.top + titleLines * title.size * title.lineHeight + bodyGap)
}
