import { dateOf, isCalendarDate } from '../model/calendar-date.ts'
import type { Due } from '../model/field-rules.ts'

/** How a file writes 3/4/2026; null where nothing in it says so. */
export type DayOrder = 'day-first' | 'month-first' | null

export type ReadDate = { readonly due: Due } | { readonly why: 'bad-date' | 'unclear-date' }

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/
const NUMERIC = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:,?\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*(am|pm)?)?$/i

/** A day, with or without a time, as programs and spreadsheets of several countries write it. Never guesses between two days. */
export function readDate(text: string, order: DayOrder = null): ReadDate {
  const trimmed = text.trim()
  const iso = ISO.exec(trimmed)
  if (iso !== null) return fromIso(iso, trimmed)
  const numeric = NUMERIC.exec(trimmed)
  if (numeric === null) return { why: 'bad-date' }
  const [, a = '', mark = '', b = '', c = '', hour, minute, half] = numeric
  const time = timeOf(hour, minute, half)
  if (a.length === 4) return dueOf(Number(a), Number(b), Number(c), time)
  if (c.length !== 4) return { why: 'bad-date' }
  const [first, second, year] = [Number(a), Number(b), Number(c)]
  // Dots are only written where the day comes first.
  const isDayFirst = mark === '.' || order === 'day-first' || first > 12 || first === second
  if (isDayFirst) return dueOf(year, second, first, time)
  return order === 'month-first' || second > 12 ? dueOf(year, first, second, time) : { why: 'unclear-date' }
}

/** What a column of dates says about the order of day and month: one that fits only one way settles all. */
export function dayOrderOf(texts: Iterable<string>): DayOrder {
  let isDay = false
  let isMonth = false
  for (const text of texts) {
    const [, a = '', mark, b = ''] = NUMERIC.exec(text.trim()) ?? []
    if (a.length === 4 || mark === '.') continue
    isDay ||= Number(a) > 12
    isMonth ||= Number(b) > 12
  }
  if (isDay === isMonth) return null
  return isDay ? 'day-first' : 'month-first'
}

function fromIso(parts: RegExpExecArray, text: string): ReadDate {
  const [, year, month, day, hour, minute, zone] = parts
  const time = timeOf(hour, minute, undefined)
  if (zone === undefined || time === null) return dueOf(Number(year), Number(month), Number(day), time)
  // Programs that know only moments write a day as midnight in UTC.
  if (zone === 'Z' && time === '00:00') return dueOf(Number(year), Number(month), Number(day), null)
  const moment = new Date(text.replace(' ', 'T').replace(/\s/g, ''))
  if (Number.isNaN(moment.getTime())) return { why: 'bad-date' }
  const utc = moment.toISOString()
  return isCalendarDate(utc.slice(0, 10))
    ? { due: { date: utc.slice(0, 10), time: utc.slice(11, 16), tz: 'UTC' } }
    : { why: 'bad-date' }
}

function dueOf(year: number, month: number, day: number, time: string | null | undefined): ReadDate {
  const date = dateOf(year, month, day)
  if (!isCalendarDate(date) || time === undefined) return { why: 'bad-date' }
  return { due: time === null ? { date } : { date, time } }
}

/** Null: none was given. Undefined: there is no such time. */
export function timeOf(
  hour: string | undefined,
  minute: string | undefined,
  half: string | undefined,
): string | null | undefined {
  if (hour === undefined || minute === undefined) return null
  let hours = Number(hour)
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined
    hours = (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  }
  return hours < 24 && Number(minute) < 60 ? `${String(hours).padStart(2, '0')}:${minute}` : undefined
}
