import type { ListId } from '@tandem/persistence'
import * as Y from 'yjs'

interface WriterId {
  readonly clientId: number
  /** Up to here this id has been used, in the list's document as in its log. */
  readonly clock: number
}

const LISTS_REMEMBERED = 2_000

/**
 * The Yjs client ids under which the server itself writes, used again and again: with a new one for each write, a list that is
 * changed by REST all day would carry thousands of writers in every handshake, for ever.
 *
 * INVARIANTS
 * - An id is in use once at a time, and comes back only when it is known what became of its write.
 * - It is used again only on a document that holds exactly what was written under it: two writes that share an id and a
 *   clock would make copies of the list differ for good.
 */
export class WriterIds {
  readonly #free = new Map<ListId, WriterId[]>()

  /** A client id for one write to this document; null when none is free, and a new one must do. */
  take(listId: ListId, document: Y.Doc): number | null {
    const free = this.#free.get(listId) ?? []
    for (let id = free.pop(); id !== undefined; id = free.pop()) {
      if (Y.getState(document.store, id.clientId) === id.clock) return id.clientId
    }
    return null
  }

  /** The write under this id is in the document, or was never stored. For one of which neither is known: do not call it. */
  giveBack(listId: ListId, document: Y.Doc, clientId: number): void {
    const clock = Y.getState(document.store, clientId)
    // An id that was never used costs nothing to make again.
    if (clock === 0) return
    const free = this.#free.get(listId) ?? []
    free.push({ clientId, clock })
    // Behind all others: the list that was written to longest ago is the first to be forgotten.
    this.#free.delete(listId)
    this.#free.set(listId, free)
    const [oldest] = this.#free.keys()
    if (oldest !== undefined && this.#free.size > LISTS_REMEMBERED) this.#free.delete(oldest)
  }
}
