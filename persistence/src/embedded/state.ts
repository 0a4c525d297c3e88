import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { passwordOf } from './cluster.ts'
import { connectionString } from './ownership.ts'
import { readPostmasterFile, servesDirectory } from './postmaster-file.ts'

export type EmbeddedState =
  | { readonly state: 'absent' }
  | { readonly state: 'stopped' }
  /** Somebody runs it; the URL leads to the database `tandem`. */
  | { readonly state: 'running'; readonly connectionString: string }

/** Looks at the embedded database of a data directory without starting, creating or claiming anything. */
export async function embeddedState(dataDir: string): Promise<EmbeddedState> {
  const directory = join(resolve(dataDir), 'pgdata')
  const present = await access(directory).then(
    () => true,
    () => false,
  )
  if (!present) return { state: 'absent' }
  const password = await passwordOf(directory)
  const file = await readPostmasterFile(directory)
  if (file === null || file.status !== 'ready' || !(await servesDirectory(file.pid, directory))) {
    return { state: 'stopped' }
  }
  return { state: 'running', connectionString: connectionString({ password }, file.port, 'tandem') }
}
