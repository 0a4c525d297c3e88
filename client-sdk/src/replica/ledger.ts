import type { Edit } from './edit.ts'

/** Edits that went to the server together and are answered together. */
export interface Batch {
  readonly after: number
  readonly upTo: number
  readonly edits: readonly Edit[]
}

/**
 * Which edits the server has not confirmed, and which of them are on their way.
 *
 * Numbers count batches, not edits: an edit of another tab may be sent later than younger ones, so "everything up to
 * edit n" would claim too much. A number is a ticket that the channel hands back; the ledger remembers what it covers.
 *
 * INVARIANTS
 * - An edit is in the ledger from the moment it is made until the server confirmed it, or it was refused or discarded.
 * - An edit is in at most one batch on its way; when the connection is lost, in none.
 * - `acked` confirms exactly the edits of the batch it answers.
 */
export class Ledger {
  readonly #edits = new Map<string, Edit>()
  readonly #sent = new Set<Edit>()
  readonly #changed: (edit: Edit, change: 1 | -1) => void
  #flight: Batch[] = []
  #ticket = 0

  /** `changed` hears of each edit that comes in (1) or leaves (-1). */
  constructor(changed: (edit: Edit, change: 1 | -1) => void = () => {}) {
    this.#changed = changed
  }

  get size(): number {
    return this.#edits.size
  }

  get inFlight(): number {
    return this.#flight.length
  }

  get lastTicket(): number {
    return this.#ticket
  }

  edits(): Edit[] {
    return [...this.#edits.values()]
  }

  get(uid: string): Edit | undefined {
    return this.#edits.get(uid)
  }

  byKey(key: number): Edit | undefined {
    for (const edit of this.#edits.values()) if (edit.key === key) return edit
    return undefined
  }

  add(edit: Edit): void {
    const before = this.#edits.get(edit.uid)
    if (before !== undefined) this.#changed(before, -1)
    this.#edits.set(edit.uid, edit)
    this.#changed(edit, 1)
  }

  remove(edits: Iterable<Edit>): void {
    for (const edit of edits) {
      this.#sent.delete(edit)
      if (this.#edits.get(edit.uid) !== edit) continue
      this.#edits.delete(edit.uid)
      this.#changed(edit, -1)
    }
  }

  /** Takes the oldest unsent edits that fit. At least one, however large: the server is the judge of too large. */
  take(limit: { maxEdits: number; maxBytes: number; now: number }): Batch | null {
    const edits: Edit[] = []
    let bytes = 0
    for (const edit of this.#edits.values()) {
      if (this.#sent.has(edit) || edit.sendFrom > limit.now) continue
      if (edits.length > 0 && bytes + edit.update.length > limit.maxBytes) break
      edits.push(edit)
      bytes += edit.update.length
      if (edits.length >= limit.maxEdits) break
    }
    return edits.length === 0 ? null : this.#dispatch(edits)
  }

  /** A handshake sends the whole document, so it carries these edits, whatever was on its way before. */
  handshake(edits: readonly Edit[]): Batch {
    this.lost()
    return this.#dispatch(edits)
  }

  /** Null: this answers nothing that is still of interest. */
  acked(upTo: number): readonly Edit[] | null {
    const edits = this.#answer(upTo)
    if (edits !== null) this.remove(edits)
    return edits
  }

  /** The edits of a refused batch: still in the ledger, no longer on their way. Null as in `acked`. */
  refused(upTo: number): readonly Edit[] | null {
    const edits = this.#answer(upTo)
    for (const edit of edits ?? []) this.#sent.delete(edit)
    return edits
  }

  /** The connection is gone: whatever was on its way may or may not have arrived. */
  lost(): void {
    this.#flight = []
    this.#sent.clear()
  }

  #dispatch(edits: readonly Edit[]): Batch {
    const after = this.#ticket
    this.#ticket += 1
    const batch: Batch = { after, upTo: this.#ticket, edits }
    this.#flight.push(batch)
    for (const edit of edits) this.#sent.add(edit)
    return batch
  }

  #answer(upTo: number): readonly Edit[] | null {
    const answered: Batch[] = []
    // Several at once: a channel that had to hold batches back sends them as one.
    for (let first = this.#flight[0]; first !== undefined && first.upTo <= upTo; first = this.#flight[0]) {
      answered.push(first)
      this.#flight.shift()
    }
    // None: an answer to something from before a handshake or repair, whose edits wait for an answer of their own.
    if (answered.length === 0) return null
    return answered.flatMap((batch) => batch.edits).filter((edit) => this.#edits.get(edit.uid) === edit)
  }
}
