import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Makes a file or folder aside and moves it into place when it is whole, so that a failure leaves what stood there before.
 * @param path where the result belongs; its parent folders are made
 * @param make writes the result at the path that it is given, a sibling on the same disk
 */
export async function replace(path: string, make: (aside: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const folder = await mkdtemp(join(dirname(path), '.making-'))
  try {
    const aside = join(folder, basename(path))
    await make(aside)
    const before = join(folder, 'before')
    // A folder can't be renamed over another one that has files in it.
    await rename(path, before).catch(() => {})
    await rename(aside, path)
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}
