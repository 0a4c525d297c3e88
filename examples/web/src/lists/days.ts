import { addDays, weekdayOf } from '@tandem/client-sdk/model'

/** Days to put something off to. */
export function tomorrowOf(today: string): string {
  return addDays(today, 1)
}

/** The Monday after, also on a Monday: what people mean by next week. */
export function nextMondayOf(today: string): string {
  return addDays(today, 7 - weekdayOf(today))
}
