import type { Server } from 'node:http'
import type { ListId, Storage } from '@tandem/persistence'
import type { Accounts } from './accounts/accounts.ts'
import type { Mail } from './accounts/mail.ts'
import type { Authenticate } from './auth/identity.ts'
import type { Tokens } from './auth/tokens.ts'
import { listenFault } from './cli/faults.ts'
import { type Clock, within } from './clock.ts'
import type { Config } from './config/settings.ts'
import { startHousekeeping } from './housekeeping.ts'
import type { ListRooms } from './http/context.ts'
import { createHttp } from './http/server.ts'
import { createStorageState } from './http/storage-state.ts'
import type { LifeCycle } from './life-cycle.ts'
import type { StopSequence } from './stop-sequence.ts'
import type { Logger } from './telemetry/logger.ts'
import type { Metrics } from './telemetry/metrics.ts'
import type { TitleAt } from './titles.ts'

/** Open lists, as the app starts and stops them. */
export interface Rooms extends ListRooms {
  /** Answers WebSocket upgrades on this server. */
  attach(server: Server): void
  /** The title in the list's document as of a position in its log; null when it has none. Rejects when the list cannot be read. */
  readTitle(listId: ListId): Promise<TitleAt>
  /** Tells every socket to come back later and waits for edits in flight. */
  stop(deadlineMs: number): Promise<void>
}

export interface AppDeps {
  readonly config: Config
  readonly storage: Storage
  readonly rooms: Rooms
  readonly tokens: Tokens
  readonly accounts: Accounts
  readonly mail: Mail | null
  readonly authenticate: Authenticate
  readonly life: LifeCycle
  readonly metrics: Metrics
  readonly logger: Logger
  readonly clock: Clock
  readonly webDir: string
  readonly stop: StopSequence
}

/** Joins storage, open lists and HTTP, listens, and leaves in `stop` how to end it. Where it can be reached. */
export async function startApp(deps: AppDeps): Promise<{ url: string }> {
  const { config, storage, rooms, metrics, stop, clock } = deps
  const state = createStorageState(storage, { logger: deps.logger, clock })
  const http = await createHttp({
    ...deps,
    directory: storage.directory,
    log: storage.log,
    answers: storage.answers,
    people: storage,
    storage: state,
  })
  metrics.sample('tandem_sockets', () => rooms.counts().sockets)
  metrics.sample('tandem_open_lists', () => rooms.counts().openLists)
  metrics.sample('tandem_append_queue', () => storage.log.health().queued)
  metrics.sample('tandem_damaged_lists', () => state.lastDamagedLists())
  const stopHousekeeping = startHousekeeping({
    storage,
    accounts: deps.accounts,
    clock,
    logger: deps.logger,
    tokenDays: config.guestDays,
  })
  stop.opened('housekeeping', stopHousekeeping)
  rooms.attach(http.server)
  stop.opened('requests', async (remainingMs) => {
    const closed = http.close()
    if ((await within(clock, remainingMs / 2, closed)) !== 'late') return
    // Whoever still waits here waits for a database that does not answer; storage needs the rest of the time.
    http.server.closeAllConnections()
    await closed
  })
  // First to go, while the listener is still open: who comes meanwhile is told to try again, not left with a dead address.
  stop.opened('open lists', (remainingMs) => rooms.stop(remainingMs * 0.7))
  try {
    await http.listen({ host: config.host, port: config.port })
  } catch (error) {
    throw listenFault(error, `${config.host}:${config.port}`)
  }
  return { url: urlOf(http.server, config.host) }
}

/** Nobody can open "every address of this machine" in a browser. */
const WILDCARDS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

function urlOf(server: Server, configuredHost: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const host = WILDCARDS[configuredHost] ?? configuredHost
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
