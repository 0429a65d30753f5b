import type { Page } from 'playwright-chromium'

/** A piece of text that a reader in the room would not see as it is meant. */
export interface Finding {
  /**
   * `outside` the canvas; `clipped` by an element that hides or scrolls its overflow; `small` under the smallest size, which is
   * larger for running text than for captions, code and labels; `covered` by something opaque; `overlap` with other text; `broken`: two lines in the middle of a word; `transparent`: there, but with no opacity
   */
  kind: 'outside' | 'clipped' | 'small' | 'covered' | 'overlap' | 'broken' | 'transparent'
  /** the text, shortened */
  text: string
  /** the element that holds it and those around it */
  where: string
  /** numbers, in px of the 980×552 canvas */
  detail: string
}

export interface GeometryOptions {
  /** the canvas to look at: the slide being shown, or one page of the print page */
  root?: string
  /** smallest effective size of type in px of the canvas */
  minimum?: number
  /** a selector for elements whose text is not judged, say because it is meant to be crossed out */
  ignore?: string
}

/** Smallest running text in px of the canvas: what an article says, in the layouts' own places for it. */
const running = { minimum: 18, within: '.slide-text, .side, .cover-text, .section-text, .end-text', but: 'code, pre, kbd, sup, sub, svg, .scene' }

/** The slide that Slidev shows now. */
export const shownSlide = '#slide-content'

/**
 * Waits until a slide stands still: loaded, fonts there, every finite animation at its end.
 */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('#slide-content .slidev-page') !== null && document.querySelector('.slidev-slide-loading') === null)
  await page.evaluate(async () => {
    await document.fonts.ready
    const isFinite = (animation: Animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime)
    await Promise.allSettled(document.getAnimations().filter(isFinite).map(animation => animation.finished))
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })
}

/**
 * Looks at every text node of a slide as the browser laid it out, through transforms, SVG and foreign objects, and returns what is
 * wrong; an empty list means that all text lies inside the canvas, unclipped, uncovered, and large enough. Text for screen readers
 * alone (a box of one pixel) and text that waits for its click are left out.
 */
export async function checkSlideGeometry(page: Page, options: GeometryOptions = {}): Promise<Finding[]> {
  const { root = shownSlide, minimum = 14, ignore = '' } = options
  return page.evaluate(({ root, minimum, ignore, running }) => {
    const canvas = document.querySelector<HTMLElement>(root)
    if (!canvas)
      throw new Error(`Nothing on this page matches ${root}`)
    const frame = canvas.getBoundingClientRect()
    const unit = frame.width / canvas.offsetWidth
    const findings: Finding[] = []
    const boxes: { box: DOMRect, element: Element, text: string }[] = []

    /** Factor by which the element's own px are drawn on screen. */
    const scaleOf = (element: Element): number => {
      let factor = 1
      for (let at: Element | null = element; at; at = at.parentElement) {
        if (at instanceof SVGGraphicsElement) {
          const matrix = at.getScreenCTM()!
          return factor * Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c))
        }
        const style = getComputedStyle(at)
        const matrix = new DOMMatrix(style.transform === 'none' ? '' : style.transform)
        const [x = 1, y = x] = style.scale === 'none' ? [] : style.scale.split(' ').map(Number)
        const zoom = Number(style.getPropertyValue('zoom')) || 1
        factor *= Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c)) * Math.sqrt(x * y) * zoom
      }
      return factor
    }
    const where = (element: Element): string => {
      const names: string[] = []
      for (let at: Element | null = element; at && at !== canvas && names.length < 5; at = at.parentElement)
        names.unshift(at.localName + (at.id ? `#${at.id}` : '') + [...at.classList].slice(0, 2).map(name => `.${name}`).join(''))
      return names.join(' > ')
    }
    const isForScreenReaders = (element: Element): boolean => {
      for (let at: Element | null = element; at && at !== canvas; at = at.parentElement) {
        if (at instanceof HTMLElement && at.offsetWidth <= 1 && at.offsetHeight <= 1 && getComputedStyle(at).overflow !== 'visible')
          return true
      }
      return false
    }
    const isOpaque = (element: Element): boolean => {
      const style = getComputedStyle(element)
      if (element instanceof HTMLImageElement || element instanceof HTMLVideoElement || element instanceof HTMLCanvasElement)
        return true
      const paint = element instanceof SVGGeometryElement ? style.fill : style.backgroundColor
      const alpha = paint === 'none' ? 0 : Number(/(?:,|\/)\s*([\d.]+)\)$/.exec(paint.startsWith('rgb(') ? '' : paint)?.[1] ?? 1)
      const fillOpacity = element instanceof SVGGeometryElement ? Number(style.fillOpacity) : 1
      return alpha * fillOpacity * Number(style.opacity) > 0.5
    }
    /** Width in px of the screen that a line of the element's text may have. */
    const lineWidth = (element: Element): number => {
      let block = element
      while (block.parentElement && ['inline', 'contents'].includes(getComputedStyle(block).display))
        block = block.parentElement
      const style = getComputedStyle(block)
      const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight)
      return block.getBoundingClientRect().width - (padding || 0) * unit
    }
    const round = (value: number) => Math.round(value / unit * 10) / 10
    const report = (kind: Finding['kind'], text: string, element: Element, detail: string) =>
      findings.push({ kind, text: text.length > 60 ? `${text.slice(0, 57)}…` : text, where: where(element), detail })

    const walker = document.createTreeWalker(canvas, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent!.replaceAll(/\s+/g, ' ').trim()
      const element = node.parentElement!
      if (text === '' || element.closest('style, script, title, desc, .slidev-vclick-hidden') || (ignore && element.closest(ignore)) || isForScreenReaders(element))
        continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const rects = [...range.getClientRects()].filter(rect => rect.width > 0 && rect.height > 0)
      if (rects.length === 0 || !element.checkVisibility({ visibilityProperty: true }))
        continue
      let opacity = 1
      for (let at: Element | null = element; at && at !== canvas; at = at.parentElement)
        opacity *= Number(getComputedStyle(at).opacity)
      if (opacity < 0.05) {
        report('transparent', text, element, `opacity ${opacity}`)
        continue
      }
      const size = Number.parseFloat(getComputedStyle(element).fontSize) * scaleOf(element) / unit
      const least = element.closest(running.within) && !element.closest(running.but) ? Math.max(minimum, running.minimum) : minimum
      if (size < least - 0.05)
        report('small', text, element, `${Math.round(size * 10) / 10} px`)

      if (rects.length > 1) {
        // Words of scripts that set them apart with spaces.
        const words = [...node.textContent!.matchAll(/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]{2,}/gu)]
        const isBroken = words.find(({ 0: word, index }) => {
          range.setStart(node, index)
          range.setEnd(node, index + word.length)
          const lines = [...range.getClientRects()].filter(rect => rect.width > 0)
          // A word that is longer than any line must break.
          return lines.some(line => line.top > lines[0]!.bottom - 1) && lines.reduce((sum, line) => sum + line.width, 0) <= lineWidth(element)
        })
        if (isBroken)
          report('broken', text, element, `in "${isBroken[0]}"`)
      }

      // A line's box is taller than its letters; only the letters must be seen.
      const slack = 0.14 * size * unit
      for (const rect of rects) {
        const ink = new DOMRect(rect.x, rect.y + slack, rect.width, Math.max(1, rect.height - 2 * slack))
        const past = (box: DOMRect) => Math.max(box.left - ink.left, ink.right - box.right, box.top - ink.top, ink.bottom - box.bottom)
        if (past(frame) > unit) {
          report('outside', text, element, `${round(past(frame))} px past the edge`)
          break
        }
        let isClipped = false
        for (let at: Element | null = element; at && at !== canvas; at = at.parentElement) {
          const style = getComputedStyle(at)
          const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible'
          if (!clips || style.display === 'inline' || style.display === 'contents')
            continue
          const outer = at.getBoundingClientRect()
          const beyondX = style.overflowX === 'visible' ? 0 : Math.max(outer.left - ink.left, ink.right - outer.right)
          const beyondY = style.overflowY === 'visible' ? 0 : Math.max(outer.top - ink.top, ink.bottom - outer.bottom)
          if (Math.max(beyondX, beyondY) > unit) {
            report('clipped', text, element, `${round(Math.max(beyondX, beyondY))} px hidden by ${where(at)}`)
            isClipped = true
            break
          }
        }
        if (isClipped)
          break
        const coverAt = (x: number, y: number) => {
          for (const above of document.elementsFromPoint(x, y)) {
            if (above === element || above.contains(element) || element.contains(above))
              return undefined
            if (canvas.contains(above) && isOpaque(above))
              return above
          }
          return undefined
        }
        // A point every three letters or so, in the upper and the lower half of the letters.
        const across = Math.max(2, Math.min(30, Math.ceil(ink.width / (1.5 * size * unit))))
        const points = Array.from({ length: across + 1 }, (_, at) => ink.x + 2 + (ink.width - 4) * at / across)
          .flatMap(x => [0.3, 0.7].map(y => [x, ink.y + ink.height * y] as const))
        const cover = points.reduce<Element | undefined>((found, [x, y]) => found ?? coverAt(x, y), undefined)
        if (cover) {
          report('covered', text, element, `by ${where(cover)}`)
          break
        }
        const core = new DOMRect(rect.x, rect.y + rect.height * 0.25, rect.width, rect.height * 0.5)
        const rival = boxes.find(({ box, element: other }) => other !== element
          && Math.min(box.right, core.right) - Math.max(box.left, core.left) > 1.5 * unit
          && Math.min(box.bottom, core.bottom) - Math.max(box.top, core.top) > 1.5 * unit)
        if (rival)
          report('overlap', text, element, `with "${rival.text.slice(0, 40)}"`)
        boxes.push({ box: core, element, text })
      }
    }
    return findings
  }, { root, minimum, ignore, running })
}
