import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { SETTINGS } from '../../../server/src/config/settings.ts'
import { askShared } from '../../support/shared.ts'

const DIST = fileURLToPath(new URL('../../../examples/web/dist', import.meta.url))

it('[IDENT-13][Z-22] what browsers are sent holds no secret, names none, and no code that needs one', async () => {
  await askShared('web')
  const names = await readdir(DIST, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile() && /\.(js|html|css|json|map)$/.test(entry.name))
  expect(files.some(({ name }) => name.endsWith('.js'))).toBe(true)
  const secrets = Object.values(SETTINGS).flatMap((setting) => ('isSecret' in setting ? [setting.env] : []))
  expect(secrets).toContain('DATABASE_URL')
  const telltales = [
    ...secrets,
    'jwt-secret',
    'postgres://',
    'postgresql://',
    'better-auth',
    'PRIVATE KEY',
    'process.env',
  ]
  for (const file of files) {
    const text = await readFile(join(file.parentPath, file.name), 'utf8')
    expect([file.name, telltales.filter((telltale) => text.includes(telltale))]).toEqual([file.name, []])
  }
}, 120_000)
