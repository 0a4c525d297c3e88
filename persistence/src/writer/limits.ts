import type { BatchLimits } from './pending.ts'

export interface WriterLimits extends BatchLimits {
  /** Batches at the same time, never two with the same list. */
  readonly lanes: number
  /**
   * A batch starts at least this long after the one before: an update that comes after a pause goes out at once, a stream of them
   * gathers. 0: as soon as the one before is done.
   */
  readonly minIntervalMs: number
  /** An update larger than this is refused. */
  readonly maxUpdateBytes: number
  /** No answer for this long: `health()` says failing, the batch goes on. */
  readonly slowAfterMs: number
  /** No answer for this long: the connection is given up and the batch tried again. */
  readonly timeoutMs: number
  readonly firstRetryMs: number
  readonly lastRetryMs: number
}

/**
 * `lanes: 1` because a second batch in flight halves what a commit carries: more statements for the same updates, and the
 * processor is what runs out first. `minIntervalMs: 6` for the same reason: at 500 updates a second it
 * saves two statements in three, and costs an update under load at most those 6 ms. `slowAfterMs` and `timeoutMs` leave room for a database 10 s away (5 s each way).
 */
export const defaultLimits: WriterLimits = {
  lanes: 1,
  maxRows: 1_000,
  maxBytes: 4_000_000,
  minIntervalMs: 6,
  maxUpdateBytes: 16_000_000,
  slowAfterMs: 12_000,
  timeoutMs: 25_000,
  firstRetryMs: 25,
  lastRetryMs: 1_000,
}
