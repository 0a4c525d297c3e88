import { randomBytes } from 'node:crypto'
import { chmod, link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareDataDir, unusable } from '../data-dir.ts'
import { TandemError } from '../errors.ts'

export const SECRET_FILE = 'jwt-secret'
const MIN_SECRET_CHARS = 32

/**
 * The secret kept in the data directory, made on first use and readable by its owner only.
 *
 * Two processes that start together end with the same secret: it is written beside and then linked into place, and
 * linking fails for all but the first, who then read what the first one wrote and never half of it.
 */
export async function storedSecret(dataDir: string): Promise<{ secret: string; isNew: boolean }> {
  const file = join(dataDir, SECRET_FILE)
  const found = await readSecret(file)
  if (found !== null) return { secret: found, isNew: false }
  await prepareDataDir(dataDir)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flush: true }).catch(
    refuse(dataDir),
  )
  const isNew = await link(draft, file).then(
    () => true,
    (error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? false : refuse(dataDir)(error)),
  )
  await rm(draft, { force: true })
  const secret = await readSecret(file)
  if (secret === null)
    throw new TandemError('data-dir-unusable', `${file} disappeared while it was being made.`)
  return { secret, isNew }
}

async function readSecret(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? null : refuse(file)(error),
  )
  if (text === null) return null
  const secret = text.trim()
  if (secret.length < MIN_SECRET_CHARS) {
    // Never replaced silently: every token ever issued depends on it.
    throw new TandemError(
      'data-dir-unusable',
      `${file} holds ${secret.length} characters, expected at least ${MIN_SECRET_CHARS}. Restore it, or delete it to sign everybody out.`,
    )
  }
  await closeToOthers(file)
  return secret
}

/** A copied or restored file often comes back readable for everybody. */
async function closeToOthers(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') await chmod(file, 0o600)
}

function refuse(path: string): (error: unknown) => never {
  return (error) => {
    throw unusable(path, error)
  }
}
