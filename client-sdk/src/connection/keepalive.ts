import type { Environment } from './port.ts'

/** Something must cross at least this often: Hocuspocus closes a socket after 60 s without a frame. */
export const QUIET_MS = 20_000
/** No answer to a keepalive for this long, and the connection is dead: 35 s after the last sign of life. */
export const ANSWER_MS = 15_000
/** The server has said that it cannot write, so its answers are late for a reason; a reconnect would not help. */
export const PATIENT_ANSWER_MS = 120_000
/** When a person has just come back to the page, they should not look at a dead connection for long. */
export const PROBE_ANSWER_MS = 8_000

/**
 * Finds out that a connection is dead although nobody closed it: a phone that changed networks, a laptop that slept.
 *
 * Believes only frames, never `navigator.onLine`, which means "has some network" and not "reaches the server". A missing
 * answer counts, and not mere silence: hidden tabs get their timers once a minute, and silence since the last tick proves nothing.
 */
export class Keepalive {
  readonly #environment: Environment
  /** Sends a frame that the server must answer; false when there is none to send. */
  readonly #sendPing: () => boolean
  readonly #dead: () => void
  readonly #isPatient: () => boolean
  #sentAtMs = 0
  #receivedAtMs = 0
  #pingedAtMs: number | null = null
  #answerMs = ANSWER_MS
  #stopTimer: (() => void) | null = null

  constructor(o: { environment: Environment; sendPing(): boolean; dead(): void; isPatient(): boolean }) {
    this.#environment = o.environment
    this.#sendPing = o.sendPing
    this.#dead = o.dead
    this.#isPatient = o.isPatient
  }

  start(): void {
    this.#sentAtMs = this.#environment.now()
    this.#receivedAtMs = this.#sentAtMs
    this.#pingedAtMs = null
    this.#schedule(QUIET_MS)
  }

  stop(): void {
    this.#stopTimer?.()
    this.#stopTimer = null
  }

  sent(): void {
    this.#sentAtMs = this.#environment.now()
  }

  received(): void {
    this.#receivedAtMs = this.#environment.now()
    this.#pingedAtMs = null
  }

  /** Find out now. */
  probe(): void {
    if (this.#stopTimer === null || this.#environment.now() - this.#receivedAtMs < 1_000) return
    if (this.#pingedAtMs !== null || !this.#ping(PROBE_ANSWER_MS)) return
    this.#schedule(PROBE_ANSWER_MS)
  }

  #check(): void {
    const now = this.#environment.now()
    this.#forgetFuture(now)
    if (this.#pingedAtMs !== null) {
      const limitMs = this.#isPatient() ? PATIENT_ANSWER_MS : this.#answerMs
      const leftMs = this.#pingedAtMs + limitMs - now
      if (leftMs <= 0) {
        this.#dead()
        return
      }
      // The answer may take long, and the server still wants a frame a minute.
      if (now - this.#sentAtMs >= QUIET_MS) this.#sendPing()
      this.#schedule(Math.min(leftMs, QUIET_MS))
      return
    }
    const quietSinceMs = Math.min(this.#sentAtMs, this.#receivedAtMs)
    const untilPingMs = quietSinceMs + QUIET_MS - now
    if (untilPingMs > 0) {
      this.#schedule(untilPingMs)
      return
    }
    if (this.#ping(ANSWER_MS)) {
      this.#schedule(ANSWER_MS)
      return
    }
    // Nothing can be asked while no list is open yet; then the handshakes themselves are what is unanswered.
    const leftMs = this.#receivedAtMs + QUIET_MS + ANSWER_MS - now
    if (leftMs <= 0) {
      this.#dead()
      return
    }
    this.#schedule(Math.min(leftMs, QUIET_MS))
  }

  /** The clock was set back. What it said is of no use any more, so ask, or wait for the answer from now on. */
  #forgetFuture(now: number): void {
    if (this.#sentAtMs > now) this.#sentAtMs = now - QUIET_MS
    if (this.#receivedAtMs > now) this.#receivedAtMs = now - QUIET_MS
    if (this.#pingedAtMs !== null && this.#pingedAtMs > now) this.#pingedAtMs = now
  }

  #ping(answerMs: number): boolean {
    // Noted first: an answer may arrive before this returns when both ends share one thread.
    this.#pingedAtMs = this.#environment.now()
    this.#answerMs = answerMs
    if (this.#sendPing()) return true
    this.#pingedAtMs = null
    return false
  }

  #schedule(ms: number): void {
    this.#stopTimer?.()
    this.#stopTimer = this.#environment.setTimer(() => this.#check(), ms)
  }
}
