import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storedSecret } from '../../../server/src/auth/secret.ts'

describe('the generated secret', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tandem-secret-'))
  })
  afterEach(() => rm(dir, { recursive: true, force: true }))

  it('[AUTH-2] is made once, kept, and readable by its owner only', async () => {
    const dataDir = join(dir, 'not', 'there', 'yet')
    const first = await storedSecret(dataDir)
    expect(first).toMatchObject({ isNew: true, secret: expect.stringMatching(/^[\w-]{64}$/) })
    expect(await storedSecret(dataDir)).toEqual({ secret: first.secret, isNew: false })
    expect((await stat(join(dataDir, 'jwt-secret'))).mode & 0o777).toBe(0o600)
    expect(await readdir(dataDir)).toEqual(['jwt-secret'])
  })

  it('[AUTH-2] is the same for all who start at once', async () => {
    const started = await Promise.all(Array.from({ length: 8 }, () => storedSecret(dir)))
    expect(new Set(started.map(({ secret }) => secret)).size).toBe(1)
    expect(await readdir(dir)).toEqual(['jwt-secret'])
  })

  it('[AUTH-2] is closed to others again when a copy left it open', async () => {
    await storedSecret(dir)
    await chmod(join(dir, 'jwt-secret'), 0o644)
    await storedSecret(dir)
    expect((await stat(join(dir, 'jwt-secret'))).mode & 0o777).toBe(0o600)
  })

  it('[AUTH-2] a damaged one is a clear error and is not replaced', async () => {
    await writeFile(join(dir, 'jwt-secret'), 'cut off')
    await expect(storedSecret(dir)).rejects.toThrow(/holds 7 characters, expected at least 32/)
    expect(await readFile(join(dir, 'jwt-secret'), 'utf8')).toBe('cut off')
  })

  it('[OPS-4] a data directory that is a file is a clear error', async () => {
    await writeFile(join(dir, 'file'), '')
    await expect(storedSecret(join(dir, 'file'))).rejects.toMatchObject({ code: 'data-dir-unusable' })
  })
})
