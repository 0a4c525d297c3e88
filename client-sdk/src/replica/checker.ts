import type { Environment } from '../connection/port.ts'

/** Quiet for this long, a copy is worth comparing. Together with the second look below it stays well under five seconds. */
const IDLE_MS = 2_000
const SECOND_LOOK_MS = 1_000
/** A copy that nobody touches is compared again from time to time. */
const ROUTINE_MS = 5 * 60_000
/** Repairs in a row without one clean comparison, after which trying again would only loop. */
const MAX_REPAIRS = 3

export type CheckVerdict = 'same' | 'different' | 'moved'

export interface CheckerHost {
  readonly environment: Environment
  /** Live, and nothing waits: only then do both ends claim to hold the same. */
  canCheck(): boolean
  ask(id: number): void
  diverged(): void
  gaveUp(): void
}

/**
 * Asks the server, whenever the list has been quiet for a moment, whether both hold the same content (E-15).
 *
 * "Different" counts only when it is said twice in a row: deletions do not move a state vector, so one that is just
 * under way looks like a difference.
 */
export class Checker {
  readonly #host: CheckerHost
  #cancel: (() => void) | null = null
  #asked = 0
  #different = 0
  #repairs = 0
  #closed = false

  constructor(host: CheckerHost) {
    this.#host = host
  }

  /** Something changed here or there. */
  activity(): void {
    this.#different = 0
    this.#arm(IDLE_MS)
  }

  answered(id: number, verdict: CheckVerdict): void {
    if (id !== this.#asked || this.#closed) return
    if (verdict === 'moved') {
      this.#arm(IDLE_MS)
      return
    }
    if (verdict === 'same') {
      this.#different = 0
      this.#repairs = 0
      this.#arm(ROUTINE_MS)
      return
    }
    this.#different += 1
    if (this.#different < 2) {
      this.#arm(SECOND_LOOK_MS)
      return
    }
    this.#different = 0
    this.#repairs += 1
    if (this.#repairs > MAX_REPAIRS) this.#host.gaveUp()
    else this.#host.diverged()
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
  }

  #arm(ms: number): void {
    if (this.#closed) return
    this.#cancel?.()
    this.#cancel = this.#host.environment.setTimer(() => {
      this.#cancel = null
      // Not now: the end of whatever is going on is activity and arms it again.
      if (!this.#host.canCheck()) return
      this.#asked += 1
      this.#host.ask(this.#asked)
    }, ms)
  }
}
