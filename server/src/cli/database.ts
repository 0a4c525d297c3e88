import { embeddedState, startEmbeddedPostgres } from '@tandem/persistence'
import type { Config } from '../config/settings.ts'
import { TandemError } from '../errors.ts'
import type { StopSequence } from '../stop-sequence.ts'
import type { Logger } from '../telemetry/logger.ts'

interface DatabaseDeps {
  readonly config: Config
  readonly logger: Logger
  readonly stop: StopSequence
}

/** The database a server works on: `DATABASE_URL`, or the embedded one, started and held by this process. */
export async function ownDatabase(deps: DatabaseDeps): Promise<string> {
  return deps.config.databaseUrl ?? (await startEmbedded(deps))
}

/**
 * The database for a command that only looks: the one a running server holds, or else the embedded one, started for
 * the time being. Never makes a new one, because an empty answer would look like lost data.
 */
export async function existingDatabase(deps: DatabaseDeps): Promise<string> {
  const { databaseUrl, dataDir } = deps.config
  if (databaseUrl !== null) return databaseUrl
  const found = await embeddedState(dataDir)
  if (found.state === 'absent') {
    throw new TandemError('no-data', `There is no database in ${dataDir}, and DATABASE_URL is not set.`)
  }
  return found.state === 'running' ? found.connectionString : startEmbedded(deps)
}

async function startEmbedded({ config, logger, stop }: DatabaseDeps): Promise<string> {
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (line) => logger.debug({ line }, 'postgres.line'),
  })
  stop.opened('embedded PostgreSQL', () => postgres.stop())
  return postgres.connectionString()
}
