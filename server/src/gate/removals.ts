import { type Refusal, refusal } from '@tandem/client-sdk/protocol'
import * as Y from 'yjs'
import { type DecodedUpdate, endOf, type Incoming, indexAt } from './incoming.ts'
import type { TouchedKeys } from './key.ts'
import type { WorkBudget } from './work.ts'

export interface Removals {
  /** What the update removes and the document does not yet: flat clock, length … by writer. */
  readonly fresh: ReadonlyMap<number, readonly number[]>
  /** False when some of the update's removals had been applied before. */
  readonly areAllFresh: boolean
}

/**
 * Finds what each removal removes, marks it on the key or struct concerned, and leaves out what is removed already: a device
 * that reconnects sends everything that was ever removed, thousands of ranges, and almost always none of it is new.
 */
export function walkRemovals(
  document: Y.Doc,
  update: DecodedUpdate,
  keys: TouchedKeys,
  budget: WorkBudget,
): Removals | { readonly refused: Refusal } {
  const fresh = new Map<number, number[]>()
  let areAllFresh = true
  for (const [client, ranges] of update.removals) {
    const section = update.sections.get(client)
    const known = section?.stateBefore ?? Y.getState(document.store, client)
    const state = section?.state ?? known
    const kept: number[] = []
    for (let i = 0; i < ranges.length; i += 2) {
      const clock = ranges[i] ?? 0
      const end = clock + (ranges[i + 1] ?? 0)
      if (end > state) return { refused: refusal('gap', 'Something that this edit removes has not arrived.') }
      if (clock < known) {
        const outcome = removeKnown(
          document,
          keys,
          budget,
          { client, clock, end: Math.min(end, known) },
          kept,
        )
        if (outcome === 'unknown-place') {
          return { refused: refusal('unknown-root', 'A removal is in no known place.') }
        }
        if (outcome === 'some-removed-before') areAllFresh = false
      }
      if (end > known && section !== undefined) {
        const from = Math.max(clock, known)
        markIncoming(section.structs, from, end)
        keep(kept, from, end)
      }
    }
    if (kept.length > 0) fresh.set(client, kept)
  }
  return { fresh, areAllFresh }
}

interface Range {
  readonly client: number
  readonly clock: number
  readonly end: number
}

function removeKnown(
  document: Y.Doc,
  keys: TouchedKeys,
  budget: WorkBudget,
  range: Range,
  kept: number[],
): 'all-fresh' | 'some-removed-before' | 'unknown-place' {
  const structs = document.store.clients.get(range.client) ?? []
  let wasSomeRemoved = false
  let index = Y.findIndexSS(structs, range.clock)
  for (
    let there = structs[index];
    there !== undefined && there.id.clock < range.end;
    there = structs[++index]
  ) {
    if (there.deleted || !(there instanceof Y.Item)) {
      wasSomeRemoved = true
      continue
    }
    const key = keys.touchItem(there)
    if (key === null) return 'unknown-place'
    const from = Math.max(there.id.clock, range.clock)
    const to = Math.min(there.id.clock + there.length, range.end)
    if (there.parentSub === null) key.removedChars += to - from
    else key.isCurrentRemoved = true
    // Yjs cuts the struct in two by splicing the array of all the writer's structs.
    if (to - from < there.length) budget.spend((structs.length >>> 9) + 1)
    keep(kept, from, to)
  }
  return wasSomeRemoved ? 'some-removed-before' : 'all-fresh'
}

function markIncoming(structs: readonly Incoming[], from: number, end: number): void {
  for (let i = indexAt(structs, from); i >= 0 && i < structs.length; i++) {
    const struct = structs[i]
    if (struct === undefined || struct.clock >= end) return
    const newFrom = Math.max(struct.clock + struct.known, from)
    struct.removedUnits += Math.max(Math.min(endOf(struct), end) - newFrom, 0)
  }
}

function keep(kept: number[], from: number, to: number): void {
  const last = kept.length - 1
  const lastClock = kept[last - 1]
  const lastLength = kept[last]
  if (lastClock !== undefined && lastLength !== undefined && lastClock + lastLength === from) {
    kept[last] = to - lastClock
  } else {
    kept.push(from, to - from)
  }
}
