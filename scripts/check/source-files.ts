import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { SourceFile } from './fault.ts'

const SKIPPED = new Set(['node_modules', 'dist', 'data', 'coverage'])
const KEPT = /\.(ts|tsx|mts|js|mjs|css|html|sh)$/
const FOLDERS = ['client-sdk', 'persistence', 'server', 'examples', 'tests', 'scripts']

/** Every file of ours that people read: README, package READMEs, docs. */
export function readDocuments(root: string): SourceFile[] {
  const folders = ['.', 'docs', 'client-sdk', 'persistence', 'server', 'examples/web']
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => (folder === '.' ? name : `${folder}/${name}`))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  )
}

/** Every file of ours that holds code, read once for all checks. */
export function readSources(root: string): SourceFile[] {
  const found: SourceFile[] = []
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name) || entry.name.startsWith('.')) continue
      const full = join(folder, entry.name)
      if (entry.isDirectory()) walk(full)
      else if (KEPT.test(entry.name)) {
        found.push({ path: relative(root, full).split(sep).join('/'), text: readFileSync(full, 'utf8') })
      }
    }
  }
  for (const folder of FOLDERS) walk(join(root, folder))
  for (const name of ['vitest.config.ts', 'vitest.long.config.ts']) {
    found.push({ path: name, text: readFileSync(join(root, name), 'utf8') })
  }
  return found.sort((a, b) => a.path.localeCompare(b.path))
}
