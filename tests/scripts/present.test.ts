import { expect, it } from 'vitest'
import { hasScreen, oneAtATime } from '../../scripts/present.ts'

it.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['linux', { WSL_DISTRO_NAME: 'Debian' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
  ['linux', { DISPLAY: ':0', CI: 'true' }, false],
  ['darwin', { CI: 'true' }, false],
])('on %s with %o a browser opens: %s', (platform, env, expected) => {
  expect(hasScreen(env, platform)).toBe(expected)
})

it('runs once more for all changes that came during a run, and never twice at a time', async () => {
  let running = 0
  let most = 0
  let runs = 0
  const change = oneAtATime(async () => {
    most = Math.max(most, ++running)
    await new Promise(resolve => setTimeout(resolve, 5))
    runs++
    running--
  })
  const first = change()
  void change()
  void change()
  await first
  expect({ runs, most }).toEqual({ runs: 2, most: 1 })
  await change()
  expect(runs).toBe(3)
})
