import type { Change } from './changes.ts'
import { LIMITS } from './limits.ts'
import { placeAt } from './order.ts'
import { ensureRoom, found, freeId, type Plan, type PlanContext, plan, putField, putRecord } from './plan.ts'
import type { Section } from './types.ts'
import type { ListReader } from './view-types.ts'

export type SectionPlace =
  | { readonly before: string }
  | { readonly after: string }
  | { readonly at: 'start' | 'end' }

/** Adds a section; at the end when no place is given. Value: its id. */
export function planAddSection(
  list: ListReader,
  context: PlanContext,
  input: { readonly title: string; readonly id?: string; readonly place?: SectionPlace },
): Plan<string> {
  ensureRoom(list, 'sections', 1, LIMITS.sectionsPerList)
  const id = freeId(list, context, 'sections', input.id)
  const { order, changes } = placeSection(list, context, input.place ?? { at: 'end' }, list.sections())
  const record = putRecord(context, { kind: 'sections', id }, { title: input.title, order })
  return { value: id, changes: [...changes, record] }
}

export function planRenameSection(list: ListReader, context: PlanContext, id: string, title: string): Plan {
  if (needSection(list, id).title === title) return plan([])
  return plan([putField(context, { root: 'sections', id, field: 'title' }, title)])
}

export function planMoveSection(
  list: ListReader,
  context: PlanContext,
  id: string,
  place: SectionPlace,
): Plan {
  needSection(list, id)
  const others = list.sections().filter((section) => section.id !== id)
  const { order, changes } = placeSection(list, context, place, others)
  return plan([...changes, putField(context, { root: 'sections', id, field: 'order' }, order)])
}

/**
 * Removes a section. Its items are not written: they read as having none as long as it is in the trash, so one key
 * removes it, restoring it brings them all back, and an item moved into it meanwhile is not lost to sight.
 */
export function planRemoveSection(list: ListReader, context: PlanContext, id: string): Plan {
  if (needSection(list, id).deleted !== null) return plan([])
  return plan([putField(context, { root: 'sections', id, field: 'deleted' }, true)])
}

export function planRestoreSection(list: ListReader, context: PlanContext, id: string): Plan {
  if (needSection(list, id).deleted === null) return plan([])
  return plan([putField(context, { root: 'sections', id, field: 'deleted' }, false)])
}

function placeSection(
  list: ListReader,
  context: PlanContext,
  place: SectionPlace,
  sorted: readonly Section[],
): { readonly order: string; readonly changes: readonly Change[] } {
  const places = placeAt(sorted, indexOf(list, place, sorted), 1, context.random)
  const changes = places.rekeyed.map((other) =>
    putField(context, { root: 'sections', id: other.id, field: 'order' }, other.order),
  )
  return { order: places.keys[0] ?? '', changes }
}

function indexOf(list: ListReader, place: SectionPlace, sorted: readonly Section[]): number {
  if ('at' in place) return place.at === 'start' ? 0 : sorted.length
  const target = 'before' in place ? place.before : place.after
  needSection(list, target)
  const index = sorted.findIndex((section) => section.id === target)
  if (index === -1) return sorted.length
  return 'after' in place ? index + 1 : index
}

function needSection(list: ListReader, id: string): Section {
  return found(list.section(id), 'section', id)
}
