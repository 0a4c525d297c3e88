import * as Y from 'yjs'

/**
 * How far the client's copy is, as far as one can tell who only carries its frames: what it said it had, and what it was given since.
 *
 * Too little is harmless: the server sends something twice.
 */
export class Seen {
  #clocks = new Map<number, number>()
  #last: Uint8Array = new Uint8Array()
  #seq: number | null = null

  /** Up to where the server's log is in what it was given; null: it was given nothing yet. */
  get seq(): number | null {
    return this.#seq
  }

  startFrom(stateVector: Uint8Array): void {
    this.#clocks = decoded(stateVector)
    this.#last = new Uint8Array()
    this.#seq = null
  }

  /** The server's whole answer up to `seq`. False when it says what was said already: the server names all deletions each time. */
  add(update: Uint8Array, seq: number | null): boolean {
    this.#seq = seq
    if (update.length <= 2 || isSame(update, this.#last)) return false
    this.#last = update
    for (const [client, clock] of Y.parseUpdateMeta(update).to) {
      this.#clocks.set(client, Math.max(clock, this.#clocks.get(client) ?? 0))
    }
    return true
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#clocks)
  }
}

function decoded(stateVector: Uint8Array): Map<number, number> {
  try {
    return Y.decodeStateVector(stateVector)
  } catch {
    // Nobody but our own client says it; without it the server sends everything, which is right too.
    return new Map()
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
