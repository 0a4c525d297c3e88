import type { MenuAction } from '../../ui/menu.tsx'
import { wordsNow } from '../../words/use-words.ts'
import type { Board } from '../board/board.ts'
import { itemOf } from '../commands/item-commands.ts'
import { undoToast } from '../commands/undo-toast.ts'

/** To this person, all of them; when all are already, to this person no more. */
export function assignAll(board: Board, ids: readonly string[], userId: string): void {
  const { items } = board.list
  const isOff = ids.every((id) => itemOf(board, id)?.assignees.includes(userId))
  const words = wordsNow().list
  board.list.transact(words.bulkAssign, () => {
    for (const id of ids) items.assign(id, isOff ? { remove: [userId] } : { add: [userId] })
  })
  undoToast(board.list, words.changed(ids.length))
}

/** The label on all of them, or off when all have it. Null: a new one of this name. */
export function labelAll(board: Board, ids: readonly string[], label: string | null, title = ''): void {
  const { items, labels } = board.list
  const isOff = label !== null && ids.every((id) => itemOf(board, id)?.labels.includes(label))
  const words = wordsNow().list
  board.list.transact(words.bulkLabel, () => {
    const id = label ?? labels.add(title).value
    for (const item of ids) items.label(item, isOff ? { remove: [id] } : { add: [id] })
  })
  undoToast(board.list, words.changed(ids.length))
}

/** The day, for all of them; what has a time of day keeps it. Null: no date. */
export function dueAll(board: Board, ids: readonly string[], date: string | null): void {
  const { items } = board.list
  const words = wordsNow().list
  board.list.transact(words.bulkDue, () => {
    for (const id of ids) {
      items.update(id, { due: date === null ? null : { ...itemOf(board, id)?.due, date } })
    }
  })
  undoToast(board.list, words.changed(ids.length))
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

function dayIn(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const part = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${part(day.getMonth() + 1)}-${part(day.getDate())}`
}
