interface Farewell {
  readonly sinceMs: number
  /** Frames of the ended join that the server may still answer. */
  answers: number
  /** We left, and the server has not closed its side. */
  isCloseDue: boolean
}

/**
 * What is still to come, on this socket, from joins that have ended; a list may join again when nothing is.
 *
 * Hocuspocus goes on answering frames of a document it has closed, and its answers carry no number. One that arrives after a
 * new join would be taken for the answer to an edit sent since: "saved" would be said of an edit that is not. Frames that
 * crossed its close it drops, or keeps and answers after the next token, so the answers may never come: then only
 * another socket makes a clean start. And until it has closed its side, it hands the frames of a new join to the connection that is ending.
 */
export class Farewells {
  readonly #now: () => number
  readonly #changed: () => void
  readonly #byList = new Map<string, Farewell>()

  constructor(now: () => number, changed: () => void) {
    this.#now = now
    this.#changed = changed
  }

  isDue(listId: string): boolean {
    return this.#byList.has(listId)
  }

  /** How long the list has waited for its last join to end. */
  waitedMs(listId: string): number {
    const farewell = this.#byList.get(listId)
    return farewell === undefined ? 0 : this.#now() - farewell.sinceMs
  }

  /** A join ended with so many frames unanswered; `isCloseDue` when it was we who ended it. */
  begin(listId: string, answers: number, isCloseDue: boolean): void {
    if (answers === 0 && !isCloseDue) return
    this.#byList.set(listId, { sinceMs: this.#now(), answers, isCloseDue })
  }

  answered(listId: string): void {
    const farewell = this.#byList.get(listId)
    if (farewell === undefined || farewell.answers === 0) return
    farewell.answers -= 1
    this.#settle(listId, farewell)
  }

  /** The server closed its side, or denied the join. */
  closed(listId: string): void {
    const farewell = this.#byList.get(listId)
    if (farewell === undefined) return
    farewell.isCloseDue = false
    this.#settle(listId, farewell)
  }

  /** Another socket starts from nothing. */
  clear(): void {
    this.#byList.clear()
  }

  #settle(listId: string, farewell: Farewell): void {
    if (farewell.answers > 0 || farewell.isCloseDue) return
    this.#byList.delete(listId)
    this.#changed()
  }
}
