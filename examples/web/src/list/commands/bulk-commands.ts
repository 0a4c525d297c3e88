import type { List } from '@tandem/client-sdk'
import { addDays } from '@tandem/client-sdk/model'
import type { MenuAction } from '../../ui/menu.tsx'
import { wordsNow } from '../../words/use-words.ts'
import { clockOf } from '../detail/moments.ts'
import { dueChange } from '../detail/reminder-times.ts'
import { undoToast } from './undo-toast.ts'

/** Of a label's name; the rest of what was typed goes. */
const MOST_LETTERS = 100

/** To this person, all of them; when all are already, to this person no more. */
export function assignAll(list: List, ids: readonly string[], userId: string): void {
  const isOff = ids.every((id) => list.items.item(id).getSnapshot()?.assignees.includes(userId))
  changeAll(list, ids, ['Assign', wordsNow().list.bulkAssign], () => {
    for (const id of ids) list.items.assign(id, isOff ? { remove: [userId] } : { add: [userId] })
  })
}

/** The label on all of them, or off when all have it. Null: a new one of this name. */
export function labelAll(list: List, ids: readonly string[], label: string | null, title = ''): void {
  const isOff = label !== null && ids.every((id) => list.items.item(id).getSnapshot()?.labels.includes(label))
  changeAll(list, ids, ['Label', wordsNow().list.bulkLabel], () => {
    const id = label ?? list.labels.add(title.slice(0, MOST_LETTERS)).value
    for (const item of ids) list.items.label(item, isOff ? { remove: [id] } : { add: [id] })
  })
}

/** The day, for all of them; what has a time of day keeps it. Null: no date. */
export function dueAll(list: List, ids: readonly string[], date: string | null): void {
  changeAll(list, ids, ['Edit', wordsNow().list.bulkDue], () => {
    for (const id of ids) {
      const item = list.items.item(id).getSnapshot()
      const due = date === null ? null : { ...item?.due, date }
      list.items.update(id, item === undefined ? { due } : dueChange(item, due))
    }
  })
}

/** The days people mean most, counted by this device's calendar. */
export function dueActions(list: List, ids: readonly string[], other: () => void): MenuAction[] {
  const { dueOn } = wordsNow().list
  const on = (id: 'today' | 'tomorrow' | 'nextWeek', days: number): MenuAction => ({
    id,
    words: dueOn[id],
    run: () => dueAll(list, ids, dayIn(days)),
  })
  return [
    on('today', 0),
    on('tomorrow', 1),
    on('nextWeek', 7),
    { id: 'other', words: dueOn.other, run: other },
    { id: 'none', words: dueOn.none, startsGroup: true, run: () => dueAll(list, ids, null) },
  ]
}

export function priorityActions(list: List, ids: readonly string[]): MenuAction[] {
  const { priorities } = wordsNow().detail
  return ([3, 2, 1, 0] as const).map((priority) => ({
    id: String(priority),
    words: priorities[priority] ?? '',
    run: () =>
      changeAll(list, ids, ['Edit', wordsNow().list.bulkPriority], () => {
        for (const id of ids) list.items.update(id, { priority })
      }),
  }))
}

/**
 * One step of undo, which a notice offers for several items. It is called in the history as the SDK calls it for one item, which the page
 * translates, and by name for several.
 */
function changeAll(
  list: List,
  ids: readonly string[],
  [one, several]: readonly [string, string],
  change: () => void,
): void {
  const isOne = ids.length === 1
  const act = () => void list.transact(isOne ? one : several, change)
  if (isOne) act()
  else undoToast(list, wordsNow().list.changed(ids.length), act)
}

function dayIn(days: number): string {
  return addDays(clockOf(Date.now()).slice(0, 10), days)
}
