import { addDays } from '@tandem/client-sdk/model'
import type { MenuAction } from '../../ui/menu.tsx'
import { wordsNow } from '../../words/use-words.ts'
import type { Board } from '../board/board.ts'
import { itemOf } from '../commands/item-commands.ts'
import { undoToast } from '../commands/undo-toast.ts'
import { clockOf } from '../detail/moments.ts'

/** To this person, all of them; when all are already, to this person no more. */
export function assignAll(board: Board, ids: readonly string[], userId: string): void {
  const { items } = board.list
  const isOff = ids.every((id) => itemOf(board, id)?.assignees.includes(userId))
  changeAll(board, ids, ['Assign', wordsNow().list.bulkAssign], () => {
    for (const id of ids) items.assign(id, isOff ? { remove: [userId] } : { add: [userId] })
  })
}

/** The label on all of them, or off when all have it. Null: a new one of this name. */
export function labelAll(board: Board, ids: readonly string[], label: string | null, title = ''): void {
  const { items, labels } = board.list
  const isOff = label !== null && ids.every((id) => itemOf(board, id)?.labels.includes(label))
  changeAll(board, ids, ['Label', wordsNow().list.bulkLabel], () => {
    const id = label ?? labels.add(title).value
    for (const item of ids) items.label(item, isOff ? { remove: [id] } : { add: [id] })
  })
}

/** The day, for all of them; what has a time of day keeps it. Null: no date. */
export function dueAll(board: Board, ids: readonly string[], date: string | null): void {
  const { items } = board.list
  changeAll(board, ids, ['Edit', wordsNow().list.bulkDue], () => {
    for (const id of ids) {
      items.update(id, { due: date === null ? null : { ...itemOf(board, id)?.due, date } })
    }
  })
}

/** The days people mean most, counted by this device's calendar. */
export function dueActions(board: Board, ids: readonly string[], other: () => void): MenuAction[] {
  const { dueOn } = wordsNow().list
  const on = (id: 'today' | 'tomorrow' | 'nextWeek', days: number): MenuAction => ({
    id,
    words: dueOn[id],
    run: () => dueAll(board, ids, dayIn(days)),
  })
  return [
    on('today', 0),
    on('tomorrow', 1),
    on('nextWeek', 7),
    { id: 'other', words: dueOn.other, run: other },
    { id: 'none', words: dueOn.none, startsGroup: true, run: () => dueAll(board, ids, null) },
  ]
}

export function priorityActions(board: Board, ids: readonly string[]): MenuAction[] {
  const { priorities } = wordsNow().detail
  return ([3, 2, 1, 0] as const).map((priority) => ({
    id: String(priority),
    words: priorities[priority] ?? '',
    run: () =>
      changeAll(board, ids, ['Edit', wordsNow().list.bulkPriority], () => {
        for (const id of ids) board.list.items.update(id, { priority })
      }),
  }))
}

/**
 * One step of undo, which a notice offers for several items. It is called in the history as the SDK calls it for one item, which the page
 * translates, and by name for several.
 */
function changeAll(
  board: Board,
  ids: readonly string[],
  [one, several]: readonly [string, string],
  change: () => void,
): void {
  board.list.transact(ids.length === 1 ? one : several, change)
  if (ids.length > 1) undoToast(board.list, wordsNow().list.changed(ids.length))
}

function dayIn(days: number): string {
  return addDays(clockOf(Date.now()).slice(0, 10), days)
}
