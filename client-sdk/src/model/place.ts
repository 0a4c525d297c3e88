import { ModelError } from './errors.ts'
import type { Placed } from './order.ts'
import { found, type ItemPlace } from './plan.ts'
import type { ListReader } from './view-types.ts'

/** A place, resolved: before which of the sorted items, in which section, under which item. */
export interface Spot {
  readonly index: number
  /** Undefined: as it is. */
  readonly section: string | null | undefined
  readonly parent: string | null | undefined
}

/**
 * Resolves a place among `sorted`, which lacks the items that are being moved. The order of a list is one for all its sections,
 * so the start or end of a section is that of the list.
 */
export function resolvePlace(list: ListReader, place: ItemPlace, sorted: readonly Placed[]): Spot {
  if ('at' in place) {
    ensureReferences(list, place)
    const index = place.at === 'start' ? 0 : sorted.length
    const { section, parent } = place
    if (parent) return { index, section: list.item(parent)?.section ?? null, parent }
    // Moved to a section, a subtask leaves its parent: it could not be in another section than that one.
    return { index, section, parent: section === undefined ? parent : null }
  }
  const target = 'before' in place ? place.before : place.after
  const item = found(liveItem(list, target), 'item', target)
  const at = indexAmong(list, sorted, target)
  const isBehind = 'after' in place && sorted[at]?.id === target
  return { index: isBehind ? at + 1 : at, section: item.section, parent: item.parent }
}

export function placedItems(list: ListReader, without?: ReadonlySet<string>): Placed[] {
  const sorted: Placed[] = []
  for (const id of list.ids()) {
    const item = list.item(id)
    if (item !== undefined && !without?.has(id)) sorted.push({ id, order: item.order })
  }
  return sorted
}

/** Where `target` stands in `sorted`, or would if it were not itself being moved. */
function indexAmong(list: ListReader, sorted: readonly Placed[], target: string): number {
  const at = sorted.findIndex((placed) => placed.id === target)
  if (at !== -1) return at
  const before = new Set<string>()
  for (const id of list.ids()) {
    if (id === target) break
    before.add(id)
  }
  return sorted.filter((placed) => before.has(placed.id)).length
}

function ensureReferences(
  list: ListReader,
  place: { section?: string | null; parent?: string | null },
): void {
  const { section, parent } = place
  if (section) {
    const known = list.section(section)
    found(known?.deleted === null ? known : undefined, 'section', section)
  }
  if (parent) found(liveItem(list, parent), 'item', parent)
  if (section && parent && list.item(parent)?.section !== section) {
    throw new ModelError('invalid', 'A subtask is in the section of its parent.')
  }
}

function liveItem(list: ListReader, id: string): ReturnType<ListReader['item']> {
  const item = list.item(id)
  return item?.deleted === null ? item : undefined
}
