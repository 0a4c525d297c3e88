import pg from 'pg'

export interface SchemaPoolOptions {
  readonly connectionString: string
  /** Where unqualified names lead. */
  readonly schema: string
  readonly name: string
  readonly maxConnections: number
  readonly onError: (error: unknown) => void
}

/** Connections for a library that brings its own queries: they see the tables of one schema, and none of ours. */
export function openSchemaPool(options: SchemaPoolOptions): pg.Pool {
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
  return pool
}
