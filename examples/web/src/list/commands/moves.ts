import type { ItemPlace } from '@tandem/client-sdk'
import { DONE, inLane, LOOSE, laneOf, lanesById, type Order, parentOf, placesOf } from '../order/order.ts'

/** One step, or all the way. */
export type Step = 'up' | 'down' | 'top' | 'bottom'

/**
 * Where rows go by a step, among what is on the screen; null: they stand there already. Rows that are moved together stay together. An item
 * at the end of its section goes on into the next one; a subtask stays with its item.
 */
export function placeByStep(order: Order, ids: readonly string[], step: Step): ItemPlace | null {
  const moved = new Set(ids)
  const first = ids[0]
  const lane = first === undefined ? undefined : lanesById(order).get(first)
  if (lane === undefined || lane === DONE) return null
  const all = inLane(order, lane)
  const isUp = step === 'up' || step === 'top'
  const at = isUp ? all.findIndex((id) => moved.has(id)) : all.findLastIndex((id) => moved.has(id))
  const others = isUp ? all.slice(0, at) : all.slice(at + 1)
  const target = step === 'up' || step === 'bottom' ? others.at(-1) : others[0]
  if (target !== undefined) return isUp ? { before: target } : { after: target }
  // Selected rows with others between them close ranks first.
  if (all.filter((id) => moved.has(id)).length < moved.size) return null
  return parentOf(lane) === null && (step === 'up' || step === 'down') ? inNextGroup(order, lane, step) : null
}

/** Under which item a row would become a subtask; null: it cannot. */
export function placeByIndent(order: Order, id: string): ItemPlace | null {
  const lane = lanesById(order).get(id)
  if (lane === undefined || parentOf(lane) !== null || lane === DONE) return null
  if (inLane(order, laneOf(id)).length > 0) return null
  const all = inLane(order, lane)
  const parent = all[all.indexOf(id) - 1]
  if (parent === undefined) return null
  return placeUnder(order, parent)
}

/** At the end of an item's subtasks. */
export function placeUnder(order: Order, parent: string): ItemPlace {
  const last = inLane(order, laneOf(parent)).at(-1)
  return last === undefined ? { at: 'end', parent } : { after: last }
}

/** Where a subtask goes that becomes an item of its own; null: it is one. */
export function placeByOutdent(order: Order, id: string): ItemPlace | null {
  const parent = parentOf(lanesById(order).get(id) ?? '')
  return parent === null ? null : { after: parent }
}

/** Ids in the order of the screen. */
export function inOrder(order: Order, ids: Iterable<string>): string[] {
  const wanted = new Set(ids)
  return placesOf(order).flatMap(({ id }) => (wanted.has(id) ? [id] : []))
}

/** The same for what takes subtasks along anyway, as moving and deleting do: none beside the item it goes with. */
export function topsInOrder(order: Order, ids: Iterable<string>): string[] {
  const wanted = new Set(ids)
  return placesOf(order)
    .filter(({ id, parent }) => wanted.has(id) && (parent === null || !wanted.has(parent)))
    .map(({ id }) => id)
}

function inNextGroup(order: Order, group: string, step: 'up' | 'down'): ItemPlace | null {
  const next = order.groups[order.groups.indexOf(group) + (step === 'up' ? -1 : 1)]
  if (next === undefined || next === DONE) return null
  const section = next === LOOSE ? null : next
  return { at: step === 'up' ? 'end' : 'start', section, parent: null }
}
