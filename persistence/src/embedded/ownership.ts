import { Client } from 'pg'
import type { Environment } from '../environment.ts'
import { StorageError } from '../errors.ts'
import { assertDurable } from '../postgres/durability.ts'
import { superuser } from './cluster.ts'
import type { Host, Postmaster } from './postmaster.ts'

/**
 * The claim of one Tandem process on a running cluster: a session-level advisory lock.
 *
 * A lock file would need guesses about reused pids; a session ends with its process, whatever kills it.
 */
export interface Ownership {
  release(): Promise<void>
}

const lockKey = 7_426_001
const applicationPrefix = 'tandem-owner-'

export function connectionString(cluster: { password: string }, port: number, database: string): string {
  return `postgresql://${superuser}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

/** Claims the cluster; `onLost` is called once when the session ends by itself. `null`: this server cannot be talked to. */
export async function claim(host: Host, server: Postmaster, onLost: () => void): Promise<Ownership | null> {
  const client = new Client({
    connectionString: connectionString(host.cluster, server.port, 'postgres'),
    application_name: `${applicationPrefix}${process.pid}`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  let released = false
  const lost = (): void => {
    if (released) return
    released = true
    onLost()
  }
  // pg repeats the same loss as 'error' and 'end'.
  client.on('error', lost)
  client.on('end', lost)
  const release = async (): Promise<void> => {
    released = true
    await client.end().catch(() => {
      // The session may be gone already, and with it the lock: that is what was wanted.
    })
  }
  try {
    await client.connect()
    await takeLock(client, host)
    await assertDurable(client)
    await ensureDatabase(client)
    return { release }
  } catch (error) {
    const alreadyLost = released
    await release()
    if (error instanceof StorageError) throw error
    const code = (error as { code?: string }).code ?? ''
    if (code === '28P01' || code === '28000') {
      const detail = `The server ${server.pid} in ${host.cluster.directory} does not accept the stored password.`
      throw new StorageError('embedded-in-use', detail, { cause: error })
    }
    return alreadyLost || isConnectionTrouble(code) ? null : Promise.reject(error)
  }
}

const isConnectionTrouble = (code: string): boolean =>
  code === '' || code.startsWith('E') || code.startsWith('57P') || code.startsWith('08')

async function takeLock(
  client: Client,
  { cluster, environment }: { cluster: { directory: string }; environment: Environment },
): Promise<void> {
  // An owner that was just killed keeps its lock until PostgreSQL notices the closed socket.
  const deadline = environment.monotonicMs() + 3_000
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      lockKey,
    ])
    if (rows[0]?.locked === true) return
    if (environment.monotonicMs() > deadline) break
    await environment.sleep(25)
  }
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity JOIN pg_locks USING (pid)
     WHERE locktype = 'advisory' AND granted AND objid = $1`,
    [lockKey],
  )
  const owner = rows[0]?.name.slice(applicationPrefix.length) ?? 'unknown'
  throw new StorageError('embedded-in-use', `Process ${owner} uses the database in ${cluster.directory}.`)
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'tandem'`)
  if (rowCount === 0) await client.query('CREATE DATABASE tandem')
}
