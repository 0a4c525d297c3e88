import type { Item, ItemInput, ItemPlace } from '@tandem/client-sdk'
import { announce } from '../../ui/announce.ts'
import { wordsNow } from '../../words/use-words.ts'
import { type Board, focusRow, shownIds } from '../board/board.ts'
import { inLane, laneOf } from '../order/order.ts'
import { NONE_SELECTED } from '../select/selection.ts'
import { inOrder, placeByIndent, placeByOutdent, placeByStep, type Step, topsInOrder } from './moves.ts'
import { undoToast } from './undo-toast.ts'

/** What one command speaks of: the chosen rows when the row is one of them, else the row. */
export function targetsOf(board: Board, id: string): string[] {
  const { ids } = board.selection.get()
  return ids.has(id) ? inOrder(board.order.getSnapshot().order, ids) : [id]
}

/** Of these what is moved by hand: subtasks go along with their item. */
export function topsOf(board: Board, ids: readonly string[]): string[] {
  return topsInOrder(board.order.getSnapshot().order, ids)
}

export function tick(board: Board, ids: readonly string[], done?: boolean): void {
  const [only] = ids
  if (only === undefined) return
  const isDone = done ?? !(itemOf(board, only)?.done ?? false)
  const act = () => void board.list.items.toggle(ids.length === 1 ? only : ids, isDone)
  const words = wordsNow().list
  // What was unticked by mistake is ticked where it stands; what was ticked goes out of sight.
  if (isDone) undoToast(board.list, words.ticked(ids.length, titleOf(board, only)), act)
  else act()
}

export function remove(board: Board, ids: readonly string[]): void {
  const [only] = ids
  if (only === undefined) return
  const title = titleOf(board, only)
  focusAfter(board, ids)
  undoToast(board.list, wordsNow().list.deleted(ids.length, title), () => void board.list.items.remove(ids))
  board.selection.set(NONE_SELECTED)
}

export function moveByStep(board: Board, id: string, step: Step): void {
  const ids = topsOf(board, targetsOf(board, id))
  const place = placeByStep(board.order.getSnapshot().order, ids, step)
  if (place === null) return
  board.list.items.move(ids, place)
  const at = shownIds(board).indexOf(id)
  announce(wordsNow().list.movedTo(titleOf(board, id), at + 1, shownIds(board).length))
}

export function moveTo(board: Board, chosen: readonly string[], place: ItemPlace): void {
  const ids = topsOf(board, chosen)
  const [only] = ids
  if (only === undefined) return
  const words = wordsNow().list.moved(ids.length, titleOf(board, only))
  undoToast(board.list, words, () => void board.list.items.move(ids, place))
}

export function indent(board: Board, id: string): boolean {
  return follow(board, id, placeByIndent(board.order.getSnapshot().order, id))
}

export function outdent(board: Board, id: string): boolean {
  return follow(board, id, placeByOutdent(board.order.getSnapshot().order, id))
}

/** Again, below itself, with its subtasks, and not done. */
export function duplicate(board: Board, id: string): void {
  const item = itemOf(board, id)
  if (item === undefined) return
  const { items } = board.list
  const children = inLane(board.order.getSnapshot().order, laneOf(id))
  const { value } = board.list.transact(wordsNow().list.duplicate, () => {
    const copy = items.add({ ...inputOf(item), place: { after: id } }).value
    for (const child of children) {
      const subtask = itemOf(board, child)
      if (subtask !== undefined) items.add({ ...inputOf(subtask), place: { at: 'end', parent: copy } })
    }
    return copy
  })
  focusRow(board, value)
}

export function edit(board: Board, id: string): void {
  const item = itemOf(board, id)
  if (item === undefined || !board.list.can.getSnapshot().edit) return
  board.cursor.set(id)
  board.draft.set({ id, text: item.title, before: item.title })
}

/** Ends the editing of a title. What somebody else wrote meanwhile is only replaced by what this person really changed. */
export function endEdit({ list, draft }: Board, { isSaved }: { readonly isSaved: boolean }): void {
  const typing = draft.get()
  if (typing === null) return
  const typed = typing.text.replace(/\s+/gu, ' ').trim()
  const isThere = list.items.item(typing.id).getSnapshot()?.deleted === null
  if (isSaved && isThere && list.can.getSnapshot().edit && typed !== '' && typed !== typing.before) {
    list.items.update(typing.id, { title: typed })
  }
  draft.set(null)
}

/** Everything an item says, for a new one. */
export function inputOf(item: Item): ItemInput {
  const { title, notes, due, repeat, remindAt, assignees, labels, priority, quantity, link } = item
  return { title, notes, due, repeat, remindAt, assignees, labels, priority, quantity, link }
}

export function itemOf(board: Board, id: string): Item | undefined {
  return board.list.items.item(id).getSnapshot()
}

export function titleOf(board: Board, id: string): string {
  return itemOf(board, id)?.title ?? ''
}

function follow(board: Board, id: string, place: ItemPlace | null): boolean {
  if (place !== null) board.list.items.move(id, place)
  return place !== null
}

/** Focus goes to the row below, else above: whoever deletes by key goes on from there. */
function focusAfter(board: Board, ids: readonly string[]): void {
  const cursor = board.cursor.get()
  if (cursor === null || !ids.includes(cursor)) return
  const shown = shownIds(board)
  const at = shown.indexOf(cursor)
  const gone = new Set(ids.flatMap((id) => [id, ...inLane(board.order.getSnapshot().order, laneOf(id))]))
  const next =
    shown.slice(at).find((id) => !gone.has(id)) ?? shown.slice(0, at).findLast((id) => !gone.has(id))
  if (next !== undefined) focusRow(board, next)
}
