import type { Op } from '@tandem/client-sdk/model'
import type { Refusal, Role } from '@tandem/client-sdk/protocol'

/** Whoever is behind a write, however it came in. */
export interface Actor {
  /** Who it is; stored in the log and shown to nobody. */
  readonly userId: string
  /** The id under which they write in this list: `userId`, or the one that stands for it when they are not to be named. */
  readonly authorId: string
  readonly role: Role
}

export interface GateLimits {
  /** Largest update in bytes. */
  readonly maxUpdateBytes: number
  /** Most items not in the trash. */
  readonly maxItems: number
  /** Most bytes of encoded list; above it only edits that add nothing pass. */
  readonly maxListBytes: number
}

/** What the gate says of one update. A refusal is a value, never an exception. */
export type Verdict =
  | {
      readonly verdict: 'accepted'
      readonly ops: readonly Op[]
      /** Only what the document does not have yet: this is what the log stores. */
      readonly update: Uint8Array
    }
  /** Everything in it is known already: acknowledge, write no row. */
  | { readonly verdict: 'nothing-new' }
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
