import type { Client } from '@tandem/client-sdk'
import { useClient } from '@tandem/client-sdk/react'
import { useEffect } from 'react'
import { tickRow } from '../../lists/smart/row-actions.ts'
import { go } from '../../shell/route.ts'
import { toast } from '../../ui/toast-store.ts'
import { wordsNow } from '../../words/use-words.ts'
import type { DueReminder } from './due-reminders.ts'
import { watchReminders } from './watch-reminders.ts'

/** Says that a reminder has fallen due while the app is open. Draws nothing itself. */
export function Reminders() {
  const client = useClient()
  useEffect(() => watchReminders(client, (due) => say(client, due)), [client])
  return null
}

/** Notices are read out by themselves. */
function say(client: Client, due: readonly DueReminder[]): void {
  const words = wordsNow().detail
  const [first] = due
  if (first === undefined) return
  const { listId, item } = first.row
  const isOne = due.length === 1
  const isNow = Date.now() - first.moment < 120_000
  const text = isOne && isNow ? words.dueNow(item.title) : words.dueMeanwhile(due.length, item.title)
  const show = { words: words.show, run: () => go({ page: 'list', id: listId, item: item.id }) }
  const showAll = { words: words.show, run: () => go({ page: 'today' }) }
  const done = { words: words.done, run: () => void tickRow(client, first.row, true) }
  toast(text, isOne ? show : showAll, { also: isOne ? done : null, stays: true })
}
