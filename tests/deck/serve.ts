export type { FileServer } from '../../scripts/serve.ts'
export { serveFolder } from '../../scripts/serve.ts'
