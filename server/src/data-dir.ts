import { access, constants, mkdir } from 'node:fs/promises'
import { TandemError } from './errors.ts'

/** Makes the folder if need be, for its owner only; throws `data-dir-unusable` when nothing could be kept there. */
export async function prepareDataDir(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw unusable(path, error)
  }
}

export function unusable(path: string, error: unknown): TandemError {
  const { code = '', message } = error as NodeJS.ErrnoException
  return new TandemError('data-dir-unusable', `${path}: ${REASONS[code] ?? message}.`, { cause: error })
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read and write there',
  EPERM: 'this user may not read and write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of this path is a file',
  EEXIST: 'this is a file',
}
