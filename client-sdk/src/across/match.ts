import { dueKey, matchesWords, wordsOf } from '../model/query.ts'
import { compare } from '../model/sorting.ts'
import type { Item } from '../model/types.ts'
import type { AcrossRow, AcrossView, Id } from '../types.ts'

/** One view, ready to be asked about thousands of items. */
export interface Matcher {
  readonly isTrash: boolean
  /** `isMe`: whether an id is this person's in the list of the item. */
  matches(item: Item, isMe: (id: Id) => boolean): boolean
  /** The rows of all lists, list by list, in the order of the view and no more than it asks for. */
  arrange(rows: AcrossRow[]): AcrossRow[]
}

export function matcherOf(view: AcrossView): Matcher {
  const { assignee, dueUntil, done, trash = false, limit } = view
  const words = wordsOf(view.text ?? '')
  const order = orderOf(view)
  return {
    isTrash: trash,
    matches: (item, isMe) => {
      if ((item.deleted !== null) !== trash) return false
      if (done !== undefined && item.done !== done) return false
      if (dueUntil !== undefined && (item.due === null || item.due.date > dueUntil)) return false
      if (assignee === 'me' && !item.assignees.some(isMe)) return false
      return matchesWords(item, words)
    },
    arrange: (rows) => {
      const sorted = order === null ? rows : rows.sort(order)
      return limit === undefined ? sorted : sorted.slice(0, Math.max(0, limit))
    },
  }
}

/** The same for views that ask for the same. */
export function keyOf({ text = '', assignee, dueUntil, done, trash, limit }: AcrossView): string {
  return JSON.stringify([wordsOf(text), assignee ?? 0, dueUntil ?? 0, done ?? 0, trash ?? 0, limit ?? null])
}

/** Ties stay as they were: `sort` is stable. */
function orderOf({ dueUntil, trash }: AcrossView): ((a: AcrossRow, b: AcrossRow) => number) | null {
  if (dueUntil !== undefined) return (a, b) => compare(dueKey(a.item), dueKey(b.item))
  if (trash === true) return (a, b) => (b.item.deleted?.at ?? 0) - (a.item.deleted?.at ?? 0)
  return null
}
