/** One batch of edits, (after, upTo], on its way in one or more frames. */
interface Batch {
  readonly after: number
  readonly upTo: number
  refused: boolean
}

interface Sent {
  /** Null: an answer is due, but it means nothing to anyone (a keepalive, or a frame of a document since replaced). */
  batch: Batch | null
  readonly isLastOfBatch: boolean
}

export type Outcome =
  | { readonly type: 'acked'; readonly upTo: number }
  | { readonly type: 'refused'; readonly after: number; readonly upTo: number }

/**
 * Matches the server's answers to what was sent. SyncStatus carries no id: the server answers every step 2 and every update of
 * one document exactly once, in order, so position is identity and an off-by-one would be a false "saved".
 *
 * A batch in several frames is saved when all of them are, and refused with the first that is.
 */
export class AckQueue {
  readonly #sent: Sent[] = []
  /** Answers without a question; more than 0 means that a server does not keep the protocol. */
  strayAnswers = 0

  /** Frames that are not answered yet. */
  get length(): number {
    return this.#sent.length
  }

  sentBatch(after: number, upTo: number, frames: number): void {
    const batch: Batch = { after, upTo, refused: false }
    for (let i = 1; i <= frames; i++) this.#sent.push({ batch, isLastOfBatch: i === frames })
  }

  sentKeepalive(): void {
    this.#sent.push({ batch: null, isLastOfBatch: true })
  }

  /** What the next answer means; null when it settles nothing. */
  answered(saved: boolean): Outcome | null {
    const sent = this.#sent.shift()
    if (sent === undefined) {
      this.strayAnswers += 1
      return null
    }
    const { batch } = sent
    if (batch === null || batch.refused) return null
    if (!saved) {
      batch.refused = true
      return { type: 'refused', after: batch.after, upTo: batch.upTo }
    }
    return sent.isLastOfBatch ? { type: 'acked', upTo: batch.upTo } : null
  }

  /** Answers still due will be counted and not reported. */
  dismiss(): void {
    for (const sent of this.#sent) sent.batch = null
  }

  /** The connection these answers would have come on is gone. */
  clear(): void {
    this.#sent.length = 0
  }
}
