import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { DecodedUpdate } from './incoming.ts'
import type { Removals } from './removals.ts'

/**
 * The update without what the document has already: this is what the log stores.
 *
 * The bytes themselves when all of it is new, which is nearly always. Applying the result to the document, now or when
 * the log is replayed, gives exactly what applying the whole update gives.
 */
export function onlyNew(update: Uint8Array, decoded: DecodedUpdate, removals: Removals): Uint8Array {
  const { areAnyFresh, areAllFresh } = structNovelty(decoded)
  if (areAllFresh && removals.areAllFresh) return update
  const encoder = encoding.createEncoder()
  if (areAnyFresh) encoding.writeUint8Array(encoder, update.subarray(0, decoded.removalsAt))
  else encoding.writeVarUint(encoder, 0)
  writeRemovals(encoder, removals.fresh)
  const trimmed = encoding.toUint8Array(encoder)
  return !areAnyFresh || areAllFresh ? trimmed : Y.diffUpdate(trimmed, stateVectorOf(decoded))
}

function structNovelty(decoded: DecodedUpdate): { areAnyFresh: boolean; areAllFresh: boolean } {
  let areAnyFresh = false
  let areAllFresh = true
  for (const section of decoded.sections.values()) {
    for (const struct of section.structs) {
      if (struct.known > 0) areAllFresh = false
      if (struct.known < struct.length) areAnyFresh = true
    }
  }
  return { areAnyFresh, areAllFresh }
}

function writeRemovals(encoder: encoding.Encoder, removals: Removals['fresh']): void {
  encoding.writeVarUint(encoder, removals.size)
  for (const [client, ranges] of removals) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length / 2)
    for (const value of ranges) encoding.writeVarUint(encoder, value)
  }
}

/** Where the document stands, for the update's writers only: a list can have had thousands of writers. */
function stateVectorOf(decoded: DecodedUpdate): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, decoded.sections.size)
  for (const section of decoded.sections.values()) {
    encoding.writeVarUint(encoder, section.client)
    encoding.writeVarUint(encoder, section.stateBefore)
  }
  return encoding.toUint8Array(encoder)
}
