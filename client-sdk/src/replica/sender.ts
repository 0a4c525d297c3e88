import type { Environment } from '../connection/port.ts'
import { mergedUpdates } from './handshake.ts'
import type { Ledger } from './ledger.ts'
import { MANY_EDITS } from './status.ts'

/** Edits made within this time of the last send travel together. The first one after a pause goes at once. */
const WINDOW_MS = 20
/** With many edits waiting, frames are fewer and larger. */
const BUSY_WINDOW_MS = 200
/** Far below the gate's limit of a million bytes, so that only a single oversized edit can ever reach it. */
const MAX_BATCH_BYTES = 200_000
/**
 * So many unanswered batches mean that server or network is slow: what comes meanwhile is joined. Few, because the server commits one
 * batch of a connection after the other: with 32, edits of five seconds took two and a half minutes where a commit takes five seconds.
 */
const MAX_IN_FLIGHT = 4

export interface SenderHost {
  readonly ledger: Ledger
  readonly environment: Environment
  /** False while the channel is not live or a repair is under way. */
  canSend(): boolean
  outgoing(update: Uint8Array, after: number, upTo: number): void
}

/**
 * Decides when waiting edits leave, and how many together.
 *
 * After a refusal it is careful: one batch at a time, half as large as the refused one, so that the edit at fault is
 * found alone in a few rounds and all others are saved on the way. Every accepted batch doubles the next.
 */
export class Sender {
  readonly #host: SenderHost
  #maxEdits = Number.POSITIVE_INFINITY
  #lastSentAt = Number.NEGATIVE_INFINITY
  #isScheduled = false
  #cancel: (() => void) | null = null

  constructor(host: SenderHost) {
    this.#host = host
  }

  get isCareful(): boolean {
    return this.#maxEdits !== Number.POSITIVE_INFINITY
  }

  /** Something may be ready to go. Cheap, and safe to call at any time. */
  wake(): void {
    if (this.#isScheduled || !this.#host.canSend()) return
    const { environment, ledger } = this.#host
    this.#isScheduled = true
    const window = ledger.size > MANY_EDITS ? BUSY_WINDOW_MS : WINDOW_MS
    // At most the window, or a clock that was set back an hour would hold every edit back for an hour.
    const wait = Math.min(this.#lastSentAt + window - environment.now(), window)
    if (wait > 0) this.#cancel = environment.setTimer(() => this.flush(), wait)
    // Not in the same tick: what one handler does in several calls becomes one frame.
    else queueMicrotask(() => this.flush())
  }

  flush(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#isScheduled = false
    while (this.#host.canSend() && this.#host.ledger.inFlight < (this.isCareful ? 1 : MAX_IN_FLIGHT)) {
      const now = this.#host.environment.now()
      const batch = this.#host.ledger.take({ maxEdits: this.#maxEdits, maxBytes: MAX_BATCH_BYTES, now })
      if (batch === null) return
      this.#lastSentAt = now
      const [first] = batch.edits
      const update =
        batch.edits.length === 1 && first !== undefined
          ? first.update
          : mergedUpdates(batch.edits.map((edit) => edit.update))
      this.#host.outgoing(update, batch.after, batch.upTo)
    }
  }

  /** A batch of `edits` edits was refused as a whole. */
  narrow(edits: number): void {
    this.#maxEdits = Math.max(1, Math.ceil(edits / 2))
  }

  /** A batch was accepted; `waiting` edits are left. */
  accepted(waiting: number): void {
    if (!this.isCareful) return
    this.#maxEdits = waiting === 0 ? Number.POSITIVE_INFINITY : this.#maxEdits * 2
  }

  close(): void {
    this.#cancel?.()
    this.#isScheduled = true
  }
}
