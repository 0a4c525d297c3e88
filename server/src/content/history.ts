import type { ListId, LoggedUpdate, Seq } from '@tandem/persistence'
import type { HttpContext } from '../http/context.ts'
import { type Masks, masksOf } from '../sharing/masks.ts'
import { changeOf, type FeedChange } from './feed.ts'

/** No request looks at more positions, however seldom an item was touched. */
export const HISTORY_SCAN = 1_000
/** Rows in memory at once. */
const STRETCH = 250

interface Asked {
  readonly listId: ListId
  /** Only what lies before this position; undefined: everything. */
  readonly before: Seq | undefined
  readonly limit: number
  readonly itemId: string | undefined
}

interface HistoryPage {
  readonly changes: FeedChange[]
  readonly head: Seq
  /** Null: this is the beginning of the log. */
  readonly next: Seq | null
  readonly missing: number
}

/**
 * What happened, newest first, in words of the list; with an item, what concerns it and nothing else.
 *
 * A page ends when it is full or has looked at `HISTORY_SCAN` positions, so it may be empty and not the last. Positions whose rows
 * the log has lost are counted: history with holes is worth reading, as long as it says so.
 */
export async function readHistory(
  { log, people }: Pick<HttpContext, 'log' | 'people'>,
  { listId, before, limit, itemId }: Asked,
): Promise<HistoryPage> {
  const [head, masks] = await Promise.all([log.head(listId), masksOf(people.grants, listId)])
  const changes: FeedChange[] = []
  let missing = 0
  // Everything from here on has been looked at.
  let next = Math.min(before ?? head + 1, head + 1)
  const last = Math.max(1, next - HISTORY_SCAN)
  while (next > last && changes.length < limit) {
    // Where every row counts, no more are read than are wanted.
    const wanted = itemId === undefined && missing === 0 ? limit - changes.length : STRETCH
    const first = Math.max(last, next - Math.min(wanted, STRETCH))
    const { updates } = await log.readSince(listId, first - 1, next - first)
    // A stretch with holes is filled up from behind it.
    const rows = new Map(updates.map((update) => [update.seq, update]))
    while (next > first && changes.length < limit) {
      next -= 1
      const update = rows.get(next)
      const change = update === undefined ? null : changeAbout(update, itemId, masks)
      if (update === undefined) missing += 1
      if (change !== null) changes.push(change)
    }
  }
  return { changes, head, next: next > 1 ? next : null, missing }
}

function changeAbout(update: LoggedUpdate, itemId: string | undefined, masks: Masks): FeedChange | null {
  if (itemId === undefined) return changeOf(update, masks)
  const ops = update.ops.filter((op) => concerns(op, itemId))
  return ops.length === 0 ? null : changeOf({ ...update, ops }, masks)
}

/** A comment names its item only when it is made; its other changes are part of the list's history alone. */
function concerns(op: unknown, itemId: string): boolean {
  const { kind, id, value } = fieldsOf(op)
  if (id === itemId) return kind === 'items' || kind === undefined
  return kind === 'comments' && fieldsOf(value)['item'] === itemId
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
