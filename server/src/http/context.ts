import type { Directory, ListId, LogHealth, UserId } from '@tandem/persistence'
import type { Authenticate } from '../auth/identity.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/settings.ts'
import type { LifeCycle } from '../life-cycle.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** What the HTTP layer asks of open lists. */
export interface ListRooms {
  /** Gives the list's document its title unless it has one; safe to repeat. */
  seedTitle(listId: ListId, owner: UserId, title: string): Promise<void>
  /** Makes a changed role count on every open connection. */
  accessChanged(listId: ListId, userId: UserId): Promise<void>
  counts(): { readonly sockets: number; readonly openLists: number }
}

/** What the HTTP layer asks of storage besides the directory. */
export interface StorageState {
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  logHealth(): LogHealth
  busState(): 'connected' | 'disconnected'
  /** Lists with missing or unreadable rows, as counted in the last seconds; rejects when the database does not answer. */
  damagedLists(): Promise<number>
}

/** Everything the routes are made of. */
export interface HttpContext {
  readonly config: Config
  readonly directory: Directory
  readonly storage: StorageState
  readonly rooms: ListRooms
  readonly tokens: Tokens
  readonly authenticate: Authenticate
  readonly life: LifeCycle
  readonly metrics: Metrics
  readonly logger: Logger
  readonly clock: Clock
  /** Folder with the built web app; looked at on every request, so that a build needs no restart. */
  readonly webDir: string
}
