import type { IncomingMessage } from 'node:http'
import type { Extension } from '@hocuspocus/server'
import type { ListId, Storage, UserId } from '@tandem/persistence'
import type * as Y from 'yjs'
import type { JudgeContext } from '../gate/judge.ts'
import type { Actor, GateLimits, Verdict } from '../gate/verdict.ts'
import type { SocketLimits } from '../socket/limits.ts'
import type { RoomLimits } from './limits.ts'

/** What the sync core is built from. Everything outside it comes in here, so that tests own time, storage and identity. */
export interface HubDeps {
  readonly storage: Storage
  readonly authenticate: Authenticate
  readonly judge: Judge
  readonly limits: GateLimits & SocketLimits & RoomLimits
  readonly clock: SyncClock
  readonly logger: SyncLogger
  readonly metrics: SyncMetrics
  /** Where on the network an upgrade comes from, for counting; the other end of the connection when left out. */
  readonly placeOf?: (request: IncomingMessage) => string
  /** Further Hocuspocus extensions; one that throws is contained and counted. */
  readonly extensions?: readonly Extension[]
}

/** Rejects only when it cannot be known who bears the token just now; the client is then asked to come back. */
export type Authenticate = (token: string) => Promise<
  | {
      readonly ok: true
      readonly userId: UserId
      readonly name: string
      /** The session the token belongs to; null or absent when it belongs to none. */
      readonly sessionId?: string | null
      /** Milliseconds since 1970. */
      readonly expiresAt?: number
    }
  | { readonly ok: false; readonly reason: string }
>

/** The gate: synchronous, never throws for bad input, reads `document` and changes nothing. */
export type Judge = (
  update: Uint8Array,
  document: Y.Doc,
  actor: Actor,
  limits: GateLimits,
  context: JudgeContext,
) => Verdict

/** INVARIANTS: a timer whose cancel function was called never runs; timers do not keep the process alive. */
export interface SyncClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds since some fixed moment, for measuring; without it `now` is used. */
  elapsedMs?(): number
  setTimer(run: () => void, delayMs: number): () => void
}

/** The event's name comes last, as pino takes a message; fields carry ids, counts and durations, never item text. */
export interface SyncLogger {
  debug(fields: object, event: SyncEvent): void
  info(fields: object, event: SyncEvent): void
  warn(fields: object, event: SyncEvent): void
  error(fields: object, event: SyncEvent): void
}

export type SyncEvent =
  | 'socket.opened'
  | 'socket.closed'
  | 'socket.refused'
  | 'socket.error'
  | 'auth.refused'
  | 'list.opened'
  | 'list.closed'
  | 'collisions.unread'
  | 'list.load-failed'
  | 'list.damaged'
  | 'list.diverged'
  | 'list.resync'
  | 'list.compacted'
  | 'list.compaction-failed'
  | 'edit.refused'
  | 'edit.failed'
  | 'access.changed'
  | 'access.failed'
  | 'audit.failed'
  | 'hook.failed'
  | 'bus.gap'
  | 'bus.failed'

/** What the core counts and measures; histograms take seconds. Must never throw. */
export interface SyncMetrics {
  count(name: SyncCounter, labels?: Readonly<Record<string, string>>, by?: number): void
  observe(name: SyncHistogram, seconds: number): void
}

export type SyncCounter =
  | 'tandem_edits_accepted_total'
  | 'tandem_edits_known_total'
  /** Label `code`. */
  | 'tandem_edits_refused_total'
  /** Label `code`. */
  | 'tandem_sockets_refused_total'
  | 'tandem_divergence_total'
  /** Label `hook`. */
  | 'tandem_hook_errors_total'
  /** Label `outcome`: written, superseded, failed. */
  | 'tandem_snapshots_total'
  /** Label `cause`. */
  | 'tandem_catch_ups_total'

export type SyncHistogram =
  | 'tandem_append_seconds'
  | 'tandem_commit_to_delivery_seconds'
  | 'tandem_load_seconds'

/** Document names come from clients: only the canonical spelling of a UUID may become one. */
export function isListId(value: string): value is ListId {
  return LIST_ID.test(value)
}

// Lower case only: PostgreSQL reads both spellings as one id, and two rooms of one list would overtake each other.
const LIST_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
