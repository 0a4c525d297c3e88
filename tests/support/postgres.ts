import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { TEMPLATE_DATABASE } from './global-setup.ts'
import { askShared } from './shared.ts'

export interface FreshDatabase {
  readonly url: string
  /**
   * Disconnects whoever is still there and lets nobody in again. The files go when the run's cluster does: DROP DATABASE
   * waits for a checkpoint of everything, seconds on a busy machine, once for every test.
   */
  drop(): Promise<void>
}

/**
 * A new, migrated database of its own on the run's real PostgreSQL (fsync on), which starts with the first call.
 * Nothing another test does can be seen in it.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const adminUrl = await askShared('cluster')
  const name = `t_${randomBytes(8).toString('hex')}`
  await withClient(adminUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`),
  )
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => {
      await withClient(adminUrl, async (client) => {
        await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
        await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
          name,
        ])
      })
    },
  }
}

/** One connection for one piece of work, closed whatever happens. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  // Dropping a database by force ends our idle connections too, which pg reports here and not to any promise.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
