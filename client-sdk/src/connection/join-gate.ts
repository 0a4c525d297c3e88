/**
 * Lets a limited number of lists join at once, first come first served.
 *
 * Hocuspocus drops a socket that has too many documents waiting for their authentication (100 by default), and with it
 * every list on it; the client would come back after a second and be dropped again, for ever.
 */
export class JoinGate<T> {
  readonly #limit: number
  readonly #admit: (joiner: T) => void
  readonly #waiting = new Set<T>()
  readonly #inside = new Set<T>()
  readonly #isBlocked: (joiner: T) => boolean

  constructor(limit: number, admit: (joiner: T) => void, isBlocked: (joiner: T) => boolean) {
    this.#limit = limit
    this.#admit = admit
    this.#isBlocked = isBlocked
  }

  enter(joiner: T): void {
    this.#inside.delete(joiner)
    this.#waiting.add(joiner)
    this.pump()
  }

  /** The joiner is through, or gave up; either way its place is free. */
  leave(joiner: T): void {
    const wasKnown = this.#inside.delete(joiner) || this.#waiting.delete(joiner)
    if (wasKnown) this.pump()
  }

  clear(): void {
    this.#waiting.clear()
    this.#inside.clear()
  }

  pump(): void {
    for (const joiner of this.#waiting) {
      if (this.#inside.size >= this.#limit) return
      if (this.#isBlocked(joiner)) continue
      this.#waiting.delete(joiner)
      this.#inside.add(joiner)
      this.#admit(joiner)
    }
  }
}
