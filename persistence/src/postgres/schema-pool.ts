import pg from 'pg'
import { StorageError } from '../errors.ts'
import { translated } from './database.ts'

/** What query builders need of a pool. */
export interface SchemaPool {
  connect(): Promise<SchemaConnection>
  end(): Promise<void>
  readonly options: object
}

export interface SchemaConnection {
  query(text: string, values: readonly unknown[]): Promise<pg.QueryResult>
  release(destroy?: boolean): void
}

export interface SchemaPoolOptions {
  readonly connectionString: string
  /** Where unqualified names lead. */
  readonly schema: string
  readonly name: string
  readonly maxConnections: number
  readonly onError: (error: unknown) => void
}

/**
 * Connections for a library that brings its own queries: they see the tables of one schema, and none of ours.
 *
 * Rejects `storage-unreachable` as everything else here does, when the database does not answer.
 */
export function openSchemaPool(options: SchemaPoolOptions): SchemaPool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: options.name,
    max: options.maxConnections,
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000,
    keepAlive: true,
    // Not as a startup parameter: poolers between us and the database refuse those.
    onConnect: async (client) => {
      await client.query(`SET search_path TO ${pg.escapeIdentifier(options.schema)}`)
    },
  })
  // Idle connections that end are replaced by the pool; without a listener the process would end.
  pool.on('error', options.onError)
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(unreachable)
      let isLost = false
      const notice = (): void => {
        isLost = true
      }
      client.on('error', notice)
      return {
        query: (text, values) =>
          client.query(text, [...values]).catch((error: unknown) => {
            throw translated(error)
          }),
        release(destroy) {
          client.off('error', notice)
          client.release(isLost || destroy === true)
        },
      }
    },
  }
}

/** Whatever keeps a connection from being made, a refused login too, is the database's state and passes. */
function unreachable(cause: unknown): never {
  throw new StorageError('storage-unreachable', 'No connection to the database.', { cause })
}
