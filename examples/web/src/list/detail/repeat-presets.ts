import {
  type CalendarDate,
  daysInMonth,
  type Frequency,
  formatRecurrence,
  parseRecurrence,
  partsOf,
  type Recurrence,
  weekdayOf,
} from '@tandem/client-sdk/model'

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const

export function ruleOf(given: Partial<Recurrence> & { readonly frequency: Frequency }): Recurrence {
  const days = { weekdays: [], monthDays: [], nthWeekdays: [] }
  return { interval: 1, ...days, count: null, until: null, isAfterCompletion: false, ...given }
}

/** What most things that repeat do, from the day this one is due. */
export function presets(date: CalendarDate): readonly string[] {
  const { year, month, day } = partsOf(date)
  const isLast = day === daysInMonth(year, month)
  return [
    ruleOf({ frequency: 'DAILY' }),
    ruleOf({ frequency: 'WEEKLY', weekdays: [0, 1, 2, 3, 4] }),
    ruleOf({ frequency: 'WEEKLY', weekdays: [weekdayOf(date)] }),
    ruleOf({ frequency: 'MONTHLY', monthDays: [isLast ? -1 : day] }),
    ruleOf({ frequency: 'MONTHLY', nthWeekdays: [nthOf(date)] }),
    ruleOf({ frequency: 'YEARLY' }),
  ].map(formatRecurrence)
}

/** Which weekday of its month a day is; the fifth is the last. */
export function nthOf(date: CalendarDate): { readonly week: number; readonly weekday: number } {
  const week = Math.ceil(partsOf(date).day / 7)
  return { week: week === 5 ? -1 : week, weekday: weekdayOf(date) }
}

export function readRule(text: string | null): Recurrence | null {
  const parsed = text === null ? null : parseRecurrence(text)
  return parsed?.ok === true ? parsed.rule : null
}

/** Another unit: days that belong to the one before go, and a week begins on the day it is due. */
export function withFrequency(rule: Recurrence, frequency: Frequency, date: CalendarDate): Recurrence {
  const { interval, count, until, isAfterCompletion } = rule
  const weekdays = frequency === 'WEEKLY' && !isAfterCompletion ? [weekdayOf(date)] : []
  return ruleOf({ frequency, interval, count, until, isAfterCompletion, weekdays })
}
