import type { Key } from './key.ts'

/** The address of one unit of a Yjs document: the how-manieth unit (`clock`) of which writer (`client`). */
export interface UnitId {
  readonly client: number
  readonly clock: number
}

/** What a struct carries. Everything else Yjs can carry (types, documents, formats, embeds, binary) is refused at decoding. */
export type Content =
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | { readonly kind: 'text'; readonly text: string }
  /** Written and removed again before it was sent; only its length is left. */
  | { readonly kind: 'removed' }

/** One struct of an update, as it was on the wire, and what the gate finds out about it. */
export interface Incoming {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly origin: UnitId | null
  readonly rightOrigin: UnitId | null
  /** Root name and map key; on the wire only when both origins are null, because Yjs copies them from the neighbour. */
  readonly root: string | null
  readonly sub: string | null
  readonly content: Content
  /** How many of its first units the document has already; equal to `length` when it brings nothing. */
  known: number
  /** Where it belongs; null until resolved, and for ever when it brings nothing. */
  key: Key | null
  /** How many of its new units the same update removes. */
  removedUnits: number
}

/** All structs of one writer, in clock order. */
export interface Section {
  readonly client: number
  readonly structs: readonly Incoming[]
  /** The first clock the document does not have. */
  stateBefore: number
  /** The first clock that neither the document nor the structs walked so far have. */
  state: number
  /** The next struct to walk. */
  cursor: number
}

export interface DecodedUpdate {
  readonly sections: ReadonlyMap<number, Section>
  /** Removed ranges by writer, flat: clock, length, clock, length … in rising order, never overlapping. */
  readonly removals: ReadonlyMap<number, readonly number[]>
  /** Where in the bytes the removals begin. */
  readonly removalsAt: number
}

export function endOf(struct: Incoming): number {
  return struct.clock + struct.length
}

/** True when nothing of what it brings will ever be seen. */
export function isRemovedOnArrival(struct: Incoming): boolean {
  return struct.content.kind === 'removed' || struct.removedUnits >= struct.length - struct.known
}

/** Index of the struct that holds `clock`, or -1. */
export function indexAt(structs: readonly Incoming[], clock: number): number {
  let low = 0
  let high = structs.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const struct = structs[middle]
    if (struct === undefined) return -1
    if (clock < struct.clock) high = middle - 1
    else if (clock >= endOf(struct)) low = middle + 1
    else return middle
  }
  return -1
}
