import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import { Client } from 'pg'
import { reasonOf, StorageError } from '../errors.ts'

const directory = fileURLToPath(new URL('../migrations', import.meta.url))

export interface MigrateOptions {
  /** Run so many of those that are missing; left out: all of them. */
  readonly atMost?: number
  readonly log?: (line: string) => void
}

/**
 * Brings the database to the current schema.
 *
 * Repeating it does nothing; starts at the same time wait for each other; a failing migration leaves everything as it was.
 */
export async function migrate(connectionString: string, options: MigrateOptions = {}): Promise<void> {
  const log = options.log ?? (() => {})
  const client = new Client({
    connectionString,
    application_name: 'tandem-migrate',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', (error) => log(error.message))
  try {
    await client.connect()
  } catch (cause) {
    throw new StorageError('storage-unreachable', `No connection to the database: ${reasonOf(cause)}.`, {
      cause,
    })
  }
  try {
    await runner({
      dbClient: client,
      dir: directory,
      direction: 'up',
      migrationsTable: 'migrations',
      advisoryLockMode: 'wait',
      ...(options.atMost === undefined ? {} : { count: options.atMost }),
      logger: { info: log, warn: log, error: log, debug: () => {} },
    })
  } catch (cause) {
    throw new StorageError('migration-failed', `Migrating failed: ${reasonOf(cause)}.`, { cause })
  } finally {
    await client.end()
  }
}
