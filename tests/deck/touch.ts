import type { CDPSession, Page } from 'playwright-chromium'

export interface Point { x: number, y: number }

async function touches(page: Page, points: Point[]): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const [first, ...others] = points
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [first!] })
  for (const point of others)
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] })
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await session.detach()
}

/** A finger that goes over the glass from a point by so many px, to the left where they are negative. */
export async function swipe(page: Page, { x, y }: Point, by: number): Promise<void> {
  await touches(page, Array.from({ length: 9 }, (_, index) => ({ x: x + by * index / 8, y })))
}

/** A finger that touches the glass at a point and leaves it, whatever stands there. */
export async function tap(page: Page, point: Point): Promise<void> {
  await touches(page, [point])
}
