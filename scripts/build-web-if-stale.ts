/**
 * Runs before `npm start`: builds the web app when there is no build, or when its sources are newer.
 *
 * The newest source time is compared with the build's, so a start with nothing to do costs a few milliseconds.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = timeOf(join(root, 'examples/web/dist/index.html'))
const sources = ['examples/web', 'client-sdk', 'package-lock.json'].map((name) => newestIn(join(root, name)))

if (built === null || built < Math.max(...sources)) {
  console.log('Building the web app …')
  const result = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: join(root, 'examples/web'),
      stdio: 'inherit',
      // Test runners set NODE_ENV=test, and Vite would build another app than the one people get.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  process.exitCode = result.status ?? 1
}

function timeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}

function newestIn(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  let newest = 0
  for (const name of readdirSync(path)) {
    if (name === 'node_modules' || name === 'dist') continue
    newest = Math.max(newest, newestIn(join(path, name)))
  }
  return newest
}
