import type { QueryResult } from 'pg'
import { StorageError } from '../errors.ts'

interface Queryable {
  query(text: string): Promise<QueryResult<{ name: string }>>
}

/** Refuses a server that would acknowledge what a crash can take back. */
export async function assertDurable(client: Queryable): Promise<void> {
  // `local` waits for this server's own disk: durable, if not replicated.
  const { rows } = await client.query(
    `SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off'`,
  )
  const off = rows.map((row) => row.name)
  if (off.length > 0) throw new StorageError('not-durable', `PostgreSQL runs with ${off.join(' and ')} off.`)
}
