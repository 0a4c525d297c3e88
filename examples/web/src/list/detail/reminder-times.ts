import type { Item } from '@tandem/client-sdk'
import { clockOf, momentOf, shiftClock } from './moments.ts'

type Due = NonNullable<Item['due']>

/** For a day without a time of day. */
const MORNING = '09:00'
export const MOST_REMINDERS = 10

/** What is offered, in minutes before; with a time of day only, where `hasTime`. */
export const OFFERED = [
  { minutes: 0, hasTime: false },
  { minutes: 10, hasTime: true },
  { minutes: 60, hasTime: true },
  { minutes: 1440, hasTime: false },
] as const

/** A reminder that long before, on the clock of who wrote the due date. */
export function reminderBefore(due: Due, minutes: number): string {
  return shiftClock(`${due.date}T${due.time ?? MORNING}`, -minutes)
}

/** When it is time, in milliseconds. A reminder without a zone is on the clock that the due date is on. */
export function reminderMoment(item: Pick<Item, 'due'>, reminder: string): number | null {
  return momentOf(reminder, item.due?.tz)
}

/** Reminders stay as long before as they were when the due date moves, and where they are when there is none any more. */
export function shiftReminders(item: Pick<Item, 'due' | 'remindAt'>, next: Due | null): readonly string[] {
  const { due, remindAt } = item
  if (due === null || next === null) return remindAt
  const from = Date.parse(`${due.date}T${due.time ?? MORNING}Z`)
  const to = Date.parse(`${next.date}T${next.time ?? MORNING}Z`)
  const isClock = /T\d{2}:\d{2}$/u
  const minutes = Math.round((to - from) / 60_000)
  return remindAt.map((one) => (isClock.test(one) ? shiftClock(one, minutes) : one))
}

/** Another due date, wherever it is set: the reminders go along. */
export function dueChange(
  item: Pick<Item, 'due' | 'remindAt'>,
  due: Due | null,
): Pick<Item, 'due' | 'remindAt'> {
  return { due, remindAt: shiftReminders(item, due) }
}

/** On this device's clock. */
export function reminderClock(item: Pick<Item, 'due'>, reminder: string): string {
  const moment = reminderMoment(item, reminder)
  return moment === null ? reminder.slice(0, 16) : clockOf(moment)
}
