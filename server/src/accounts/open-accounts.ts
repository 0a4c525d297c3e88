import { openSchemaPool } from '@tandem/persistence'
import type { PostgresPool } from 'kysely'
import { deriveKeys } from '../auth/keys.ts'
import type { Config } from '../config/settings.ts'
import type { StopSequence } from '../stop-sequence.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Accounts } from './accounts.ts'
import { type AccountsDeps, createAccounts } from './create-accounts.ts'
import { createMail, type Mail } from './mail.ts'

/** Signing in is rare beside editing. */
const MOST_CONNECTIONS = 4

export interface OpenAccountsDeps extends Omit<AccountsDeps, 'pool' | 'mail'> {
  readonly connectionString: string
  readonly stop: StopSequence
  onError(error: unknown): void
}

/** Built-in accounts on their own connections, with mail when it is configured; leaves in `stop` how to close them. */
export function openAccounts({ stop, connectionString, onError, ...deps }: OpenAccountsDeps): Accounts {
  const { config, logger } = deps
  const pool = openSchemaPool({
    connectionString,
    schema: 'accounts',
    name: 'tandem-accounts',
    maxConnections: Math.min(MOST_CONNECTIONS, config.pgPool),
    onError,
  })
  stop.opened('accounts', () => pool.end())
  const mail = openMail(config, logger)
  if (mail !== null) stop.opened('mail', async () => mail.close())
  return createAccounts({
    ...deps,
    secret: deriveKeys(deps.secret).accounts,
    // Kysely's type wants cursors as well, which nothing here opens.
    pool: pool as unknown as PostgresPool,
    mail,
  })
}

function openMail({ smtpUrl, mailFrom, publicUrl }: Config, logger: Logger): Mail | null {
  if (smtpUrl === null) return null
  const host = publicUrl === null ? 'localhost' : new URL(publicUrl).hostname
  return createMail({ smtpUrl, from: mailFrom ?? `Tandem <tandem@${host}>`, logger })
}
