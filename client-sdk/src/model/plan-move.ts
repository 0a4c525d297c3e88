import type { Change } from './changes.ts'
import { ModelError } from './errors.ts'
import { placeAt } from './order.ts'
import { placedItems, resolvePlace, type Spot } from './place.ts'
import { type ItemPlace, needItem, type Plan, type PlanContext, plan, putField } from './plan.ts'
import { rekeyOthers } from './plan-add.ts'
import type { Item } from './types.ts'
import type { ListReader } from './view-types.ts'

/** Moves items to one place, in the order given. Writes their keys and never deletes: two people who move one item have one item. */
export function planMoveItems(
  list: ListReader,
  context: PlanContext,
  ids: readonly string[],
  place: ItemPlace,
): Plan {
  const items = [...new Set(ids)].map((id) => needItem(list, id))
  const moved = new Set(items.map((item) => item.id))
  const sorted = placedItems(list, moved)
  const spot = resolvePlace(list, place, sorted)
  if (spot.parent) ensureNoCircle(list, moved, spot.parent)
  const changes: Change[] = []
  if (!standsThere(list, items, sorted[spot.index]?.id)) {
    const places = placeAt(sorted, spot.index, items.length, context.random)
    changes.push(...rekeyOthers(list, context, new Map(places.rekeyed.map(({ id, order }) => [id, order]))))
    for (const [index, { id }] of items.entries()) {
      changes.push(putField(context, { root: 'items', id, field: 'order' }, places.keys[index]))
    }
  }
  for (const item of items) changes.push(...belonging(context, item, spot))
  return plan(changes)
}

/** Section and parent, where they change. */
function belonging(context: PlanContext, item: Item, spot: Spot): Change[] {
  const changes: Change[] = []
  const parent = spot.parent === undefined ? item.parent : spot.parent
  const section = spot.section === undefined ? item.section : spot.section
  if (parent !== item.parent)
    changes.push(putField(context, { root: 'items', id: item.id, field: 'parent' }, parent))
  // Written anew with every change of parent: what a subtask says itself may be long out of date, and counts from now on.
  if (section !== item.section || parent !== item.parent) {
    changes.push(putField(context, { root: 'items', id: item.id, field: 'section' }, section))
  }
  return changes
}

/** True when the items already stand one behind the other in this order, right before `next`. */
function standsThere(list: ListReader, items: readonly Item[], next: string | undefined): boolean {
  const ids = list.ids()
  const end = next === undefined ? ids.length : ids.indexOf(next)
  const start = end - items.length
  return start >= 0 && items.every((item, index) => ids[start + index] === item.id)
}

function ensureNoCircle(list: ListReader, moved: ReadonlySet<string>, parent: string): void {
  for (let id: string | null = parent; id !== null; id = list.item(id)?.parent ?? null) {
    if (moved.has(id)) throw new ModelError('invalid', 'An item cannot be put under itself.')
  }
}
