import antfu from '@antfu/eslint-config'

/**
 * The house's layers, lowest first (see docs/house.md). A file may import from its own layer's folder and from what stands
 * lower; `forbidden` names the folders that stand higher or beside.
 */
const layers: { files: string[], forbidden: string[] }[] = [
  { files: ['model/*.ts'], forbidden: ['etcd', 'apiserver', 'scheduler', 'controllers', 'cloud', 'scenes', 'components', 'compiler', 'scripts'] },
  { files: ['model/etcd/**'], forbidden: ['apiserver', 'scheduler', 'controllers', 'cloud', 'scenes', 'components', 'compiler', 'scripts'] },
  { files: ['model/apiserver/**'], forbidden: ['scheduler', 'controllers', 'cloud', 'scenes', 'components', 'compiler', 'scripts'] },
  { files: ['model/scheduler/**', 'model/controllers/**', 'model/cloud/**', 'model/kubelet.ts'], forbidden: ['etcd', 'scenes', 'components', 'compiler', 'scripts'] },
  { files: ['model/cluster.ts'], forbidden: ['scenes', 'components', 'compiler', 'scripts'] },
  { files: ['scenes/**'], forbidden: ['components', 'compiler', 'scripts'] },
  { files: ['components/**', 'layouts/**'], forbidden: ['compiler', 'scripts'] },
  { files: ['compiler/**'], forbidden: ['model', 'scenes', 'components', 'layouts', 'scripts'] },
]

const clockless = [
  { object: 'Date', property: 'now', message: 'The simulation has a virtual clock: take the time from it.' },
  { object: 'Math', property: 'random', message: 'The simulation has a seed: draw from it.' },
  { object: 'performance', property: 'now', message: 'The simulation has a virtual clock: take the time from it.' },
]

function importsOnly(forbidden: string[]): ['error', object] {
  const regex = `(^|/)(${forbidden.join('|')})(/|\\.ts$)`
  return ['error', { patterns: [{ regex, message: 'What stands higher imports only what stands lower: see docs/house.md.' }] }]
}

export default antfu(
  {
    type: 'app',
    vue: true,
    typescript: true,
    yaml: true,
    markdown: false,
    ignores: [
      'dist/**',
      'reports/**',
      'slides*.md',
      'article/**',
      'tests/fixtures/**',
      'public/**',
      'snippets/**',
    ],
  },
  {
    rules: {
      'antfu/reasonable-newline': 'off',
      'no-console': 'off',
      'node/prefer-global/process': 'off',
      'ts/explicit-function-return-type': 'off',
      'vue/no-v-html': 'error',
    },
  },
  ...layers.map(({ files, forbidden }) => ({
    files,
    ignores: files.includes('model/*.ts') ? ['model/cluster.ts', 'model/kubelet.ts'] : [],
    rules: { 'no-restricted-imports': importsOnly(forbidden) },
  })),
  {
    files: ['model/**', 'scenes/**'],
    rules: {
      'no-restricted-properties': ['error', ...clockless],
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame', 'document', 'window'],
    },
  },
)
