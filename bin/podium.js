#!/usr/bin/env node
// Starts Podium from any folder on the Node that it brings along: the one that runs this file may be older.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const strip = pathToFileURL(join(root, 'bin', 'strip-types.js')).href
// Node takes the types out of a project's own files, but not of a package's.
const loader = root.split(/[\\/]/).includes('node_modules') ? ['--disable-warning=ExperimentalWarning', '--import', strip] : []

function bundledNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  }
  catch {
    return process.execPath
  }
}

const child = spawn(bundledNode(), [...loader, join(root, 'scripts', 'podium.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(`podium: ${error.message}: run npm install in ${root}`)
  process.exitCode = 1
})
child.on('close', (code, signal) => {
  process.exitCode = signal ? 1 : code ?? 1
})
