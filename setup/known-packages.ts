import type { Plugin } from 'vite'

/**
 * The packages that slides import by themselves. Vite would find them only when such a slide is first asked for, prepare
 * them and reload every page: in the middle of a talk, or of `slidev export`, which then prints empty pages.
 */
export function knownPackages(): Plugin {
  return {
    name: 'podium:known-packages',
    config: () => ({ optimizeDeps: { include: ['intl-messageformat'] } }),
  }
}
