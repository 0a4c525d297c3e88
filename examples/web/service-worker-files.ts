import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Not the worker itself, and nothing that only tools read. */
const LEFT_OUT = /^\/(sw\.js|\.vite\/.*)$|\.map$/

/**
 * Writes the list of all files of a build into its service worker, with their hashes; the hash of the list is the version. Doing it
 * again, after a file has changed, makes another version.
 */
export function writeServiceWorkerFiles(folder: string): void {
  const files: Record<string, string> = {}
  for (const path of pathsIn(folder)) {
    if (LEFT_OUT.test(path)) continue
    files[path] = `sha256-${createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('base64')}`
  }
  const list = JSON.stringify(files)
  const version = createHash('sha256').update(list).digest('hex').slice(0, 16)
  const worker = join(folder, 'sw.js')
  const text = readFileSync(worker, 'utf8')
    .replace(/^const VERSION = .*$/m, `const VERSION = '${version}'`)
    .replace(/^const FILES = .*$/m, () => `const FILES = ${list}`)
  writeFileSync(worker, text)
}

function pathsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`)
    .sort()
}
