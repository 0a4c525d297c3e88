import { formatPlace, type Op, type Place } from '@tandem/client-sdk/model'
import { type Refusal, refusal } from '@tandem/client-sdk/protocol'
import * as Y from 'yjs'
import { type TouchedKeys, valueIn } from './key.ts'
import type { GateLimits } from './verdict.ts'

/** Refuses what makes a full list fuller; ticking, deleting, purging and shortening always pass. */
export function checkCapacity(
  document: Y.Doc,
  keys: TouchedKeys,
  ops: readonly Op[],
  limits: GateLimits,
  listBytes: number,
): Refusal | null {
  const added = addedItems(document, keys)
  if (added > 0 && !hasRoomFor(document, added, limits.maxItems)) {
    return refusal('list-full', `A list holds at most ${limits.maxItems} items.`, namesOf(ops))
  }
  if (listBytes >= limits.maxListBytes && ops.some(grows)) {
    return refusal('list-full', 'The list is as large as a list can be.', namesOf(ops.filter(grows)))
  }
  return null
}

/** By how many the items outside the trash increase. */
function addedItems(document: Y.Doc, keys: TouchedKeys): number {
  const seen = new Set<string>()
  let added = 0
  for (const { place } of keys.all()) {
    const isLifeOrDeath = place.at === 'record' || (place.at === 'field' && place.field === 'deleted')
    if (!isLifeOrDeath || place.kind !== 'items' || seen.has(place.id)) continue
    seen.add(place.id)
    const deleted = `${place.id}/deleted`
    const wasLive = isLive(valueIn(document, 'items', place.id), valueIn(document, 'items', deleted))
    const willLive = isLive(keys.valueAfter('items', place.id), keys.valueAfter('items', deleted))
    added += Number(willLive) - Number(wasLive)
  }
  return added
}

function hasRoomFor(document: Y.Doc, added: number, maxItems: number): boolean {
  const map = document.share.get('items')?._map
  if (map === undefined) return added <= maxItems
  // Every item has a key of its own, so that most lists need no counting.
  if (map.size + added <= maxItems) return true
  return mostLiveItems(document, map, maxItems - added) + added <= maxItems
}

interface Count {
  readonly items: number
  readonly edits: number
}

/** A memo only: what it holds was true of the document when it had had that many edits. */
const COUNTS = new WeakMap<Y.Doc, Count>()

/**
 * How many items are outside the trash; far from the limit possibly more than there are, never fewer.
 *
 * Counting walks all keys (milliseconds for a large list), so that the last count is kept: every item more costs at
 * least one edit, and until there have been enough of them the list cannot be full. Near the limit it is counted each time.
 */
function mostLiveItems(document: Y.Doc, map: ReadonlyMap<string, Y.Item>, enough: number): number {
  const edits = editsOf(document)
  const last = COUNTS.get(document)
  if (last !== undefined && last.items + edits - last.edits <= enough) return last.items + edits - last.edits
  let items = 0
  for (const [name, item] of map) {
    if (item.deleted || name.includes('/')) continue
    if (isLive(true, valueIn(document, 'items', `${name}/deleted`))) items += 1
  }
  COUNTS.set(document, { items, edits })
  return items
}

function editsOf(document: Y.Doc): number {
  let edits = 0
  for (const client of document.store.clients.keys()) edits += Y.getState(document.store, client)
  return edits
}

function isLive(creation: unknown, deleted: unknown): boolean {
  return creation !== undefined && !(Array.isArray(deleted) && deleted[0] === true)
}

/** True for what leaves the list larger than before, as far as people are concerned. */
function grows(op: Op): boolean {
  switch (op.op) {
    case 'add':
      return true
    case 'set':
      if (op.field === 'done' || (op.field === 'deleted' && op.to === true)) return false
      return JSON.stringify(op.to).length > JSON.stringify(op.from).length
    case 'member':
      return op.to
    case 'note':
      return op.inserted > op.deleted
    case 'collision':
    case 'purge':
      return false
  }
}

function namesOf(ops: readonly Op[]): string[] {
  return ops.slice(0, 20).map((op) => formatPlace(placeOf(op)))
}

function placeOf(op: Op): Place {
  switch (op.op) {
    case 'add':
    case 'purge':
      return { at: 'record', kind: op.kind, id: op.id }
    case 'set':
    case 'collision':
      return op.kind === 'list'
        ? { at: 'list', field: op.field }
        : { at: 'field', kind: op.kind, id: op.id ?? '', field: op.field }
    case 'member':
      return { at: 'member', kind: op.kind, id: op.id, set: op.set, member: op.member }
    case 'note':
      return { at: 'note', id: op.id }
  }
}
