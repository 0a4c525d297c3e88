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
  board.list.transact(nameOf(ids, 'Assign', words.bulkAssign), () => {
    for (const id of ids) items.assign(id, isOff ? { remove: [userId] } : { add: [userId] })
  })
  if (ids.length > 1) undoToast(board.list, words.changed(ids.length))
}

/** The label on all of them, or off when all have it. Null: a new one of this name. */
export function labelAll(board: Board, ids: readonly string[], label: string | null, title = ''): void {
  const { items, labels } = board.list
  const isOff = label !== null && ids.every((id) => itemOf(board, id)?.labels.includes(label))
  const words = wordsNow().list
  board.list.transact(nameOf(ids, 'Label', words.bulkLabel), () => {
    const id = label ?? labels.add(title).value
    for (const item of ids) items.label(item, isOff ? { remove: [id] } : { add: [id] })
  })
  if (ids.length > 1) undoToast(board.list, words.changed(ids.length))
}

/** The day, for all of them; what has a time of day keeps it. Null: no date. */
export function dueAll(board: Board, ids: readonly string[], date: string | null): void {
  const { items } = board.list
  const words = wordsNow().list
  board.list.transact(nameOf(ids, 'Edit', words.bulkDue), () => {
    for (const id of ids) {
      items.update(id, { due: date === null ? null : { ...itemOf(board, id)?.due, date } })
    }
  })
  if (ids.length > 1) undoToast(board.list, words.changed(ids.length))
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
    run: () => {
      board.list.transact(nameOf(ids, 'Edit', wordsNow().list.bulkPriority), () => {
        for (const id of ids) board.list.items.update(id, { priority })
      })
      if (ids.length > 1) undoToast(board.list, wordsNow().list.changed(ids.length))
    },
  }))
}

/** What the step is called in the history of undo: of one item as the SDK calls it, which the page translates. */
function nameOf(ids: readonly string[], one: string, several: string): string {
  return ids.length === 1 ? one : several
}

function dayIn(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const part = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${part(day.getMonth() + 1)}-${part(day.getDate())}`
}
