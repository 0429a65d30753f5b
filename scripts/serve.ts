import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}

export interface FileServer {
  /** address of the folder's root, with a slash at its end */
  url: string
  close: () => Promise<void>
}

/**
 * Serves a folder as the plainest of file servers does: files, a folder's index.html, 404 for all else; no rewriting.
 * @param folder what to serve
 * @param base path under which it is served, with a slash at both ends
 */
export async function serveFolder(folder: string, base = '/'): Promise<FileServer> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost')
    const path = normalize(decodeURIComponent(pathname))
    const inside = path.startsWith(base) ? join(folder, path.slice(base.length)) : undefined
    const file = inside && path.endsWith('/') ? join(inside, 'index.html') : inside
    const isFile = file !== undefined && await stat(file).then(entry => entry.isFile(), () => false)
    if (!isFile) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
      return
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(await readFile(file))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('The file server has no port')
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}
