import { sameValue } from '@tandem/client-sdk/model'
import * as Y from 'yjs'
import type { Incoming, UnitId } from './incoming.ts'

/**
 * True when the part of `struct` that the document has already is, as far as it can still be compared, the same there.
 *
 * Two copies of one device (a restored backup, a cloned disk) can use the same clocks for different edits. Yjs would keep
 * whichever came first, each side its own, with equal state vectors: no later sync could see or repair it.
 */
export function isSameAsKnown(document: Y.Doc, struct: Incoming): boolean {
  const structs = document.store.clients.get(struct.client)
  if (structs === undefined) return true
  const end = struct.clock + struct.known
  let index = Y.findIndexSS(structs, struct.clock)
  for (let there = structs[index]; there !== undefined && there.id.clock < end; there = structs[++index]) {
    // What stood inside a removed nested type has lost everything that could be compared.
    if (!(there instanceof Y.Item)) continue
    const from = Math.max(there.id.clock, struct.clock)
    const to = Math.min(there.id.clock + there.length, end)
    if (!isSamePlace(document, there, struct, from) || !isSameContent(there, struct, from, to)) return false
  }
  return true
}

function isSamePlace(document: Y.Doc, there: Y.Item, struct: Incoming, clock: number): boolean {
  if (!isSameUnit(there.rightOrigin, struct.rightOrigin)) return false
  // A unit in the middle of a struct follows the one before it; only the first one's origin is written down.
  const theirs = clock === there.id.clock ? there.origin : { client: struct.client, clock: clock - 1 }
  const ours = clock === struct.clock ? struct.origin : { client: struct.client, clock: clock - 1 }
  if (!isSameUnit(theirs, ours)) return false
  if (ours !== null || struct.rightOrigin !== null || struct.root === null) return true
  return there.parent === document.share.get(struct.root) && there.parentSub === struct.sub
}

function isSameContent(there: Y.Item, struct: Incoming, from: number, to: number): boolean {
  const { content } = struct
  // Removed on one side: honest, and nothing is left to compare.
  if (content.kind === 'removed' || there.content instanceof Y.ContentDeleted) return true
  const theirStart = from - there.id.clock
  const ourStart = from - struct.clock
  if (content.kind === 'text') {
    if (!(there.content instanceof Y.ContentString)) return false
    const length = to - from
    return isSameText(there.content.str.substr(theirStart, length), content.text.substr(ourStart, length))
  }
  if (!(there.content instanceof Y.ContentAny)) return false
  for (let i = 0; i < to - from; i++) {
    if (!sameValue(there.content.arr[theirStart + i], content.values[ourStart + i])) return false
  }
  return true
}

/** Cutting a pair of surrogates in two turns both halves into U+FFFD, on the side that has seen the cut. */
function isSameText(a: string, b: string): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && a[i] !== '\uFFFD' && b[i] !== '\uFFFD') return false
  }
  return true
}

export function isSameUnit(a: UnitId | null, b: UnitId | null): boolean {
  if (a === null || b === null) return a === b
  return a.client === b.client && a.clock === b.clock
}
