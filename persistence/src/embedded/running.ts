import { readFile, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { passwordFile } from './cluster.ts'
import { connectionString } from './ownership.ts'
import { readPostmasterFile, servesDirectory } from './postmaster-file.ts'

export type EmbeddedState =
  /** No cluster was ever made there. */
  | { readonly state: 'absent' }
  | { readonly state: 'stopped' }
  | { readonly state: 'running'; readonly connectionString: string }

/**
 * How the cluster in `dataDir` is doing, for commands that work beside a running server. Starts, claims and creates nothing.
 */
export async function embeddedState(dataDir: string): Promise<EmbeddedState> {
  const directory = join(await realpath(dataDir).catch(() => resolve(dataDir)), 'pgdata')
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  )
  if (!isThere) return { state: 'absent' }
  const file = await readPostmasterFile(directory)
  if (file === null || file.status !== 'ready' || !(await servesDirectory(file.pid, directory))) {
    return { state: 'stopped' }
  }
  const password = (await readFile(join(directory, passwordFile), 'utf8')).trim()
  return { state: 'running', connectionString: connectionString({ password }, file.port, 'tandem') }
}
