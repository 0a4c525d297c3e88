import * as Y from 'yjs'
import { splitUpdate } from './split-update.ts'

/** Updates above this are sent in pieces, so that a long paste does not hold up every other list of the socket. */
export const MAX_PIECE_BYTES = 100_000

interface Held {
  readonly updates: Uint8Array[]
  readonly after: number
  upTo: number
}

/**
 * Holds edits while the socket or the server cannot keep up, and lets them go as one batch.
 *
 * Memory stays bounded by what was typed, not by how often: a thousand waiting updates leave as one.
 */
export class Outbox {
  #held: Held | null = null

  get isEmpty(): boolean {
    return this.#held === null
  }

  hold(update: Uint8Array, after: number, upTo: number): void {
    if (this.#held === null) {
      this.#held = { updates: [update], after, upTo }
      return
    }
    this.#held.updates.push(update)
    this.#held.upTo = Math.max(this.#held.upTo, upTo)
  }

  take(): { update: Uint8Array; after: number; upTo: number } | null {
    const held = this.#held
    if (held === null) return null
    this.#held = null
    const [only] = held.updates
    const update = held.updates.length === 1 && only !== undefined ? only : Y.mergeUpdates(held.updates)
    return { update, after: held.after, upTo: held.upTo }
  }

  /** The next handshake carries all of it. */
  clear(): void {
    this.#held = null
  }
}

export function piecesOf(update: Uint8Array): Uint8Array[] {
  return splitUpdate(update, MAX_PIECE_BYTES)
}
