import type { Collided, ServerMessage } from '../protocol/messages.ts'

export interface MissedHost {
  /** Up to where collisions were told on this device in earlier sessions; null: it never asked. Read late: the device may be slow. */
  earlier(): number | null
  ask(after: number | null): void
  /** `wereMissed`: they happened some time ago, and may have been settled since. */
  heard(collisions: readonly Collided[], wereMissed: boolean): void
}

/**
 * Asks the server, each time the list is joined, what collided while this device was away, and remembers how far it has been told.
 *
 * A value that gave way is in no document, so that no amount of syncing brings it: the server's log has it.
 */
export class Missed {
  readonly #host: MissedHost
  #position: number | null = null
  #isAnswered = false

  constructor(host: MissedHost) {
    this.#host = host
  }

  get position(): number | null {
    return this.#position
  }

  joined(): void {
    this.#isAnswered = false
    this.#position ??= this.#host.earlier()
    this.#host.ask(this.#position)
  }

  hear(message: ServerMessage): void {
    if (message.type === 'collisions') {
      this.#host.heard(message.collisions, false)
      // Not before the answer: what it is about lies further back.
      if (this.#isAnswered) this.#advance(message.seq)
    } else if (message.type === 'missed-collisions') {
      this.#host.heard(message.collisions, true)
      this.#isAnswered = true
      this.#advance(message.upTo)
    }
  }

  #advance(to: number): void {
    this.#position = Math.max(this.#position ?? 0, to)
  }
}
