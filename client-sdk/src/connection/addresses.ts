import { formatAddress } from '../protocol/frame-types.ts'
import type { Environment } from './port.ts'

const GOODBYE_TIMEOUT_MS = 5_000

/**
 * Where the lists of one socket live: a list's first join uses its id, each further join on the same socket a session of its own.
 *
 * Hocuspocus goes on answering frames of a document it has closed. On the same address such a late answer could be taken for
 * the answer to an edit sent after rejoining, and an edit would count as saved that is not. The first join stays
 * without a session because the server encodes a broadcast once for all clients with the same address.
 */
export class Addresses {
  readonly #environment: Environment
  readonly #changed: () => void
  readonly #sessions = new Map<string, number>()
  readonly #leaving = new Map<string, { readonly address: string; stopTimer(): void }>()

  constructor(environment: Environment, changed: () => void) {
    this.#environment = environment
    this.#changed = changed
  }

  next(listId: string): string {
    const session = this.#sessions.get(listId) ?? 0
    this.#sessions.set(listId, session + 1)
    return formatAddress(listId, session)
  }

  /**
   * Until the server has said goodbye too, it would hand a new join's frames to the connection that is ending
   * (it falls back to the bare list id), and nobody would answer them.
   */
  isLeaving(listId: string): boolean {
    return this.#leaving.has(listId)
  }

  leaving(listId: string, address: string): void {
    this.#leaving.get(listId)?.stopTimer()
    const stopTimer = this.#environment.setTimer(() => this.gone(listId, address), GOODBYE_TIMEOUT_MS)
    this.#leaving.set(listId, { address, stopTimer })
  }

  gone(listId: string, address: string): void {
    const leaving = this.#leaving.get(listId)
    if (leaving?.address !== address) return
    leaving.stopTimer()
    this.#leaving.delete(listId)
    this.#changed()
  }

  /** Another socket starts from nothing. */
  clear(): void {
    for (const { stopTimer } of this.#leaving.values()) stopTimer()
    this.#leaving.clear()
    this.#sessions.clear()
  }
}
