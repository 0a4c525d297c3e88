import type { Seq } from '@tandem/persistence'

/**
 * How far one document has got in its log.
 *
 * Rows become part of a document in any order: this node's own as soon as each commit returns, other nodes' through
 * catch-up. Only the position up to which *nothing* is missing may be written into a snapshot, so rows applied beyond
 * a hole are remembered until the hole is filled.
 */
export class AppliedSeq {
  private contiguous: Seq
  private highest: Seq
  private readonly ahead = new Set<Seq>()

  constructor(head: Seq) {
    this.contiguous = head
    this.highest = head
  }

  /** Everything up to here is in the document. */
  get upTo(): Seq {
    return this.contiguous
  }

  /** The highest position known to exist. */
  get known(): Seq {
    return this.highest
  }

  get isBehind(): boolean {
    return this.contiguous < this.highest
  }

  /** A row with this position exists somewhere. */
  hear(seq: Seq): void {
    if (seq > this.highest) this.highest = seq
  }

  /** This row is in the document now. */
  mark(seq: Seq): void {
    this.hear(seq)
    if (seq <= this.contiguous) return
    if (seq > this.contiguous + 1) {
      this.ahead.add(seq)
      return
    }
    this.contiguous = seq
    while (this.ahead.delete(this.contiguous + 1)) this.contiguous += 1
  }

  /** All rows up to this one are in the document, or are known to be unreadable. */
  markAllUpTo(seq: Seq): void {
    this.hear(seq)
    if (seq <= this.contiguous) return
    this.contiguous = seq
    for (const one of this.ahead) if (one <= seq) this.ahead.delete(one)
    while (this.ahead.delete(this.contiguous + 1)) this.contiguous += 1
  }
}
