import type { Item } from '@tandem/client-sdk'
import { addDays, dayNumber } from '@tandem/client-sdk/model'
import type { LanguageTag } from '../../words/languages.ts'
import type { Words } from '../../words/words.ts'
import { clockOf, localZone, momentOf } from './moments.ts'

export interface Speech {
  readonly words: Words
  readonly tag: LanguageTag
}

type Due = NonNullable<Item['due']>

/** A day as people say it: Today, Tomorrow, a weekday of this week, else the date, with the year where it is another one. */
export function dayWords(date: string, today: string, { words, tag }: Speech): string {
  const days = dayNumber(date) - dayNumber(today)
  if (days === 0) return words.detail.today
  if (days === 1) return words.detail.tomorrow
  if (days === -1) return words.detail.yesterday
  if (days > 1 && days < 7) return format(tag, { weekday: 'long' }, date)
  const isThisYear = date.slice(0, 4) === today.slice(0, 4)
  return format(tag, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }, date)
}

export function timeWords(time: string, tag: LanguageTag): string {
  return formatOf(tag, { hour: 'numeric', minute: '2-digit' }).format(Date.parse(`2000-01-01T${time}Z`))
}

/** A due date on this device's calendar and clock, whatever zone it was written in. */
export function localDue(due: Due): { readonly date: string; readonly time: string | null } {
  const { date, time, tz } = due
  if (time === undefined) return { date, time: null }
  if (tz === undefined || tz === localZone()) return { date, time }
  const moment = momentOf(`${date}T${time}`, tz)
  if (moment === null) return { date, time }
  const [day = date, clock = time] = clockOf(moment).split('T')
  return { date: day, time: clock }
}

export function dueWords(due: Due, now: string, speech: Speech): string {
  const { date, time } = localDue(due)
  const day = dayWords(date, now.slice(0, 10), speech)
  return time === null ? day : speech.words.detail.at(day, timeWords(time, speech.tag))
}

/** `now` as the device's clock says it. Without a time of day, something is overdue only when the day is over. */
export function isOverdue(due: Due, now: string): boolean {
  const { date, time } = localDue(due)
  return time === null ? date < now.slice(0, 10) : `${date}T${time}` < now.slice(0, 16)
}

/** A moment that has been: when somebody did something. */
export function pastWords(moment: number, now: string, speech: Speech): string {
  const clock = clockOf(moment)
  return speech.words.detail.at(
    dayWords(clock.slice(0, 10), now.slice(0, 10), speech),
    timeWords(clock.slice(11), speech.tag),
  )
}

/** Within a sentence: "today", "on Tuesday", "on 3 March". */
export function onDayWords(moment: number, now: string, { words, tag }: Speech): string {
  const date = clockOf(moment).slice(0, 10)
  const days = dayNumber(date) - dayNumber(now.slice(0, 10))
  if (days >= -1 && days <= 0)
    return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(days, 'day')
  const options: Intl.DateTimeFormatOptions =
    days > -7 && days < 0 ? { weekday: 'long' } : { day: 'numeric', month: 'long' }
  return words.detail.on(format(tag, options, date))
}

/** Monday first. */
export function weekdayNames(tag: LanguageTag, weekday: 'long' | 'short'): readonly string[] {
  return [0, 1, 2, 3, 4, 5, 6].map((day) => format(tag, { weekday }, addDays('2024-01-01', day)))
}

function format(tag: LanguageTag, options: Intl.DateTimeFormatOptions, date: string): string {
  return formatOf(tag, options).format(Date.parse(`${date}T00:00Z`))
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one takes a millisecond, which a panel that is drawn with every letter typed cannot spare. */
function formatOf(tag: LanguageTag, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' })
  formats.set(key, format)
  return format
}
