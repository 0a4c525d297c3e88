import pg, { type QueryResult, type QueryResultRow } from 'pg'
import { reasonOf, StorageError } from '../errors.ts'
import { sqlState } from './failure.ts'

/** Everything but appends and the bus: short statements on a pool of connections. */
export interface Database {
  query<R extends QueryResultRow>(query: {
    name: string
    text: string
    values: unknown[]
  }): Promise<QueryResult<R>>
  end(): Promise<void>
}

export interface DatabaseOptions {
  readonly connectionString: string
  readonly name: string
  readonly maxConnections: number
  readonly onError: (error: unknown) => void
}

export function createDatabase({
  connectionString,
  name,
  maxConnections,
  onError,
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString,
    application_name: name,
    max: maxConnections,
    connectionTimeoutMillis: 45_000,
    // A connection that went silent must not hold a reader for ever; 30 s leaves room for a database 5 s away.
    query_timeout: 30_000,
    statement_timeout: 60_000,
    keepAlive: true,
  })
  // Idle connections that end are replaced by the pool; without a listener the process would end.
  pool.on('error', onError)
  return {
    query: async <R extends QueryResultRow>(query: { name: string; text: string; values: unknown[] }) => {
      try {
        return await pool.query<R>(query)
      } catch (error) {
        throw translated(error)
      }
    },
    end: () => pool.end(),
  }
}

function translated(error: unknown): unknown {
  const state = sqlState(error)
  const unreachable =
    state === '' || state.startsWith('08') || state.startsWith('57P') || state.startsWith('53')
  if (!unreachable) return error
  return new StorageError('storage-unreachable', `The database does not answer: ${reasonOf(error)}.`, {
    cause: error,
  })
}
