import {
  addDays,
  type CalendarDate,
  dateOf,
  dateOfDayNumber,
  dateOfMoment,
  dayNumber,
  daysInMonth,
  FIRST_DAY,
  LAST_DAY,
  partsOf,
  weekdayOf,
} from './calendar-date.ts'
import type { Due } from './field-rules.ts'
import { type Frequency, formatRecurrence, parseRecurrence, type Recurrence } from './recurrence-rule.ts'

const LAST_YEAR = 9999

/**
 * The day an item is due next, or null when it was the last. Calendar days only; no time zone has a part in it.
 *
 * The first day of the rule behind `due` that is not already over on the day it was completed, so that a daily item
 * left alone for a week does not have to be ticked seven times. After completion, or without a due day: counted from `completed`.
 */
export function nextDate(
  rule: Recurrence,
  due: CalendarDate | null,
  completed: CalendarDate,
): CalendarDate | null {
  if (rule.count !== null && rule.count <= 1) return null
  const date = rule.isAfterCompletion
    ? stepFrom(completed, rule.frequency, rule.interval)
    : firstBehind(rule, due ?? completed, due === null ? '' : completed)
  return date === null || (rule.until !== null && date > rule.until) ? null : date
}

export interface NextOccurrence {
  readonly id: string
  readonly due: Due
  readonly repeat: string
}

/**
 * The item that follows when a repeating one is done, or null when none does.
 *
 * Its id says which occurrence it is, `<series>~<day>`, and depends on the item alone and never on when or by whom it was
 * completed: two devices that complete it make the same item, not two. The day in the id grows along the series, also when
 * somebody moved a due date back, so an occurrence is never taken for an earlier one.
 */
export function nextOccurrence(
  item: {
    readonly id: string
    readonly due: Due | null
    readonly repeat: string | null
    readonly created: { at: number }
  },
  completed: CalendarDate,
): NextOccurrence | null {
  if (item.repeat === null) return null
  const parsed = parseRecurrence(item.repeat)
  if (!parsed.ok) return null
  const rule = parsed.rule
  const date = nextDate(rule, item.due?.date ?? null, completed)
  const day = occurrenceDay(rule, item)
  if (date === null || day === null) return null
  const count = rule.count === null ? null : rule.count - 1
  return {
    id: `${seriesOf(item.id)}~${day}`,
    due: { ...item.due, date },
    repeat: formatRecurrence({ ...rule, count }),
  }
}

/** The id all occurrences of a repeating item share. */
export function seriesOf(id: string): string {
  const cut = id.indexOf('~')
  return cut === -1 ? id : id.slice(0, cut)
}

function occurrenceDay(
  rule: Recurrence,
  item: { readonly id: string; readonly due: Due | null; readonly created: { at: number } },
): CalendarDate | null {
  const own = item.id.length === seriesOf(item.id).length ? null : item.id.slice(seriesOf(item.id).length + 1)
  const due = item.due?.date ?? null
  if (!rule.isAfterCompletion && due !== null) {
    const day = firstBehind(rule, due, '')
    if (own === null || day === null || day > own) return day
  }
  return firstBehind(rule, own ?? due ?? dateOfMoment(item.created.at), '')
}

/** The first day of the rule, started on `start`, that is behind `start` and not before `earliest`. */
function firstBehind(rule: Recurrence, start: CalendarDate, earliest: CalendarDate): CalendarDate | null {
  for (let period = firstPeriod(rule, start, earliest); ; period += 1) {
    const days = daysOfPeriod(rule, start, period * rule.interval)
    if (days === null) return null
    for (const day of days) if (day > start && day >= earliest) return day
  }
}

/** Skips what is over anyway, or a daily item forgotten for centuries would be counted through day by day. */
function firstPeriod(rule: Recurrence, start: CalendarDate, earliest: CalendarDate): number {
  if (earliest <= start || (rule.frequency !== 'DAILY' && rule.frequency !== 'WEEKLY')) return 0
  const days = rule.interval * (rule.frequency === 'DAILY' ? 1 : 7)
  return Math.max(0, Math.floor((dayNumber(earliest) - dayNumber(start)) / days) - 1)
}

/** The rule's days in the n-th day, week, month or year from the one of `start`, ascending; null beyond the calendar. */
function daysOfPeriod(rule: Recurrence, start: CalendarDate, n: number): readonly CalendarDate[] | null {
  const { year, month, day } = partsOf(start)
  switch (rule.frequency) {
    case 'DAILY':
      return inCalendar(start, n, [0])
    case 'WEEKLY': {
      const weekday = weekdayOf(start)
      const weekdays = rule.weekdays.length === 0 ? [weekday] : rule.weekdays
      return inCalendar(start, n * 7 - weekday, weekdays)
    }
    case 'MONTHLY': {
      const months = year * 12 + (month - 1) + n
      return daysOfMonth(rule, Math.floor(months / 12), (months % 12) + 1, day)
    }
    case 'YEARLY':
      if (year + n > LAST_YEAR) return null
      return day <= daysInMonth(year + n, month) ? [dateOf(year + n, month, day)] : []
  }
}

function inCalendar(start: CalendarDate, offset: number, days: readonly number[]): CalendarDate[] | null {
  const first = dayNumber(start) + offset
  if (first > LAST_DAY) return null
  const numbers = days.map((day) => first + day)
  return numbers.filter((day) => day >= FIRST_DAY && day <= LAST_DAY).map(dateOfDayNumber)
}

function daysOfMonth(rule: Recurrence, year: number, month: number, startDay: number): CalendarDate[] | null {
  if (year > LAST_YEAR) return null
  const length = daysInMonth(year, month)
  const firstWeekday = weekdayOf(dateOf(year, month, 1))
  const days = new Set<number>()
  for (const { week, weekday } of rule.nthWeekdays) {
    const first = 1 + ((weekday - firstWeekday + 7) % 7)
    const last = first + 7 * Math.floor((length - first) / 7)
    days.add(week > 0 ? first + 7 * (week - 1) : last + 7 * (week + 1))
  }
  for (const day of rule.monthDays) days.add(day > 0 ? day : length + 1 + day)
  if (rule.nthWeekdays.length === 0 && rule.monthDays.length === 0) days.add(startDay)
  const inMonth = [...days].filter((day) => day >= 1 && day <= length)
  return inMonth.sort((a, b) => a - b).map((day) => dateOf(year, month, day))
}

/** A plain step from the day of completion; a month that is too short gives its last day. */
function stepFrom(date: CalendarDate, frequency: Frequency, interval: number): CalendarDate | null {
  if (frequency === 'DAILY') return addDays(date, interval)
  if (frequency === 'WEEKLY') return addDays(date, interval * 7)
  const { year, month, day } = partsOf(date)
  const months = year * 12 + (month - 1) + (frequency === 'MONTHLY' ? interval : interval * 12)
  const toYear = Math.floor(months / 12)
  const toMonth = (months % 12) + 1
  return toYear > LAST_YEAR ? null : dateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}
