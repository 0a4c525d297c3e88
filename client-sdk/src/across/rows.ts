import type { Item } from '../list/types.ts'
import { shareParts } from '../model/same.ts'
import type { Item as ModelItem } from '../model/types.ts'
import type { AcrossRow, Id } from '../types.ts'
import type { Matcher } from './match.ts'

/** One list as the views over all lists see it: on the screen, or a mirror. */
export interface Source {
  readonly id: Id
  readonly title: string
  /** The same two values mean the same items. */
  readonly of: object
  readonly version: number
  /** Under which id this person writes there. */
  readonly me: Id | null
  isMe(id: Id): boolean
  /** By order. */
  items(): Iterable<ModelItem>
  trash(): Iterable<ModelItem>
  /** With the mark of what waits. */
  show(item: ModelItem): Item
}

/** The rows of one view in one list, and what they were made of. */
export interface ListRows {
  readonly from: Pick<Source, 'title' | 'of' | 'version' | 'me'>
  readonly rows: readonly AcrossRow[]
}

/** `before` itself where nothing can have changed; and row by row, what says the same stays the same object. */
export function rowsOf(source: Source, matcher: Matcher, before: ListRows | undefined): ListRows {
  const { id: listId, title: listTitle, of, version, me } = source
  const from = { title: listTitle, of, version, me }
  if (before !== undefined && isSame(before.from, from)) return before
  const known = new Map(before?.rows.map((row) => [row.item.id, row]))
  const rows: AcrossRow[] = []
  for (const item of matcher.isTrash ? source.trash() : source.items()) {
    if (!matcher.matches(item, source.isMe)) continue
    const old = known.get(item.id)
    const now = source.show(item)
    const shown = old === undefined || old.item === now ? now : shareParts(old.item, now)
    const isKept = old !== undefined && old.item === shown && old.listTitle === listTitle && old.me === me
    rows.push(isKept ? old : Object.freeze({ listId, listTitle, me, item: shown }))
  }
  return { from, rows }
}

function isSame(a: ListRows['from'], b: ListRows['from']): boolean {
  return a.of === b.of && a.version === b.version && a.title === b.title && a.me === b.me
}
