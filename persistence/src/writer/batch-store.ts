import type { Appended } from '../ports.ts'
import type { Batch, Entry } from './pending.ts'

/** What became of a batch. Only `stored` and `nothing-stored` are certain. */
export type WriteOutcome =
  /** `bases[i]` is the position before the first entry of list i; null: there is no such list. */
  | { readonly kind: 'stored'; readonly at: Date; readonly bases: readonly (number | null)[] }
  /** At least one of the updates is in the log already; nothing of this batch was stored. */
  | { readonly kind: 'duplicate' }
  /** At least one row can never be stored; nothing of this batch was stored. */
  | { readonly kind: 'rejected'; readonly error: unknown }
  /** Connection lost, timeout, disk full …: it may be stored or not, and a later try may work. */
  | { readonly kind: 'unavailable'; readonly error: unknown }

/** Where a group commit writes to. Methods reject only by mistake; expected failures are outcomes. */
export interface BatchStore {
  /** Stores all or nothing, in one statement. */
  write(batch: Batch, lane: number): Promise<WriteOutcome>
  /** Which of the entries the log holds. */
  find(entries: readonly Entry[], lane: number): Promise<Map<Entry, Appended> | { unavailable: unknown }>
  /** Gives up whatever runs on this lane: its outcome becomes `unavailable`. */
  abandon(lane: number): void
}
