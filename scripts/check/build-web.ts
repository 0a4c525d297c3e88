import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Build, Manifest } from './bundle.ts'

/** Builds the web app into a folder of its own, and reads all of it. Throws with Vite's words when it does not build. */
export function buildWeb(root: string): Build {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bundle-'))
  try {
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const result = spawnSync(
      process.execPath,
      [vite, 'build', '--outDir', folder, '--emptyOutDir', '--manifest', '--logLevel', 'error'],
      {
        cwd: join(root, 'examples/web'),
        encoding: 'utf8',
        env: { ...process.env, NODE_ENV: 'production' },
      },
    )
    if (result.status !== 0) throw new Error(`${result.stdout}${result.stderr}`)
    const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest
    return { manifest, files: filesIn(folder) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function filesIn(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]
    }),
  )
}
