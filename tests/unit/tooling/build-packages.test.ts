import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const node = (...args: string[]): string =>
  execFileSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
  })

it('[TOOL-13] the packages are built as JavaScript with types, and what is built runs', () => {
  node('scripts/build-packages.ts')
  const sdk = node(
    '-e',
    "import('./client-sdk/dist/index.js').then((m) => console.log(Object.keys(m).join()))",
  )
  expect(sdk).toContain('createClient')
  expect(existsSync(join(root, 'client-sdk/dist/react/index.d.ts'))).toBe(true)
  expect(existsSync(join(root, 'persistence/dist/migrations/0001_core.sql'))).toBe(true)
  expect(node('server/dist/bin/tandem.mjs', 'version')).toMatch(/\d+\.\d+\.\d+/)
}, 120_000)
