/** A day on the calendar, `YYYY-MM-DD`, without any time zone. Such strings sort as the days do. */
export type CalendarDate = string

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DAY_MS = 86_400_000

/** True for a real day of the years 0001–9999: `2024-02-30` is none. */
export function isCalendarDate(value: unknown): value is CalendarDate {
  if (typeof value !== 'string') return false
  const match = DATE.exec(value)
  if (match === null) return false
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** `month` is 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Days since 1970-01-01. Time zones never enter: the arithmetic is all in UTC. */
export function dayNumber(date: CalendarDate): number {
  const { year, month, day } = partsOf(date)
  // Not Date.UTC: it reads the years 0–99 as 1900–1999.
  return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / DAY_MS)
}

export function dateOfDayNumber(days: number): CalendarDate {
  return new Date(days * DAY_MS).toISOString().slice(0, 10)
}

/** The UTC day of a moment in milliseconds; days outside the years 1–9999 become the nearest one inside. */
export function dateOfMoment(at: number): CalendarDate {
  const days = Math.floor(at / DAY_MS)
  return dateOfDayNumber(Math.min(Math.max(days, FIRST_DAY), LAST_DAY))
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDayNumber(Math.min(Math.max(dayNumber(date) + days, FIRST_DAY), LAST_DAY))
}

export function partsOf(date: CalendarDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

export function dateOf(year: number, month: number, day: number): CalendarDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Monday is 0, Sunday is 6. */
export function weekdayOf(date: CalendarDate): number {
  return (((dayNumber(date) + 3) % 7) + 7) % 7
}

/** The calendar's ends, as day numbers. */
export const FIRST_DAY = dayNumber('0001-01-01')
export const LAST_DAY = dayNumber('9999-12-31')
