import pg, { type QueryResult, type QueryResultRow } from 'pg'
import { reasonOf, StorageError } from '../errors.ts'
import { sqlState } from './failure.ts'

export interface Statement {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

/** What takes a statement: the pool, or one transaction on it. */
export interface Queryable {
  query<R extends QueryResultRow>(statement: Statement): Promise<QueryResult<R>>
}

/** Everything but appends and the bus: short statements on a pool of connections. */
export interface Database extends Queryable {
  /** Commits what `work` did when it resolves, undoes all of it when it rejects. READ COMMITTED: each statement sees what others committed. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>
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
    // Enforced by the server: a transaction whose node fell silent must not keep its list locked, and appends waiting.
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  })
  // Idle connections that end are replaced by the pool; without a listener the process would end.
  pool.on('error', onError)

  const inTransaction = async <T>(work: (transaction: Queryable) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    // A connection lost between two statements is reported here, and again by the next statement.
    client.on('error', onError)
    let broken = false
    try {
      await client.query('BEGIN')
      const result = await work({
        query: <R extends QueryResultRow>(s: Statement) => client.query<R>({ ...s }),
      })
      await client.query('COMMIT')
      return result
    } catch (error) {
      // What cannot be undone is undone by the database when the connection ends.
      await client.query('ROLLBACK').catch(() => {
        broken = true
      })
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  return {
    query: <R extends QueryResultRow>(s: Statement) => translating(() => pool.query<R>({ ...s })),
    transaction: (work) => translating(() => inTransaction(work)),
    end: () => pool.end(),
  }
}

async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translated(error)
  }
}

export function translated(error: unknown): unknown {
  if (error instanceof StorageError) return error
  const state = sqlState(error)
  const unreachable =
    state === '' || state.startsWith('08') || state.startsWith('57P') || state.startsWith('53')
  if (!unreachable) return error
  return new StorageError('storage-unreachable', `The database does not answer: ${reasonOf(error)}.`, {
    cause: error,
  })
}
