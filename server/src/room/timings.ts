import type { SyncMetrics } from './deps.ts'

/**
 * How long edits take, measured once a turn of the event loop and not once an edit: what commits together is delivered
 * together, and a histogram costs as much as judging an edit.
 */
export class Timings {
  private readonly metrics: SyncMetrics
  private readonly elapsedMs: () => number
  /** The oldest of this turn; the others were faster. */
  private appendedMs = 0
  private committedAtMs = Number.POSITIVE_INFINITY
  private isScheduled = false

  constructor(metrics: SyncMetrics, elapsedMs: () => number) {
    this.metrics = metrics
    this.elapsedMs = elapsedMs
  }

  appended(ms: number): void {
    this.appendedMs = Math.max(this.appendedMs, ms)
    this.schedule()
  }

  delivered(committedAtMs: number): void {
    this.committedAtMs = Math.min(this.committedAtMs, committedAtMs)
    this.schedule()
  }

  private schedule(): void {
    if (this.isScheduled) return
    this.isScheduled = true
    // Broadcasts leave at the end of a turn. Scheduled before the first of them, this still runs behind them all: it
    // schedules itself once more.
    setImmediate(() => setImmediate(() => this.flush()))
  }

  private flush(): void {
    this.isScheduled = false
    if (this.appendedMs > 0) this.metrics.observe('tandem_append_seconds', this.appendedMs / 1000)
    if (this.committedAtMs < Number.POSITIVE_INFINITY) {
      const ms = this.elapsedMs() - this.committedAtMs
      this.metrics.observe('tandem_commit_to_delivery_seconds', ms / 1000)
    }
    this.appendedMs = 0
    this.committedAtMs = Number.POSITIVE_INFINITY
  }
}
