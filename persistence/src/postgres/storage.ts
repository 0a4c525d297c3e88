import { randomUUID } from 'node:crypto'
import { type Environment, systemEnvironment } from '../environment.ts'
import { reasonOf, StorageError } from '../errors.ts'
import type { Storage, UpdateLog } from '../ports.ts'
import { createGroupCommit } from '../writer/group-commit.ts'
import { defaultLimits, type WriterLimits } from '../writer/limits.ts'
import { createAnswers } from './answers.ts'
import { createAudit } from './audit.ts'
import { createBatchStore } from './batch-store.ts'
import { openPostgresBus } from './bus.ts'
import { createCredentials } from './credentials.ts'
import { createDatabase } from './database.ts'
import { createDirectory } from './directory.ts'
import { assertDurable } from './durability.ts'
import { createGrants } from './grants.ts'
import { createInvitations } from './invitations.ts'
import { createLinks } from './links.ts'
import { createReader } from './reader.ts'
import { createSession } from './session.ts'
import { createSnapshots } from './snapshots.ts'
import { createTidy } from './tidy.ts'

export interface PostgresStorageOptions {
  /** A direct connection or a session-mode pooler: prepared statements and LISTEN do not work through others. */
  readonly connectionString: string
  /** Unique among the nodes of one database; made up when left out. */
  readonly nodeId?: string
  /** For everything but appends and the bus, which have connections of their own; default 8. */
  readonly maxConnections?: number
  /** Faults that no caller is told about, such as a lost bus connection that will be made again. */
  readonly onError?: (error: unknown) => void
  readonly environment?: Environment
  readonly limits?: Partial<WriterLimits>
}

/**
 * Opens the storage on a migrated database.
 *
 * Rejects `storage-unreachable` when the database does not answer, `not-durable` when it would acknowledge without writing. Once open
 * it outlives any outage.
 */
export async function openPostgresStorage(options: PostgresStorageOptions): Promise<Storage> {
  const {
    connectionString,
    nodeId = randomUUID(),
    environment = systemEnvironment,
    onError = () => {},
  } = options
  const limits = { ...defaultLimits, ...options.limits }
  await checkServer(connectionString)

  const name = `tandem-${nodeId}`
  const lanes = Array.from({ length: limits.lanes }, (_, lane) =>
    createSession({ connectionString, name: `tandem-writer-${lane}-${nodeId}` }),
  )
  const writer = createGroupCommit({ store: createBatchStore(lanes), environment, limits, onError })
  const database = createDatabase({
    connectionString,
    name,
    maxConnections: options.maxConnections ?? 8,
    onError,
  })
  const reader = createReader(database, onError)
  const bus = await openPostgresBus({ connectionString, nodeId, environment, onError })
  const log: UpdateLog = {
    append: writer.append,
    health: writer.health,
    onHealth: writer.onHealth,
    close: writer.close,
    ...reader,
  }

  let closed: Promise<void> | null = null
  const close = async (deadlineMs: number): Promise<void> => {
    try {
      await writer.close(deadlineMs)
    } finally {
      const ends = Promise.all([bus.close(), database.end(), ...lanes.map((lane) => lane.end())])
      // A goodbye to a dead network would take for ever, and nothing depends on it any more.
      await Promise.race([ends.catch(onError), environment.sleep(2_000)])
    }
  }
  return {
    log,
    snapshots: createSnapshots(database),
    directory: createDirectory(database, environment),
    grants: createGrants(database),
    invitations: createInvitations(database, environment),
    links: createLinks(database, environment),
    audit: createAudit(database),
    credentials: createCredentials(database, environment),
    answers: createAnswers(database, environment),
    bus,
    tidy: createTidy(database),
    ping: async () => {
      await database.query({ name: 'tandem-ping-1', text: 'SELECT 1', values: [] })
    },
    close: (deadlineMs) => {
      closed ??= close(deadlineMs)
      return closed
    },
  }
}

async function checkServer(connectionString: string): Promise<void> {
  const session = createSession({ connectionString, name: 'tandem-check' })
  try {
    await assertDurable({ query: (text) => session.query(text) })
  } catch (cause) {
    if (cause instanceof StorageError) throw cause
    const detail = `No connection to the database: ${reasonOf(cause)}.`
    throw new StorageError('storage-unreachable', detail, { cause })
  } finally {
    await session.end()
  }
}
