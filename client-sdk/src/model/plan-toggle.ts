import { addDays, dateOfMoment, dayNumber } from './calendar-date.ts'
import type { Change } from './changes.ts'
import { needItem, type Plan, type PlanContext, putField } from './plan.ts'
import { newItem } from './plan-add.ts'
import { type NextOccurrence, nextOccurrence } from './recurrence.ts'
import type { Item } from './types.ts'
import type { ListReader } from './view-types.ts'

/**
 * Ticks an item, or unticks it; without `done`, whichever it is not. Value: the id of the next occurrence this brought or took
 * away, or null.
 *
 * Ticking a repeating item makes its next occurrence beside it, with the same title, section, people, labels and so on; notes,
 * comments and subtasks stay with the one that is done. Unticking takes the next one away again if nobody has touched it.
 */
export function planToggle(
  list: ListReader,
  context: PlanContext,
  id: string,
  done?: boolean,
): Plan<string | null> {
  const item = needItem(list, id)
  const isDone = done ?? !item.done
  if (isDone === item.done) return { value: null, changes: [] }
  const tick = putField(context, { root: 'items', id, field: 'done' }, isDone)
  const next = item.deleted === null ? nextOccurrence(item, context.today ?? dateOfMoment(context.now)) : null
  if (next === null) return { value: null, changes: [tick] }
  const changes = isDone ? bring(list, context, item, next) : takeAway(list, context, next)
  return { value: changes.length === 0 ? null : next.id, changes: [tick, ...changes] }
}

/** The tick and nothing else, for who may do no more. */
export function planTick(list: ListReader, context: PlanContext, id: string, done?: boolean): Plan<null> {
  const item = needItem(list, id)
  const isDone = done ?? !item.done
  const changes =
    isDone === item.done ? [] : [putField(context, { root: 'items', id, field: 'done' }, isDone)]
  return { value: null, changes }
}

/**
 * What `planToggle` does beside the tick, for an item that was ticked or unticked by who may do no more: brings its next occurrence
 * or takes it away. Nothing for an item that is gone or does not repeat.
 */
export function planOccurrence(list: ListReader, context: PlanContext, id: string): Plan {
  const item = list.item(id)
  if (item === undefined || item.deleted !== null) return { value: undefined, changes: [] }
  const next = nextOccurrence(item, context.today ?? dateOfMoment(context.now))
  if (next === null) return { value: undefined, changes: [] }
  const changes = item.done ? bring(list, context, item, next) : takeAway(list, context, next)
  return { value: undefined, changes }
}

function bring(list: ListReader, context: PlanContext, item: Item, next: NextOccurrence): Change[] {
  const existing = list.item(next.id)
  if (existing !== undefined) {
    if (existing.deleted === null) return []
    return [putField(context, { root: 'items', id: next.id, field: 'deleted' }, false)]
  }
  if (list.keysOf('items', next.id).length > 0) return []
  const days = item.due === null ? 0 : dayNumber(next.due.date) - dayNumber(item.due.date)
  const input = {
    title: item.title,
    due: next.due,
    repeat: next.repeat,
    remindAt: item.remindAt.map((moment) => addDays(moment.slice(0, 10), days) + moment.slice(10)),
    assignees: item.assignees,
    labels: item.labels,
    priority: item.priority,
    quantity: item.quantity,
    link: item.link,
    extensions: item.extensions,
  }
  // The same order key, no new one: devices that complete it at the same time write the same, and the ids, which
  // grow with the date, put each occurrence behind the one before.
  const spot = { section: item.section, parent: item.parent }
  return newItem(list, context, input, { id: next.id, order: item.order, spot })
}

function takeAway(list: ListReader, context: PlanContext, next: NextOccurrence): Change[] {
  const existing = list.item(next.id)
  if (existing === undefined || existing.deleted !== null || isTouched(list, existing)) return []
  return [putField(context, { root: 'items', id: next.id, field: 'deleted' }, true)]
}

function isTouched(list: ListReader, item: Item): boolean {
  const { created, changed } = item
  if (created.at !== changed.at || created.by !== changed.by || item.notes !== '') return true
  return list.comments(item.id).length > 0 || list.children(item.id).length > 0
}
