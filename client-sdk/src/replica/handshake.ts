import * as Y from 'yjs'
import type { Edit } from './edit.ts'

/** The update that says nothing: no structs, no deletes. */
export const NOTHING = new Uint8Array([0, 0])
/** Merging costs the square of how many are merged at once. */
const MERGED_AT_ONCE = 32

/**
 * What the server lacks of a document in which these edits wait: the edits as they were written, where that is all it lacks.
 *
 * The document itself would send less than was written: as soon as Yjs knows a write that prevails over mine, it drops my
 * value and keeps an empty shell. The server could then tell nobody what was lost.
 */
export function whatServerLacks(doc: Y.Doc, waiting: readonly Edit[], stateVector: Uint8Array): Uint8Array {
  if (waiting.length > 0) {
    const written = Y.diffUpdate(mergedUpdates(waiting.map((edit) => edit.update)), stateVector)
    if (isAllThatLacks(written, doc, stateVector)) return written
  }
  return Y.encodeStateAsUpdate(doc, stateVector)
}

/** Many updates as one. */
export function mergedUpdates(updates: readonly Uint8Array[]): Uint8Array {
  let left = updates
  while (left.length > 1) {
    const merged: Uint8Array[] = []
    for (let at = 0; at < left.length; at += MERGED_AT_ONCE) {
      merged.push(Y.mergeUpdates(left.slice(at, at + MERGED_AT_ONCE)))
    }
    left = merged
  }
  return left[0] ?? NOTHING
}

function isAllThatLacks(update: Uint8Array, doc: Y.Doc, stateVector: Uint8Array): boolean {
  if (Y.decodeUpdate(update).structs.some((struct) => struct instanceof Y.Skip)) return false
  const { from, to } = Y.parseUpdateMeta(update)
  const known = Y.decodeStateVector(stateVector)
  for (const [client, end] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    const start = known.get(client) ?? 0
    if (start < end && (from.get(client) !== start || (to.get(client) ?? 0) < end)) return false
  }
  return true
}
