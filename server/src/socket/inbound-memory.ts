import type { SyncClock } from '../room/deps.ts'

/** A socket as far as reading from it goes. */
export interface Reader {
  stopReading(): void
  mayReadAgain(): void
}

/** Each may bring as much as fits into its socket's buffer before it is stopped again. */
const READERS_AT_ONCE = 64
const PAUSE_MS = 5

/**
 * What all sockets together have sent and nobody has processed yet.
 *
 * Each socket has a limit of its own, and ten thousand of these are more than a process has: while the database is away
 * everybody's edits wait here. Nobody is cut off for it; nothing is read any more, which TCP passes on to the clients.
 *
 * INVARIANTS
 * - Above the limit nobody is read; below half of it those who have waited longest are read first, a few at a time.
 * - Whoever was stopped is read again as soon as there is room, whether others go on sending or not.
 */
export class InboundMemory {
  private readonly maxBytes: number
  private readonly clock: SyncClock
  private readonly readers = new Set<Reader>()
  /** In the order in which they were stopped. */
  private readonly stopped = new Set<Reader>()
  private bytes = 0
  private isScheduled = false

  constructor(maxBytes: number, clock: SyncClock) {
    this.maxBytes = maxBytes
    this.clock = clock
  }

  get waitingBytes(): number {
    return this.bytes
  }

  add(reader: Reader): void {
    this.readers.add(reader)
  }

  remove(reader: Reader): void {
    this.readers.delete(reader)
    this.stopped.delete(reader)
  }

  /** `bytes` is less than 0 for what no longer waits. */
  changed(bytes: number): void {
    this.bytes += bytes
    if (bytes > 0 && this.bytes > this.maxBytes) this.stopAll()
    else if (bytes < 0) this.letIn()
  }

  private stopAll(): void {
    if (this.stopped.size === this.readers.size) return
    for (const reader of this.readers) {
      if (this.stopped.has(reader)) continue
      this.stopped.add(reader)
      reader.stopReading()
    }
  }

  private letIn(): void {
    if (this.isScheduled || this.stopped.size === 0 || this.bytes > this.maxBytes / 2) return
    let places = READERS_AT_ONCE
    for (const reader of this.stopped) {
      if (places === 0) break
      places -= 1
      this.stopped.delete(reader)
      reader.mayReadAgain()
    }
    if (this.stopped.size === 0) return
    // Not only when something else was processed: those who were let in may have nothing to say.
    this.isScheduled = true
    this.clock.setTimer(() => {
      this.isScheduled = false
      this.letIn()
    }, PAUSE_MS)
  }
}
