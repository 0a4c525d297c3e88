import { type CalendarDate, isCalendarDate } from './calendar-date.ts'

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** A weekday of a month: the `week`-th, from the end when negative. Monday is 0. */
export interface NthWeekday {
  readonly week: number
  readonly weekday: number
}

/** A repetition, parsed. Empty lists mean: as the date it starts from. */
export interface Recurrence {
  readonly frequency: Frequency
  readonly interval: number
  /** WEEKLY only; Monday is 0. */
  readonly weekdays: readonly number[]
  /** MONTHLY only; negative from the end of the month. */
  readonly monthDays: readonly number[]
  /** MONTHLY only. */
  readonly nthWeekdays: readonly NthWeekday[]
  /** How many occurrences there are, this one included. */
  readonly count: number | null
  /** The last day on which there may be one. */
  readonly until: CalendarDate | null
  /** Counts from the day it was completed instead of the day it was due. */
  readonly isAfterCompletion: boolean
}

export type ParsedRecurrence =
  | { readonly ok: true; readonly rule: Recurrence }
  | { readonly ok: false; readonly problem: string }

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const FREQUENCIES: readonly string[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const KNOWN = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL', 'X-AFTER']

/**
 * Reads the subset of RFC 5545 rules that items may have, for example `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH`,
 * `FREQ=MONTHLY;BYDAY=-1FR`, or `FREQ=DAILY;INTERVAL=3;X-AFTER=1` (ours: three days after it was done).
 * What it does not know it refuses, because ignoring a part would repeat on the wrong days.
 */
export function parseRecurrence(text: string): ParsedRecurrence {
  const parts = new Map<string, string>()
  for (const part of text.split(';')) {
    const [name, value, ...rest] = part.split('=')
    if (name === undefined || value === undefined || value === '' || rest.length > 0) {
      return refuse(`'${part.slice(0, 40)}' is not NAME=VALUE`)
    }
    if (!KNOWN.includes(name)) return refuse(`'${name.slice(0, 40)}' is not supported`)
    if (parts.has(name)) return refuse(`${name} stands there twice`)
    parts.set(name, value)
  }
  const rule = {
    frequency: parts.get('FREQ'),
    interval: wholeNumber(parts.get('INTERVAL'), 1, 999),
    count: wholeNumber(parts.get('COUNT'), null, 9_999),
    until: untilDate(parts.get('UNTIL')),
    isAfterCompletion: parts.get('X-AFTER') === '1',
    monthDays: list(parts.get('BYMONTHDAY'), monthDay),
    days: list(parts.get('BYDAY'), nthWeekday),
  }
  if (!isFrequency(rule.frequency)) return refuse('FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY')
  if (rule.interval === undefined) return refuse('INTERVAL must be a number from 1 to 999')
  if (rule.count === undefined) return refuse('COUNT must be a number from 1 to 9999')
  if (rule.until === undefined) return refuse('UNTIL must be a date of the form YYYYMMDD')
  if (rule.count !== null && rule.until !== null) return refuse('COUNT and UNTIL exclude each other')
  if (parts.has('X-AFTER') && !rule.isAfterCompletion) return refuse('X-AFTER can only be 1')
  if (rule.monthDays === null) return refuse('BYMONTHDAY must be days from 1 to 31 or -31 to -1')
  if (rule.days === null) return refuse('BYDAY must be weekdays such as MO or -1FR')
  const { frequency, interval, count, until, isAfterCompletion, monthDays, days } = rule
  const problem = misfit(frequency, days, monthDays, isAfterCompletion)
  if (problem !== null) return refuse(problem)
  const weekdays = frequency === 'WEEKLY' ? days.map((day) => day.weekday).sort((a, b) => a - b) : []
  const nthWeekdays = frequency === 'MONTHLY' ? days : []
  return {
    ok: true,
    rule: {
      frequency,
      interval: interval ?? 1,
      weekdays,
      monthDays,
      nthWeekdays,
      count,
      until,
      isAfterCompletion,
    },
  }
}

/** The rule in its one canonical spelling. */
export function formatRecurrence(rule: Recurrence): string {
  const parts = [`FREQ=${rule.frequency}`]
  if (rule.interval !== 1) parts.push(`INTERVAL=${rule.interval}`)
  const days = [
    ...rule.weekdays.map((weekday) => WEEKDAYS[weekday]),
    ...rule.nthWeekdays.map(({ week, weekday }) => `${week}${WEEKDAYS[weekday]}`),
  ]
  if (days.length > 0) parts.push(`BYDAY=${days.join(',')}`)
  if (rule.monthDays.length > 0) parts.push(`BYMONTHDAY=${rule.monthDays.join(',')}`)
  if (rule.count !== null) parts.push(`COUNT=${rule.count}`)
  if (rule.until !== null) parts.push(`UNTIL=${rule.until.replaceAll('-', '')}`)
  if (rule.isAfterCompletion) parts.push('X-AFTER=1')
  return parts.join(';')
}

function misfit(
  frequency: Frequency,
  days: readonly NthWeekday[],
  monthDays: readonly number[],
  isAfterCompletion: boolean,
): string | null {
  if (isAfterCompletion && (days.length > 0 || monthDays.length > 0))
    return 'X-AFTER excludes BYDAY and BYMONTHDAY'
  if (days.length > 0 && monthDays.length > 0) return 'BYDAY and BYMONTHDAY exclude each other'
  if (monthDays.length > 0 && frequency !== 'MONTHLY') return 'BYMONTHDAY needs FREQ=MONTHLY'
  if (days.length === 0) return null
  if (frequency === 'WEEKLY')
    return days.every((day) => day.week === 0) ? null : 'a week has each weekday once'
  if (frequency !== 'MONTHLY') return 'BYDAY needs FREQ=WEEKLY or FREQ=MONTHLY'
  return days.every((day) => day.week !== 0) ? null : 'in a month BYDAY must say which one, such as 2TU'
}

function wholeNumber<D>(text: string | undefined, absent: D, max: number): number | D | undefined {
  if (text === undefined) return absent
  if (!/^\d{1,4}$/.test(text)) return undefined
  const value = Number(text)
  return value >= 1 && value <= max ? value : undefined
}

function untilDate(text: string | undefined): CalendarDate | null | undefined {
  if (text === undefined) return null
  const match = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?$/.exec(text)
  const date = match === null ? '' : `${match[1]}-${match[2]}-${match[3]}`
  return isCalendarDate(date) ? date : undefined
}

function list<T>(text: string | undefined, read: (part: string) => T | null): readonly T[] | null {
  if (text === undefined) return []
  const values: T[] = []
  for (const part of new Set(text.split(','))) {
    const value = read(part)
    if (value === null) return null
    values.push(value)
  }
  return values
}

function monthDay(text: string): number | null {
  const value = /^-?\d{1,2}$/.test(text) ? Number(text) : 0
  return value !== 0 && Math.abs(value) <= 31 ? value : null
}

function nthWeekday(text: string): NthWeekday | null {
  const match = /^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text)
  if (match === null) return null
  return { week: match[1] === undefined ? 0 : Number(match[1]), weekday: WEEKDAYS.indexOf(match[2] ?? '') }
}

function isFrequency(text: string | undefined): text is Frequency {
  return text !== undefined && FREQUENCIES.includes(text)
}

function refuse(problem: string): ParsedRecurrence {
  return { ok: false, problem }
}
