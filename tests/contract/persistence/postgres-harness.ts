import { openPostgresStorage, type Storage } from '@tandem/persistence'
import { freshDatabase, withClient } from '../../support/postgres.ts'
import { type TcpProxy, tcpProxy } from '../../support/proxy.ts'
import { until } from '../../support/until.ts'
import { adjustableClock } from './adjustable-clock.ts'
import type { StorageHarness } from './harness.ts'

export interface PostgresHarness extends StorageHarness {
  readonly url: string
  /** The network between a node and the database. */
  proxyOf(storage: Storage): TcpProxy
  sql<R extends object>(text: string, values?: unknown[]): Promise<R[]>
}

const flip = 'set_byte(data, 0, get_byte(data, 0) # 1)'

export async function postgresHarness(): Promise<PostgresHarness> {
  const database = await freshDatabase()
  const { hostname, port } = new URL(database.url)
  const clock = adjustableClock()
  const nodes = new Map<Storage, TcpProxy>()

  const sql = <R extends object>(text: string, values: unknown[] = []): Promise<R[]> =>
    withClient(database.url, async (client) => (await client.query<R>(text, values)).rows)
  const proxyOf = (storage: Storage): TcpProxy => {
    const proxy = nodes.get(storage)
    if (proxy === undefined) throw new Error('not a node of this harness')
    return proxy
  }

  return {
    url: database.url,
    sql,
    proxyOf,
    open: async (nodeId) => {
      const proxy = await tcpProxy({ host: hostname, port: Number(port) })
      const url = new URL(database.url)
      url.port = String(proxy.port)
      const storage = await openPostgresStorage({
        connectionString: url.href,
        maxConnections: 3,
        environment: clock.environment,
        ...(nodeId === undefined ? {} : { nodeId }),
      })
      nodes.set(storage, proxy)
      return storage
    },
    flipByteInUpdate: async (id, seq) => {
      await sql(`UPDATE list_updates SET data = ${flip} WHERE list_id = $1 AND seq = $2`, [id, seq])
    },
    removeUpdate: async (id, seq) => {
      await sql('DELETE FROM list_updates WHERE list_id = $1 AND seq = $2', [id, seq])
    },
    flipByteInSnapshot: async (id, seq) => {
      await sql(`UPDATE list_snapshots SET data = ${flip} WHERE list_id = $1 AND seq = $2`, [id, seq])
    },
    snapshotsOf: async (id) => {
      const rows = await sql<{ seq: number }>(
        'SELECT seq::int FROM list_snapshots WHERE list_id = $1 ORDER BY seq',
        [id],
      )
      return rows.map((row) => row.seq)
    },
    cutBus: async (storage) => {
      const proxy = proxyOf(storage)
      proxy.dropNewConnections(true)
      proxy.cut()
      await until(() => storage.bus.state() === 'disconnected', { what: 'the bus to notice' })
      return async () => proxy.dropNewConnections(false)
    },
    passTime: clock.pass,
    close: async () => {
      for (const [storage, proxy] of nodes) {
        await storage.close(5_000).catch(() => {
          // A test may have closed it, or left it unable to write.
        })
        await proxy.close()
      }
      await database.drop()
    },
  }
}
