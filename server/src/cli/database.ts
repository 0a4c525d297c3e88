import { type EmbeddedState, embeddedState, startEmbeddedPostgres } from '@tandem/persistence'
import type { Config } from '../config/settings.ts'
import { prepareDataDir } from '../data-dir.ts'
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

/** The database to migrate: like a server's own, or the one a running server holds. */
export async function anyDatabase(deps: DatabaseDeps): Promise<string> {
  const found = await findEmbedded(deps)
  return found?.state === 'running' ? found.connectionString : ownDatabase(deps)
}

/**
 * The database for a command that only looks: the one a running server holds, or else the embedded one, started for
 * the time being. Never makes a new one, because an empty answer would look like lost data.
 */
export async function existingDatabase(deps: DatabaseDeps): Promise<string> {
  const found = await findEmbedded(deps)
  if (found?.state === 'absent') {
    const { dataDir } = deps.config
    throw new TandemError('no-data', `There is no database in ${dataDir}, and DATABASE_URL is not set.`)
  }
  return found?.state === 'running' ? found.connectionString : ownDatabase(deps)
}

/** Null when the database is not embedded. */
async function findEmbedded({ config }: DatabaseDeps): Promise<EmbeddedState | null> {
  return config.databaseUrl === null ? embeddedState(config.dataDir) : null
}

async function startEmbedded({ config, logger, stop }: DatabaseDeps): Promise<string> {
  await prepareDataDir(config.dataDir)
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (line) => logger.debug({ line }, 'postgres.line'),
  })
  stop.opened('embedded PostgreSQL', () => postgres.stop())
  return postgres.connectionString()
}
