import { randomBytes } from 'node:crypto'
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageError } from '../errors.ts'
import { type Account, giveTo, invocation } from './account.ts'
import type { Binaries } from './binaries.ts'
import { processIsAlive } from './postmaster-file.ts'
import { run } from './run.ts'

/** A cluster on disk that is complete and ours. */
export interface Cluster {
  readonly directory: string
  readonly password: string
  readonly logFile: string
}

export const superuser = 'tandem'
export const passwordFile = 'tandem.password'
const unfinished = /^pgdata\.new-(\d+)-/

/**
 * Opens the cluster in `dataDir`, creating it when there is none.
 *
 * initdb works in a directory of its own that is renamed when it is complete: an interrupted one leaves rubbish beside, never a
 * half-made `pgdata`, two starts at once end with one cluster, and nothing named `pgdata` is ever deleted.
 */
export async function openCluster(dataDir: string, binaries: Binaries, account: Account): Promise<Cluster> {
  const directory = join(dataDir, 'pgdata')
  await removeUnfinished(dataDir)
  const present = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new StorageError('embedded-not-a-cluster', `Cannot read ${directory}: ${error.message}.`, {
      cause: error,
    })
  })
  if (present.length === 0) await createCluster(dataDir, directory, { binaries, account })
  return { directory, password: await passwordOf(directory), logFile: join(dataDir, 'pgdata.log') }
}

async function createCluster(
  dataDir: string,
  directory: string,
  { binaries, account }: { binaries: Binaries; account: Account },
): Promise<void> {
  const tag = `${process.pid}-${randomBytes(4).toString('hex')}`
  const fresh = join(dataDir, `pgdata.new-${tag}`)
  const secret = join(dataDir, `pgdata.new-${tag}.password`)
  try {
    await writeFile(secret, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true })
    await giveTo(account, secret)
    const { code, output } = await run(
      invocation(account, binaries.initdb, [
        `--pgdata=${fresh}`,
        `--username=${superuser}`,
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Code point order everywhere: no index depends on the machine's C library or ICU version.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--data-checksums',
      ]),
    )
    if (code !== 0) throw new StorageError('embedded-start-failed', `initdb failed: ${output.trim()}.`)
    await rename(secret, join(fresh, passwordFile))
    await rename(fresh, directory).catch((error: NodeJS.ErrnoException) => {
      // Another start was faster: its cluster is as good as ours.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
    await syncDirectory(dataDir)
  } finally {
    await rm(secret, { force: true })
    await rm(fresh, { recursive: true, force: true })
  }
}

async function removeUnfinished(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = Number(unfinished.exec(name)?.[1])
    if (Number.isInteger(pid) && (pid === process.pid || processIsAlive(pid))) continue
    if (unfinished.test(name)) await rm(join(dataDir, name), { recursive: true, force: true })
  }
}

export async function passwordOf(directory: string): Promise<string> {
  try {
    await readFile(join(directory, 'global', 'pg_control'))
    return (await readFile(join(directory, passwordFile), 'utf8')).trim()
  } catch (cause) {
    throw new StorageError(
      'embedded-not-a-cluster',
      `${directory} was not made by Tandem or is incomplete.`,
      { cause },
    )
  }
}

async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory for this.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
