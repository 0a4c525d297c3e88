import { openSchemaPool } from '@tandem/persistence'
import type { PostgresPool } from 'kysely'
import { deriveKeys } from '../auth/keys.ts'
import type { StopSequence } from '../stop-sequence.ts'
import type { Accounts } from './accounts.ts'
import { type AccountsDeps, createAccounts } from './create-accounts.ts'

/** Signing in is rare beside editing. */
const MOST_CONNECTIONS = 4

export interface OpenAccountsDeps extends Omit<AccountsDeps, 'pool'> {
  readonly connectionString: string
  readonly stop: StopSequence
  onError(error: unknown): void
}

/** Built-in accounts on their own connections; leaves in `stop` how to close them. */
export function openAccounts({ stop, connectionString, onError, ...deps }: OpenAccountsDeps): Accounts {
  const pool = openSchemaPool({
    connectionString,
    schema: 'accounts',
    name: 'tandem-accounts',
    maxConnections: Math.min(MOST_CONNECTIONS, deps.config.pgPool),
    onError,
  })
  stop.opened('accounts', () => pool.end())
  return createAccounts({
    ...deps,
    secret: deriveKeys(deps.secret).accounts,
    // Kysely's type wants cursors as well, which nothing here opens.
    pool: pool as unknown as PostgresPool,
  })
}
