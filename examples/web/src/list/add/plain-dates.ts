import { addDays, isCalendarDate, weekdayOf } from '@tandem/client-sdk/model'
import { DATE_GRAMMARS, type DateGrammar } from './date-grammar.ts'
import { type FoundDate, isWhole, masked, type ParseContext, TAKEN } from './parse-types.ts'

type Asked = Pick<ParseContext, 'language' | 'isDayFirst'>

/** Days and times that need no library: today, tomorrow, weekdays where we know them, numbers, times of day. */
export function findPlainDates(text: string, today: string, asked: Asked): FoundDate[] {
  const grammar = DATE_GRAMMARS[asked.language]
  const dates = [
    ...numericDates(text, today, asked.isDayFirst),
    ...wordDates(text, today, grammar, asked.language),
  ]
  return [...dates, ...timesOfDay(masked(text, dates), grammar)]
}

const ISO = /(?<![\d./-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d/-])/gu
const WITH_YEAR = /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d./-]*\d)/gu
/** Without a year a slash is more often a fraction or "and": only where one number can be no month. */
const SLASHED = /(?<![\d./-])(\d{1,2})\/(\d{1,2})(?![\d./-])/gu
const DOTTED = /(?<![\d./-])(\d{1,2})\.(\d{1,2})\.(?!\d)/gu

function numericDates(text: string, today: string, isDayFirst: boolean): FoundDate[] {
  const found: FoundDate[] = []
  const take = (match: RegExpMatchArray, date: string | null): void => {
    const start = match.index ?? 0
    if (date !== null) found.push({ start, end: start + match[0].length, date, time: null })
  }
  for (const match of text.matchAll(ISO)) take(match, dateFrom(match[1], match[2], match[3]))
  for (const match of text.matchAll(WITH_YEAR)) {
    const year = match[4]?.length === 2 ? `20${match[4]}` : match[4]
    const isDotted = match[2] === '.'
    const [day, month] = inOrder(match[1], match[3], isDotted || isDayFirst)
    take(match, dateFrom(year, month, day))
  }
  for (const match of text.matchAll(DOTTED)) take(match, nextSuchDay(match[2], match[1], today))
  for (const match of text.matchAll(SLASHED)) {
    if (Number(match[1]) <= 12 && Number(match[2]) <= 12) continue
    const [day, month] = inOrder(match[1], match[2], isDayFirst)
    take(match, nextSuchDay(month, day, today))
  }
  return found
}

type Digits = string | undefined

/** Day and month; a number above 12 is the day whatever the habit. */
function inOrder(first: Digits, second: Digits, isDayFirst: boolean): readonly [Digits, Digits] {
  if (Number(first) > 12) return [first, second]
  if (Number(second) > 12) return [second, first]
  return isDayFirst ? [first, second] : [second, first]
}

function dateFrom(year: Digits, month: Digits, day: Digits): string | null {
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isCalendarDate(date) ? date : null
}

function nextSuchDay(month: Digits, day: Digits, today: string): string | null {
  const year = Number(today.slice(0, 4))
  const thisYear = dateFrom(String(year), month, day)
  return thisYear !== null && thisYear >= today ? thisYear : dateFrom(String(year + 1), month, day)
}

function wordDates(
  text: string,
  today: string,
  grammar: DateGrammar,
  language: Asked['language'],
): FoundDate[] {
  const found: FoundDate[] = []
  let rest = text
  const find = (words: string, date: string): void => {
    for (const match of rest.matchAll(new RegExp(words, 'giu'))) {
      const span = { start: match.index, end: match.index + match[0].length }
      if (!isWhole(rest, span.start, span.end) || isNoun(rest, span, language)) continue
      found.push({ ...span, date, time: null })
      rest = masked(rest, [span])
    }
  }
  for (const [words, days] of grammar.days) find(words, addDays(today, days))
  for (const [day, words] of grammar.weekdays.entries()) {
    find(words, addDays(today, (day - weekdayOf(today) + 7) % 7))
  }
  return found
}

/** "Guten Morgen": German writes the morning large and tomorrow small, except where a sentence begins. */
function isNoun(text: string, { start, end }: { start: number; end: number }, language: string): boolean {
  if (language !== 'de') return false
  const isFirst = text.slice(0, start).replaceAll(TAKEN, '').trim() === ''
  return !isFirst && /^\p{Lu}/u.test(text.slice(start, end))
}

function timesOfDay(text: string, { times, noon }: DateGrammar): FoundDate[] {
  const found: FoundDate[] = []
  let rest = text
  for (const pattern of times) {
    for (const match of rest.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length }
      if (!isWhole(rest, span.start, span.end)) continue
      const half = match[3]?.toLowerCase()
      const isAfternoon = half === 'p' || half === 'م'
      const hour = half === undefined ? Number(match[1]) : (Number(match[1]) % 12) + (isAfternoon ? 12 : 0)
      found.push({ ...span, date: null, time: `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}` })
      rest = masked(rest, [span])
    }
  }
  for (const match of rest.matchAll(new RegExp(noon, 'giu'))) {
    const span = { start: match.index, end: match.index + match[0].length }
    if (isWhole(rest, span.start, span.end)) found.push({ ...span, date: null, time: '12:00' })
  }
  return found
}
