import * as Y from 'yjs'

/** Encoding a list costs milliseconds; growth by this share of the limit makes it worth doing again. */
const WORTH_MEASURING = 0.01

/**
 * How large a list is when encoded: an estimate that is never too small, and exact where it matters.
 *
 * Adding up what arrives overestimates, because what an edit replaces is dropped. So the list is measured when the sum
 * says that the limit is reached.
 */
export class ListSize {
  private readonly document: Y.Doc
  private estimate = 0
  private measured = 0

  constructor(document: Y.Doc) {
    this.document = document
  }

  grew(bytes: number): void {
    this.estimate += bytes
  }

  known(bytes: number): void {
    this.estimate = bytes
    this.measured = bytes
  }

  /** Bytes, exact within one percent of `limit` when they are above it. */
  against(limit: number): number {
    if (this.estimate > limit && this.estimate - this.measured > limit * WORTH_MEASURING) {
      this.known(Y.encodeStateAsUpdate(this.document).length)
    }
    return this.estimate
  }
}
