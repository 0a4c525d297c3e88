import type { AcrossRow } from '@tandem/client-sdk'
import { reminderMoment } from './reminder-times.ts'

export interface DueReminder {
  /** The same on every tab; another one when the reminder is moved. */
  readonly key: string
  readonly row: AcrossRow
  readonly moment: number
}

/** What fell due longer ago is no reminder any more. */
const LATE_MS = 12 * 3_600_000

export interface Agenda {
  /** In the order they fell due. */
  readonly due: readonly DueReminder[]
  /** When the next one does; null: none is known. */
  readonly next: number | null
}

/** Reminders of open items in lists that are not muted: those that are due and were not said yet, and when to look again. */
export function agendaOf(
  rows: readonly AcrossRow[],
  at: {
    readonly now: number
    readonly isSaid: (key: string) => boolean
    readonly isMuted: (listId: string) => boolean
  },
): Agenda {
  const due: DueReminder[] = []
  let next: number | null = null
  for (const row of rows) {
    const { listId, item } = row
    if (item.remindAt.length === 0 || item.done || at.isMuted(listId)) continue
    for (const reminder of item.remindAt) {
      const moment = reminderMoment(item, reminder)
      if (moment === null || moment <= at.now - LATE_MS) continue
      if (moment > at.now) {
        next = next === null ? moment : Math.min(next, moment)
        continue
      }
      const key = `${listId}/${item.id}/${moment}`
      if (!at.isSaid(key)) due.push({ key, row, moment })
    }
  }
  return { due: due.sort((a, b) => a.moment - b.moment), next }
}
