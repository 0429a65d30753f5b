import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

/** The kinds of recordings that the tests know, as folders of the recordings' root. */
export type RecordingKind = 'etcd/sessions' | 'apiserver/sessions' | 'scheduler' | 'cluster'

/** A recording: a .jsonl file, or for `cluster` a folder of them. */
export interface Recording {
  kind: RecordingKind
  /** Such as `etcd/sessions/01-ranges.jsonl`. */
  name: string
  /** The file's (folder's) name alone, without its ending. */
  title: string
  path: string
}

/** A line of a recording with the name of its kind. */
export interface Line { k: string }

/** The recordings' root: the project's own, or what the environment variable RECORDINGS points at. */
export const root = process.env.RECORDINGS ?? fileURLToPath(new URL('../fixtures/recordings', import.meta.url))

/** The recordings of a kind, in the order of their names; none if the folder isn't there. */
export function recordingsOf(kind: RecordingKind): Recording[] {
  const folder = join(root, kind)
  if (!existsSync(folder))
    return []
  return readdirSync(folder).sort().flatMap((entry) => {
    const path = join(folder, entry)
    const wanted = kind === 'cluster' ? statSync(path).isDirectory() : entry.endsWith('.jsonl')
    return wanted ? [{ kind, name: relative(root, path), title: basename(entry, '.jsonl'), path }] : []
  })
}

/** The lines of a .jsonl file, parsed. @throws Error if a line isn't JSON, or there is none */
export function linesOf<T = unknown>(path: string): T[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(line => line.trim() !== '')
  if (lines.length === 0)
    throw new Error(`${path} has no line`)
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as T
    }
    catch {
      throw new Error(`${path}:${index + 1} is not JSON`)
    }
  })
}

/** The lines of a session. @throws Error on a line whose `k` is none of `kinds` */
export function sessionLines<T extends Line>(recording: Recording, kinds: readonly T['k'][]): T[] {
  const lines = linesOf<T>(recording.path)
  lines.forEach((line, index) => {
    if (!kinds.includes(line.k))
      throw new Error(`${recording.name}:${index + 1}: a line of an unknown kind, ${JSON.stringify(line.k)}`)
  })
  return lines
}

/**
 * One test a recording of the kind. `run` plays it and gives how many cases it checked: none is a failure. The total is
 * printed at the end; a kind that the root doesn't have is named as skipped.
 */
export function describeRecordings(kind: RecordingKind, run: (recording: Recording) => number | Promise<number>): void {
  const recordings = recordingsOf(kind)
  describe(`recordings of ${kind}`, () => {
    if (recordings.length === 0) {
      console.log(`recordings: ${kind} skipped: none in ${root}`)
      it.skip(`${kind}: none in ${root}`, () => {})
      return
    }
    let cases = 0
    for (const recording of recordings) {
      it(recording.name, async () => {
        const checked = await run(recording)
        expect(checked, `${recording.name} has no case`).toBeGreaterThan(0)
        cases += checked
      })
    }
    afterAll(() => console.log(`recordings: ${kind}: ${cases} cases in ${recordings.length} files`))
  })
}
