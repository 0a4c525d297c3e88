import { type AcrossRow, type Can, type Client, type List, withList } from '@tandem/client-sdk'
import { dueChange } from '../../list/detail/reminder-times.ts'
import { toast } from '../../ui/toast-store.ts'
import { wordsNow } from '../../words/use-words.ts'

/** Does something to an item of a list that may not be open, if the person may. False: they may not, and it was said. */
export async function actOn(
  client: Client,
  { listId }: Pick<AcrossRow, 'listId'>,
  right: keyof Can,
  act: (list: List) => void,
): Promise<boolean> {
  const isDone = await withList(client, listId, (list) => {
    if (!list.can.getSnapshot()[right]) return false
    act(list)
    return true
  })
  if (!isDone) toast(wordsNow().lists.mayNot)
  return isDone
}

/** Ticks or unticks; a tick can be taken back from a notice as well. */
export async function tickRow(client: Client, row: AcrossRow, done: boolean): Promise<void> {
  const { id, title } = row.item
  const words = wordsNow().lists
  if (!(await actOn(client, row, 'tick', (list) => list.items.toggle(id, done))) || !done) return
  toast(words.ticked(title), { words: words.undo, run: () => void tickRow(client, row, false) })
}

/** Null: no day at all. The time of day stays. */
export async function reschedule(
  client: Client,
  row: AcrossRow,
  date: string | null,
  said: string,
): Promise<void> {
  const { id, title, due, remindAt } = row.item
  const words = wordsNow().lists
  const put = (patch: Pick<typeof row.item, 'due' | 'remindAt'>): Promise<boolean> =>
    actOn(client, row, 'edit', (list) => list.items.update(id, patch))
  if (!(await put(dueChange(row.item, date === null ? null : { ...due, date })))) return
  toast(words.rescheduled(title, said), { words: words.undo, run: () => void put({ due, remindAt }) })
}

export async function restoreRow(client: Client, row: AcrossRow): Promise<void> {
  const { id, title } = row.item
  if (!(await actOn(client, row, 'edit', (list) => list.items.restore(id)))) return
  toast(wordsNow().lists.restored(title, row.listTitle))
}

/** For good: by list, because each is an edit of its own list. */
export async function purgeRows(client: Client, rows: readonly AcrossRow[]): Promise<void> {
  for (const listId of new Set(rows.map((row) => row.listId))) {
    const ids = rows.filter((row) => row.listId === listId).map(({ item }) => item.id)
    await actOn(client, { listId }, 'edit', (list) => list.items.purge(ids))
  }
}
