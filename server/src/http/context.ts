import type {
  Answers,
  Directory,
  ListId,
  LogHealth,
  Seq,
  Storage,
  UpdateLog,
  UserId,
} from '@tandem/persistence'
import type * as Y from 'yjs'
import type { Accounts } from '../accounts/accounts.ts'
import type { Mail } from '../accounts/mail.ts'
import type { Authenticate } from '../auth/identity.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/settings.ts'
import type { LifeCycle } from '../life-cycle.ts'
import type { HowRead } from '../room/openings.ts'
import type { Writer } from '../room/rights.ts'
import type { WriteOutcome } from '../room/server-write.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Limits } from './limits.ts'

/** What the HTTP layer asks of open lists. */
export interface ListRooms {
  /** Gives the list's document its title unless it has one; safe to repeat. */
  seedTitle(listId: ListId, owner: UserId, title: string): Promise<void>
  /**
   * A change through the gate and the log of the sockets; everybody who has the list open sees it under the same `seq`. `plan`
   * changes the copy it is given, keeps nothing of it, and rejects by throwing. With an `opId`, a UUID, the change is stored
   * once: a repeat answers with `seq` and `ops` of the first.
   */
  write(listId: ListId, writer: Writer, plan: (doc: Y.Doc) => void, opId?: string): Promise<WriteOutcome>
  /** An update as a client wrote it; the same one again changes nothing. */
  submit(listId: ListId, writer: Writer, update: Uint8Array): Promise<WriteOutcome>
  /** Looks at the list's document, which holds everything up to `upTo`; `look` must not change it. */
  read<T>(listId: ListId, look: (doc: Y.Doc, upTo: Seq) => T): Promise<T>
  /** Keeps the list in memory while `work` goes on, so that several reads and writes load it once. */
  hold<T>(listId: ListId, work: () => Promise<T>): Promise<T>
  /** Call when somebody was shown something of the list: it goes into the audit log. Does not wait for it. */
  noteReader(listId: ListId, userId: UserId, how?: HowRead): void
  /** Call after somebody's role, access or anonymity changed: their open connections follow, on all nodes. Never rejects. */
  accessChanged(listId: ListId, userId: UserId): Promise<void>
  /** Call after the list was deleted or restored, or a setting of it changed: everybody's connections follow. Never rejects. */
  listAccessChanged(listId: ListId): Promise<void>
  /** Closes what this person has open with the session that has ended (null: with any), on all nodes. Never rejects. */
  endSessions(userId: UserId, sessionId: string | null): Promise<void>
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
  readonly log: UpdateLog
  readonly answers: Answers
  /** Who may do what with which list, and how they came by it. */
  readonly people: Pick<Storage, 'grants' | 'invitations' | 'links' | 'audit' | 'credentials'>
  readonly storage: StorageState
  readonly rooms: ListRooms
  readonly tokens: Tokens
  readonly accounts: Accounts
  /** Null when no mail server is configured. */
  readonly mail: Mail | null
  readonly authenticate: Authenticate
  readonly limits: Limits
  readonly life: LifeCycle
  readonly metrics: Metrics
  readonly logger: Logger
  readonly clock: Clock
  /** Folder with the built web app; looked at on every request, so that a build needs no restart. */
  readonly webDir: string
}
